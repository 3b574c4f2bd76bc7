/** Reads an export on another thread, so that the worker's main thread stays free for everything else. */
import { MessageChannel } from 'node:worker_threads';

import type { Summary } from '../deliver/summary';
import type { ReadInput } from './read-records';
import { createReadingAccess } from './reading-access';
import type { Answer, FromReader, ReadingOrder } from './reading-messages';
import { keepThread, takeThread } from './reading-threads';

/** The thread itself failed, by a defect or for lack of memory; it proves nothing about storage or archive. */
export class ReadingThreadFailed extends Error {
  override readonly name = 'ReadingThreadFailed';
}

/**
 * As `readRecords`, on another thread. Storage is used on this one.
 *
 * @param signal stops the reading; the next run replaces the output so far
 * @throws errors of parts, store, `onProgress` or the signal, unchanged; ReadingThreadFailed
 */
export function readRecordsInThread(input: ReadInput, signal?: AbortSignal): Promise<Summary> {
  const { parts, store, onProgress, ...options } = input;
  const order: ReadingOrder = { options, parts: parts.map(({ number, bytes }) => ({ number, bytes })) };
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const thread = takeThread();
    // A channel of its own, so that no message of one archive reaches the next one.
    const { port1: port, port2: itsPort } = new MessageChannel();
    const access = createReadingAccess({ parts, store });
    let failure: { readonly error: unknown } | undefined;

    let isOver = false;
    const finish = (settle: () => void, isWell: boolean) => {
      // The exit of the thread reports its end a second time.
      if (isOver) return;
      isOver = true;
      signal?.removeEventListener('abort', abort);
      access.endStreams();
      port.close();
      if (isWell && keepThread(thread)) settle();
      else void Promise.allSettled([thread.worker.terminate(), access.putsSettled()]).then(settle);
    };
    // Errors of storage and of the caller pass through unchanged; the thread's current work is not continued.
    const fail = (error: unknown) =>
      finish(() => reject(error instanceof Error ? error : new Error('reading failed', { cause: error })), false);
    const abort = () => fail(signal?.reason);
    signal?.addEventListener('abort', abort);

    const answer = (id: number, value: unknown) => {
      // A view is sent with its whole buffer, which may be a whole segment; so a copy is handed over.
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
