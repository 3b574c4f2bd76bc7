/** Reads an export on a thread of its own, so that the worker's main thread stays free for everything else. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

import type { Answer, FromReader, ReadingOrder, Wish } from './reading-messages';
import type { ReadInput } from './read-records';
import type { Summary } from './summary';

/** Entries are read in batches and dropped: with room for some of them, few are looked at by the collector. */
const maxYoungMiB = 48;

/** Built code, also where the sources run as they are: a thread starts from a file that Node can load. */
const workerFile = join(__dirname, '../../dist/records/reading-worker.js');

/** More than any archive needs; a thread that wants more is ended rather than the whole worker. */
const maxHeapMiB = 512;

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
    const worker = new Worker(workerFile, {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMiB, maxYoungGenerationSizeMb: maxYoungMiB },
    });
    const streams = new Map<number, AsyncIterator<Buffer>>();
    let lastStream = 0;
    let failure: { readonly error: unknown } | undefined;

    let isOver = false;
    const finish = (settle: () => void) => {
      // The end of the thread is told once more by its exit.
      if (isOver) return;
      isOver = true;
      signal?.removeEventListener('abort', abort);
      for (const stream of streams.values()) void stream.return?.().catch(() => undefined);
      streams.clear();
      void worker.terminate().then(settle, settle);
    };
    // Errors of storage and of the caller pass through as they are.
    const fail = (error: unknown) =>
      finish(() => reject(error instanceof Error ? error : new Error('reading failed', { cause: error })));
    const abort = () => fail(signal?.reason);
    signal?.addEventListener('abort', abort);

    const answer = (id: number, value: unknown) => {
      // A view is sent with all of the memory that it looks into, which may be a whole segment; a copy is handed over.
      if (!(value instanceof Uint8Array)) worker.postMessage({ id, value } satisfies Answer);
      else {
        const given = new Uint8Array(value);
        worker.postMessage({ id, value: given } satisfies Answer, [given.buffer]);
      }
    };
    const grant = async (wish: Wish): Promise<unknown> => {
      switch (wish.op) {
        case 'open': {
          const part = parts.find(({ number }) => number === wish.part);
          if (part === undefined) throw new RangeError(`there is no part ${wish.part}`);
          lastStream += 1;
          streams.set(lastStream, part.read(wish.start, wish.end)[Symbol.asyncIterator]());
          return lastStream;
        }
        case 'next': {
          const step = await streams.get(wish.stream)?.next();
          return step === undefined || step.done === true ? undefined : step.value;
        }
        case 'close': {
          const stream = streams.get(wish.stream);
          streams.delete(wish.stream);
          await stream?.return?.();
          return undefined;
        }
        case 'put':
          return store.put(wish.key, Buffer.from(wish.bytes.buffer, wish.bytes.byteOffset, wish.bytes.byteLength));
        case 'get':
          return store.get(wish.key);
        case 'list':
          return store.list(wish.prefix);
        case 'delete':
          return store.delete(wish.key);
      }
    };
    worker.on('message', (message: FromReader) => {
      if ('summary' in message) finish(() => resolve(message.summary));
      else if ('progress' in message) {
        try {
          onProgress?.(message.progress);
        } catch (error) {
          fail(error);
        }
      } else {
        const { id, wish } = message;
        grant(wish).then(
          (value) => answer(id, value),
          (error: unknown) => {
            failure ??= { error };
            worker.postMessage({ id, failed: true } satisfies Answer);
          },
        );
      }
    });
    const broken = (cause: unknown) => new ReadingThreadFailed('reading broke off', { cause });
    worker.on('error', (error) => fail(failure === undefined ? broken(error) : failure.error));
    worker.on('exit', (code) => fail(broken(new Error(`the thread ended with code ${code}`))));
  });
}
