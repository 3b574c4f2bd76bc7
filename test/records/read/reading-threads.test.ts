// Threads that read records wait for the next archive, and end with the process that has them.
import { Worker } from 'node:worker_threads';

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

it('threads are started ahead, at most as many as may wait', async () => {
  await endIdleThreads();
  startIdleThreads(9);
  const later = new Worker('', { eval: true });
  const threads = Array.from({ length: 5 }, () => takeThread());
  const startedAhead = threads.map(({ worker }) => worker.threadId < later.threadId);
  expect(startedAhead).toEqual([true, true, true, true, false]);
  await Promise.all([later, ...threads.map(({ worker }) => worker)].map((worker) => worker.terminate()));
});
