// Threads that read records wait for the next archive, and end with the process that has them.
import { endIdleThreads, keepThread, startIdleThreads, takeThread } from '../../../src/records/read/reading-threads';
import '../../support/built';

afterAll(() => endIdleThreads());

it('a thread that read an archive is taken for the next one, and no other is started', () => {
  const thread = takeThread();
  expect(keepThread(thread)).toBe(true);
  expect(takeThread()).toBe(thread);
  keepThread(thread);
});

it('threads that wait are ended, and one that reads continues', async () => {
  const [reading, waiting] = [takeThread(), takeThread()];
  for (const { worker } of [reading, waiting]) worker.unref();
  keepThread(waiting);
  await endIdleThreads();
  expect(waiting.worker.threadId).toBe(-1);
  expect(reading.worker.threadId).toBeGreaterThan(0);
  const next = takeThread();
  expect(next).not.toBe(waiting);
  for (const thread of [next, reading]) keepThread(thread);
});

it('threads that were started for the first archives are taken, at most as many as may wait', async () => {
  await endIdleThreads();
  startIdleThreads(9);
  const threads = [takeThread(), takeThread(), takeThread(), takeThread()];
  expect(threads.map((thread) => keepThread(thread))).toEqual([true, true, true, true]);
  const other = takeThread();
  expect(threads).toContain(other);
  startIdleThreads(2);
  expect([takeThread(), takeThread(), takeThread()].every((thread) => threads.includes(thread))).toBe(true);
  for (const thread of threads) keepThread(thread);
});
