/** Reads an export on another thread, so that the worker's main thread stays free for everything else. */
import { MessageChannel } from 'node:worker_threads';

import type { Summary } from '../deliver/summary';
import type { ReadInput } from './read-records';
import { createReadingAccess } from './reading-access';
import type { Answer, FromReader, ReadingOrder } from './reading-messages';
import { keepThread, takeThread } from './reading-threads';

/** The thread itself broke, by a fault of ours or for want of memory; it says nothing about storage or archive. */
export class ReadingThreadFailed extends Error {
  override readonly name = 'ReadingThreadFailed';
}

/**
 * As `readRecords`, on another thread. Storage is used on this one.
 *
 * @param signal calls reading off; what was written so far is replaced by the next run
 * @throws whatever parts, store, `onProgress` or the signal throw, unchanged; ReadingThreadFailed
 */
export function readRecordsInThread(input: ReadInput, signal?: AbortSignal): Promise<Summary> {
  const { parts, store, onProgress, ...options } = input;
  const order: ReadingOrder = { options, parts: parts.map(({ number, bytes }) => ({ number, bytes })) };
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const thread = takeThread();
    // A line of its own, so that nothing that is left of one archive reaches the next one.
    const { port1: port, port2: itsPort } = new MessageChannel();
    const access = createReadingAccess({ parts, store });
    let failure: { readonly error: unknown } | undefined;

    let isOver = false;
    const finish = (settle: () => void, isWell: boolean) => {
      // The end of the thread is told once more by its exit.
      if (isOver) return;
      isOver = true;
      signal?.removeEventListener('abort', abort);
      access.endStreams();
      port.close();
      if (isWell && keepThread(thread)) settle();
      else void Promise.allSettled([thread.worker.terminate(), access.putsSettled()]).then(settle);
    };
    // Errors of storage and of the caller pass through as they are; whatever the thread was at is not taken up again.
    const fail = (error: unknown) =>
      finish(() => reject(error instanceof Error ? error : new Error('reading failed', { cause: error })), false);
    const abort = () => fail(signal?.reason);
    signal?.addEventListener('abort', abort);

    const answer = (id: number, value: unknown) => {
      // A view is sent with all of the memory that it looks into, which may be a whole segment; a copy is handed over.
      if (!(value instanceof Uint8Array)) port.postMessage({ id, value } satisfies Answer);
      else {
        const given = new Uint8Array(value);
        port.postMessage({ id, value: given } satisfies Answer, [given.buffer]);
      }
    };
    port.on('message', (message: FromReader) => {
      if ('summary' in message) finish(() => resolve(message.summary), true);
      else if ('progress' in message) {
        try {
          onProgress?.(message.progress);
        } catch (error) {
          fail(error);
        }
      } else {
        const { id, request } = message;
        access.handle(request).then(
          (value) => answer(id, value),
          (error: unknown) => {
            failure ??= { error };
            port.postMessage({ id, failed: true } satisfies Answer);
          },
        );
      }
    });
    thread.broken = (cause) =>
      fail(failure === undefined ? new ReadingThreadFailed('reading broke off', { cause }) : failure.error);
    thread.worker.postMessage({ order, port: itsPort }, [itsPort]);
  });
}
