/** Streams records in the format and the encoding that the caller prefers. */
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';

import type { Request, Response } from 'express';

import { PortageError } from '../domain/error-codes';
import { formats, type Format } from '../records/deliver/formats';
import type { Line } from '../records/deliver/line';
import type { KindName } from '../records/kinds';
import { problemOf } from '../problem-details';
import { toPortageError } from './error-handler';

type Compressor = Transform & { flush(done: () => void): void };

/** Fast levels, because the stream is made while it is sent. Of equally preferred encodings, the first one is used. */
const compressors: Readonly<Record<string, () => Compressor>> = {
  br: () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 3 } }),
  gzip: () => createGzip({ level: 3 }),
};

/** How long to wait, before a stream is cut, for the reader to receive the sent data. */
const lastWordsMs = 5_000;

/**
 * An error before the first text gets a normal error answer. A stream that breaks later reports the reason at its end,
 * where the format allows it. It is then cut without a clean end of transfer and compression, so that no reader takes
 * it for complete.
 *
 * @throws PortageError `NOT_ACCEPTABLE`, `REQUEST_INVALID`; the errors of `lines`. A disconnected caller is no error
 */
export async function sendRecords(
  request: Request,
  response: Response,
  lines: AsyncIterable<Line>,
  kinds: readonly KindName[] | undefined,
): Promise<void> {
  response.vary('Accept').vary('Accept-Encoding').set('cache-control', 'no-store');
  const format = formatFor(request);
  const texts = format.write(lines, kinds);
  const first = await texts.next();
  const encoding = request.acceptsEncodings([...Object.keys(compressors), 'identity']);
  const compressor = encoding === false ? undefined : compressors[encoding]?.();
  response.set('content-type', `${format.mediaType}; charset=utf-8`);
  if (compressor !== undefined && encoding !== false) response.set('content-encoding', encoding);

  const all = async function* (): AsyncGenerator<string> {
    try {
      if (first.done !== true) yield first.value;
      yield* texts;
    } catch (error) {
      yield format.failure(problemOf(toPortageError(error), response.get('x-request-id')));
      await sendLastWords(response, compressor);
      throw error;
    } finally {
      await texts.return(undefined);
    }
  };
  const source = Readable.from(all(), { objectMode: true, highWaterMark: 1 });
  const sent = compressor === undefined ? pipeline(source, response) : pipeline(source, compressor, response);
  await sent.catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}

/** @throws PortageError `NOT_ACCEPTABLE` */
function formatFor(request: Request): Format {
  const types = formats.map(({ mediaType }) => mediaType);
  const accepted = request.accepts(types);
  const format = formats.find(({ mediaType }) => mediaType === accepted);
  if (format !== undefined) return format;
  throw new PortageError('NOT_ACCEPTABLE', { detail: `records are available as ${types.join(', ')}` });
}

/** Waits until the written data is on its way, before the connection is cut. */
async function sendLastWords(response: Response, compressor: Compressor | undefined): Promise<void> {
  await setImmediate();
  if (compressor !== undefined) {
    const flushed = new Promise<void>((done) => compressor.flush(done));
    await Promise.race([flushed, once(response, 'close'), pause()]);
    await setImmediate();
  }
  if (response.writableNeedDrain) await Promise.race([once(response, 'drain'), once(response, 'close'), pause()]);
  await setImmediate();
}

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, lastWordsMs).unref());
