/** The reading thread's access to parts and storage: both are used on this thread, at its request. */
import type { ReadInput } from './read-records';
import type { StorageRequest } from './reading-messages';

export interface ReadingAccess {
  /** @throws errors of parts and store, unchanged; RangeError for a part that does not exist */
  handle(request: StorageRequest): Promise<unknown>;
  /** Ends the open streams. */
  endStreams(): void;
  /** Settles once no object is being stored any more, so that a later clean-up finds all of them. */
  putsSettled(): Promise<unknown>;
}

export function createReadingAccess({ parts, store }: Pick<ReadInput, 'parts' | 'store'>): ReadingAccess {
  const streams = new Map<number, AsyncIterator<Buffer>>();
  const puts = new Set<Promise<unknown>>();
  let lastStream = 0;

  return {
    async handle(request) {
      switch (request.op) {
        case 'open': {
          const part = parts.find(({ number }) => number === request.part);
          if (part === undefined) throw new RangeError(`there is no part ${request.part}`);
          lastStream += 1;
          streams.set(lastStream, part.read(request.start, request.end)[Symbol.asyncIterator]());
          return lastStream;
        }
        case 'next': {
          const step = await streams.get(request.stream)?.next();
          return step === undefined || step.done === true ? undefined : step.value;
        }
        case 'close': {
          const stream = streams.get(request.stream);
          streams.delete(request.stream);
          await stream?.return?.();
          return undefined;
        }
        case 'put': {
          const bytes = Buffer.from(request.bytes.buffer, request.bytes.byteOffset, request.bytes.byteLength);
          const put = store.put(request.key, bytes);
          puts.add(put);
          return put.finally(() => puts.delete(put));
        }
        case 'get':
          return store.get(request.key);
        case 'list':
          return store.list(request.prefix);
        case 'delete':
          return store.delete(request.key);
      }
    },
    endStreams() {
      for (const stream of streams.values()) void stream.return?.().catch(() => undefined);
      streams.clear();
    },
    putsSettled: () => Promise.allSettled(puts),
  };
}
