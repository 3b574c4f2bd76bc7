/** Streams bytes as a download: the whole or one range, with validators (RFC 9110 §13, §14). */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { Request, Response } from 'express';

import { PortageError } from '../domain/error-codes';
import { isHeld } from './if-none-match';

export interface Content {
  /** Length in bytes. */
  readonly bytes: number;
  /** Strong and without quotes: the same for the same bytes only. */
  readonly etag: string;
  /** The file name for the caller; its ending decides the content type. */
  readonly fileName: string;
  /** @param end the byte after the last one */
  read(start: number, end: number): AsyncIterable<Buffer>;
}

/**
 * A request for several ranges gets the whole, as RFC 9110 §14.2 allows.
 *
 * @throws PortageError `RANGE_NOT_SATISFIABLE`; errors of reading, before the answer begins or during it
 */
export async function sendContent(request: Request, response: Response, content: Content): Promise<void> {
  const { bytes, fileName } = content;
  const etag = `"${content.etag}"`;
  response.set({ etag, 'accept-ranges': 'bytes', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  if (isHeld(request, etag)) {
    response.status(304).end();
    return;
  }
  const range = rangeOf(request, etag, bytes);
  if (range === 'unsatisfiable') {
    response.set('content-range', `bytes */${bytes}`);
    throw new PortageError('RANGE_NOT_SATISFIABLE', { detail: `it has ${bytes} bytes` });
  }
  const { start, end } = range ?? { start: 0, end: bytes };
  const describe = () => {
    // This also sets the content type.
    response.attachment(fileName);
    response.set('content-length', String(end - start));
    if (range !== undefined) response.status(206).set('content-range', `bytes ${start}-${end - 1}/${bytes}`);
  };
  if (request.method === 'HEAD') {
    describe();
    response.end();
    return;
  }
  await sendChunks(response, content.read(start, end), describe);
}

/**
 * @param begin sets status and headers after the first chunk was read, so that an earlier error is a normal error
 * answer
 * @throws the errors of `chunks`; a disconnected caller is no error
 */
export async function sendChunks(
  response: Response,
  chunks: AsyncIterable<Buffer | string>,
  begin: () => void,
): Promise<void> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  begin();
  const all = async function* () {
    try {
      for (
        let next: IteratorResult<Buffer | string, unknown> = first;
        next.done !== true;
        next = await iterator.next()
      ) {
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  };
  await pipeline(Readable.from(all(), { objectMode: true, highWaterMark: 1 }), response).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}

/** @returns undefined for the whole content */
function rangeOf(
  request: Request,
  etag: string,
  bytes: number,
): { start: number; end: number } | 'unsatisfiable' | undefined {
  // Ranges are for GET only, and with If-Range only for the version that the caller already has in part.
  if (request.method !== 'GET' || (request.get('if-range') ?? etag) !== etag) return undefined;
  // A suffix longer than the content means all of it (RFC 9110 §14.1.2); range-parser would refuse it.
  const suffix = /^bytes=-(\d+)$/.exec(request.get('range') ?? '')?.[1];
  if (bytes > 0 && Number(suffix) >= bytes) return { start: 0, end: bytes };
  const ranges = request.range(bytes);
  if (ranges === -1) return 'unsatisfiable';
  if (ranges === undefined || ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return undefined;
  const [range] = ranges;
  return range === undefined ? undefined : { start: range.start, end: range.end + 1 };
}
