// Heartbeats prove that a step makes progress; a step without progress is cancelled, fails, and releases its slot.
import { AsyncResource } from 'node:async_hooks';
import { once } from 'node:events';

import { ApplicationFailure } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';

import type { ActivityDependencies } from '../../src/activities/dependencies';
import { createActivityInterceptor } from '../../src/activities/interceptor';
import { cancellationSignal, notingProgress, progressNoter } from '../../src/activities/progress';
import { PortageError } from '../../src/domain/error-codes';
import { createLogger } from '../../src/log';

const progressMs = 200;
let lines: string[];
beforeEach(() => (lines = []));
afterEach(() => jest.restoreAllMocks());

/** Runs a step as a worker does. @returns its result, and the number of heartbeats */
async function runStep(step: (nextBeat: () => Promise<unknown>) => Promise<unknown>) {
  const environment = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
  let beats = 0;
  environment.on('heartbeat', () => (beats += 1));
  const logger = createLogger('info', { write: (line: string) => void lines.push(line) });
  const { inbound } = createActivityInterceptor(logger, progressMs)(environment.context);
  const result = await environment
    .run(async () => inbound?.execute?.({ args: [], headers: {} }, () => step(() => once(environment, 'heartbeat'))))
    .catch((error: unknown) => error);
  return { result, beats };
}

/** Dependencies of which only the storage is used. */
const withStorage = (storage: Partial<ActivityDependencies['storage']>) =>
  notingProgress(new Proxy({ storage }, { get: (own, name) => (name === 'storage' ? own.storage : {}) }) as never)
    .storage;

const stalled = { type: 'STEP_STALLED', nonRetryable: false };

describe('D59: a step', () => {
  it('that waits for a silent peer is cancelled, with the reason in its signal', async () => {
    let reason: unknown;
    const { result, beats } = await runStep(async () => {
      const signal = cancellationSignal();
      await new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reason = signal.reason;
          reject(new Error('interrupted'));
        });
      });
    });
    expect(result).toBeInstanceOf(ApplicationFailure);
    expect(result).toMatchObject(stalled);
    expect(reason).toBeInstanceOf(PortageError);
    // Half of the limit is between two of them, and none came after it.
    expect(beats).toBeLessThanOrEqual(2);
  });

  it('that does not even end when it is cancelled releases its slot', async () => {
    const { result } = await runStep(() => new Promise(() => undefined));
    expect(result).toMatchObject(stalled);
  });

  it.each(['answers', 'a list', 'what is read'])(
    'that makes progress by %s runs for longer than the limit',
    async (what) => {
      // The clock is the test's own, because a busy machine may stand still for longer than the limit.
      let nowMs = 0;
      jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
      // Another thread calls from outside of the step.
      const thread = new AsyncResource('thread');
      const { result, beats } = await runStep(async (nextBeat) => {
        const halfOfTheLimit = async () => {
          await nextBeat();
          nowMs += progressMs / 2;
        };
        const storage = withStorage({
          get: () => halfOfTheLimit().then(() => Buffer.alloc(0)),
          async *list() {
            for (let number = 0; number < 6; number += 1) {
              await halfOfTheLimit();
              yield { key: `k${number}`, bytes: 0 };
            }
          },
        });
        const note = progressNoter();
        const noteFromThread = () => thread.runInAsyncScope(note);
        if (what === 'a list') for await (const object of storage.list('')) expect(object.bytes).toBe(0);
        else if (what === 'answers') for (let number = 0; number < 6; number += 1) await storage.get('key');
        else for (let number = 0; number < 6; number += 1) await halfOfTheLimit().then(noteFromThread);
        return 'done';
      });
      expect(result).toBe('done');
      expect(beats).toBeGreaterThan(3);
    },
  );

  it('that is met by one outage after another is logged once, the others many times', async () => {
    const failing = (code: 'DATABASE_UNAVAILABLE' | 'LINK_DEAD') => async () => {
      const environment = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
      const { inbound } = interceptor(environment.context);
      await environment
        .run(async () => inbound?.execute?.({ args: [], headers: {} }, () => Promise.reject(new PortageError(code))))
        .catch(() => undefined);
    };
    const interceptor = createActivityInterceptor(
      createLogger('info', { write: (line: string) => void lines.push(line) }),
      progressMs,
    );
    for (let number = 0; number < 5; number += 1) await failing('DATABASE_UNAVAILABLE')();
    for (let number = 0; number < 2; number += 1) await failing('LINK_DEAD')();
    expect(lines.filter((line) => line.includes('DATABASE_UNAVAILABLE'))).toHaveLength(1);
    expect(lines.filter((line) => line.includes('LINK_DEAD'))).toHaveLength(2);
  });
});
