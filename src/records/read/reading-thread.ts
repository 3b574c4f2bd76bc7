/** Reads an export on another thread, so that the worker's main thread stays free for everything else. */
import { join } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';

import type { Answer, FromReader, ReadingOrder, Wish } from './reading-messages';
import type { ReadInput } from './read-records';
import type { Summary } from '../deliver/summary';

/** Entries are read in batches and dropped: with room for some of them, few are looked at by the collector. */
const maxYoungMiB = 48;

/** Built code, also where the sources run as they are: a thread starts from a file that Node can load. */
const workerFile = join(__dirname, '../../../dist/records/read/reading-worker.js');

/** More than any archive needs; a thread that wants more is ended rather than the whole worker. */
const maxHeapMiB = 512;

/** Starting a thread takes longer than reading a small archive, so one that has read well waits this long for the next. */
const idleMs = 5_000;
/** As many as a worker reads at once. */
const maxIdle = 4;

/** The thread itself broke, by a fault of ours or for want of memory; it says nothing about storage or archive. */
export class ReadingThreadFailed extends Error {
  override readonly name = 'ReadingThreadFailed';
}

interface Thread {
  readonly worker: Worker;
  /** Told when the thread ends by itself, or breaks. */
  broken: (cause: unknown) => void;
  ends?: NodeJS.Timeout;
}

/** Threads that read an archive to its end and have no other one; the newest is the last. */
const idle: Thread[] = [];

function takeThread(): Thread {
  const waiting = idle.pop();
  if (waiting !== undefined) {
    clearTimeout(waiting.ends);
    waiting.worker.ref();
    return waiting;
  }
  const worker = new Worker(workerFile, {
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMiB, maxYoungGenerationSizeMb: maxYoungMiB },
  });
  const thread: Thread = { worker, broken: () => undefined };
  worker.on('error', (error) => thread.broken(error));
  worker.on('exit', (code) => thread.broken(new Error(`the thread ended with code ${code}`)));
  return thread;
}

/** Keeps a thread for the next archive for a while, in which it holds up no process that wants to exit. */
function keepThread(thread: Thread): void {
  const leave = () => {
    const index = idle.indexOf(thread);
    if (index >= 0) idle.splice(index, 1);
    clearTimeout(thread.ends);
  };
  thread.broken = leave;
  thread.worker.unref();
  thread.ends = setTimeout(() => {
    leave();
    void thread.worker.terminate();
  }, idleMs).unref();
  idle.push(thread);
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
    const streams = new Map<number, AsyncIterator<Buffer>>();
    /** What is being stored. It is waited for, so that whoever clears away after this finds all of it. */
    const puts = new Set<Promise<unknown>>();
    let lastStream = 0;
    let failure: { readonly error: unknown } | undefined;

    let isOver = false;
    const finish = (settle: () => void, isWell: boolean) => {
      // The end of the thread is told once more by its exit.
      if (isOver) return;
      isOver = true;
      signal?.removeEventListener('abort', abort);
      for (const stream of streams.values()) void stream.return?.().catch(() => undefined);
      streams.clear();
      port.close();
      if (isWell && idle.length < maxIdle) {
        keepThread(thread);
        settle();
      } else void Promise.allSettled([thread.worker.terminate(), ...puts]).then(settle);
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
        case 'put': {
          const bytes = Buffer.from(wish.bytes.buffer, wish.bytes.byteOffset, wish.bytes.byteLength);
          const put = store.put(wish.key, bytes);
          puts.add(put);
          return put.finally(() => puts.delete(put));
        }
        case 'get':
          return store.get(wish.key);
        case 'list':
          return store.list(wish.prefix);
        case 'delete':
          return store.delete(wish.key);
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
        const { id, wish } = message;
        grant(wish).then(
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
