/**
 * The thread that unpacks, parses and compresses: started by reading-thread.ts, it reaches storage by messages only,
 * and reads one archive after the other, each over a port of its own.
 */
import { parentPort, type MessagePort } from 'node:worker_threads';

import type { Answer, FromReader, ReadingOrder, StorageRequest } from './reading-messages';
import { readRecords } from './read-records';
import type { ObjectStore, PartBytes } from '../store/stored-bytes';

/** Interval of progress messages, in milliseconds, since messages have a cost. */
const progressInterval = 250;

async function work(port: MessagePort, { options, parts }: ReadingOrder): Promise<void> {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  port.on('message', ({ id, value, failed }: Answer) => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (failed === true) call?.reject(new Error('storage failed'));
    else call?.resolve(value);
  });
  const send = (message: FromReader, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
  const ask = <T>(request: StorageRequest, transfer?: ArrayBuffer[]): Promise<T> =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve: (value) => resolve(value as T), reject });
      send({ id: lastId, request }, transfer);
    });

  const store: ObjectStore = {
    put: (key, bytes) => {
      const given = new Uint8Array(bytes);
      return ask({ op: 'put', key, bytes: given }, [given.buffer]);
    },
    get: async (key) => Buffer.from(await ask<Uint8Array>({ op: 'get', key })),
    list: (prefix) => ask({ op: 'list', prefix }),
    delete: (key) => ask({ op: 'delete', key }),
  };
  const remote = (part: ReadingOrder['parts'][number]): PartBytes => ({
    ...part,
    read: async function* (start, end) {
      const stream = await ask<number>({ op: 'open', part: part.number, start, end });
      try {
        for (;;) {
          const chunk = await ask<Uint8Array | undefined>({ op: 'next', stream });
          if (chunk === undefined) return;
          yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
        }
      } finally {
        await ask({ op: 'close', stream });
      }
    },
  });
  let reportedAt = 0;
  const summary = await readRecords({
    ...options,
    store,
    parts: parts.map(remote),
    onProgress: (progress) => {
      if (Date.now() - reportedAt < progressInterval) return;
      reportedAt = Date.now();
      send({ progress });
    },
  });
  send({ summary });
  port.close();
}

// A rejection ends the thread, which reports the broken-off reading to the other thread.
parentPort?.on('message', ({ order, port }: { order: ReadingOrder; port: MessagePort }) => void work(port, order));
