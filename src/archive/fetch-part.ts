/** Fetches one part from its signed link into storage, checking what can be checked while the bytes pass. */
import { createHash } from 'node:crypto';

import { crc32c } from '@node-rs/crc32';

import { PortageError } from '../domain/errors';
import type { Storage } from '../storage/storage';
import { checkLink } from './download-link';

export interface PartRequest {
  readonly link: string;
  readonly storage: Storage;
  readonly key: string;
  readonly emulatorOrigin: string | undefined;
  readonly signal: AbortSignal;
  /** Told of every chunk; for heartbeats. */
  readonly onBytes: (count: number) => void;
}

const maxRedirects = 3;
/** How much of a body is looked at to tell a page from an archive. */
const headBytes = 64;
/** A server that sends nothing for so long is given up; the part is fetched again. */
const idleTimeoutMs = 60_000;

/**
 * Streams a part into storage. It appears there only when status, length and checksums were right and the first bytes
 * are not a page: an error page is never stored as an archive (docs/known-defects.md D4, D46).
 *
 * @returns its length in bytes and SHA-256 in hexadecimal
 * @throws PortageError `LINK_DEAD`, `LINK_NOT_ALLOWED`, `PART_NOT_ARCHIVE`, `PART_TRUNCATED`, `PART_ALTERED`,
 * `GOOGLE_UNAVAILABLE` (all worth another try with a fresh link), `STORAGE_…`
 */
export async function fetchPart(request: PartRequest): Promise<{ bytes: number; sha256: string }> {
  const idle = idleAbort(request.signal);
  try {
    const response = await follow(request, idle.signal);
    const stated = statedChecksums(response.headers.get('x-goog-hash'));
    const sha256 = createHash('sha256');
    const md5 = createHash('md5');
    let crc = 0;
    let bytes = 0;
    let head = Buffer.alloc(0);
    const body = response.body ?? new ReadableStream<Uint8Array>({ start: (controller) => controller.close() });

    const checked = async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of chunksOf(body, request.signal)) {
        idle.reset();
        if (head.length < headBytes) {
          head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)]);
          refusePage(head, response.headers.get('content-type'));
        }
        bytes += chunk.length;
        sha256.update(chunk);
        if (stated.md5 !== undefined) md5.update(chunk);
        if (stated.crc32c !== undefined)
          crc = crc32c(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength), crc);
        request.onBytes(chunk.length);
        yield chunk;
      }
      refuseWrongLength(bytes, response.headers);
      if (stated.md5 !== undefined && md5.digest('base64') !== stated.md5) {
        throw new PortageError('PART_ALTERED', { detail: 'MD5' });
      }
      if (stated.crc32c !== undefined && base64OfUint32(crc) !== stated.crc32c) {
        throw new PortageError('PART_ALTERED', { detail: 'CRC32C' });
      }
    };

    const chunks: Uint8Array[] = [];
    for await (const chunk of checked()) chunks.push(chunk);
    await request.storage.put(request.key, Buffer.concat(chunks));
    return { bytes, sha256: sha256.digest('hex') };
  } finally {
    idle.stop();
  }
}

/** Follows redirects by hand, checking each hop, and never sends credentials (docs/known-defects.md D44, D45). */
async function follow(request: PartRequest, signal: AbortSignal): Promise<Response> {
  let url = checkLink(request.link, request.emulatorOrigin);
  for (let hop = 0; hop <= maxRedirects; hop += 1) {
    const response = await fetch(url, { redirect: 'manual', signal, headers: { 'accept-encoding': 'identity' } }).catch(
      (cause: unknown) => {
        throw interrupted(request.signal, cause);
      },
    );
    if (response.status === 200) return response;
    const location = response.headers.get('location');
    await response.body?.cancel();
    if (response.status >= 300 && response.status < 400 && location !== null) {
      if (!URL.canParse(location, url.href))
        throw new PortageError('LINK_NOT_ALLOWED', { detail: 'redirect to no URL' });
      url = checkLink(new URL(location, url).href, request.emulatorOrigin);
      continue;
    }
    if (response.status >= 500)
      throw new PortageError('GOOGLE_UNAVAILABLE', { detail: `download: ${response.status}` });
    throw new PortageError('LINK_DEAD', { detail: `download: ${response.status}` });
  }
  throw new PortageError('LINK_DEAD', { detail: `more than ${maxRedirects} redirects` });
}

async function* chunksOf(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) yield chunk;
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    if (cause instanceof PortageError) throw cause;
    throw new PortageError('PART_TRUNCATED', { detail: 'the connection broke', cause });
  }
}

/** Cancellation stays what it is; everything else is a fault of the line. */
function interrupted(signal: AbortSignal, cause: unknown): unknown {
  return signal.aborted
    ? signal.reason
    : new PortageError('GOOGLE_UNAVAILABLE', { detail: 'download: no answer', cause });
}

/**
 * Google's error pages come as HTML or XML; an archive begins with neither (docs/google-api.md §A1). White space and
 * byte order marks may stand before the first `<`, which is two bytes long in UTF-16.
 */
function refusePage(head: Uint8Array, contentType: string | null): void {
  const isPage = /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*</.test(Buffer.from(head).toString('latin1'));
  if (isPage) throw new PortageError('PART_NOT_ARCHIVE', { detail: (contentType ?? 'no content type').slice(0, 100) });
}

function refuseWrongLength(bytes: number, headers: Headers): void {
  // Without a stated length, a connection that broke before the first byte looks like this as well.
  if (bytes === 0) throw new PortageError('PART_TRUNCATED', { detail: 'no bytes came' });
  const stated = headers.get('content-length');
  if (stated !== null && headers.get('content-encoding') === null && Number(stated) !== bytes) {
    throw new PortageError('PART_TRUNCATED', { detail: `${bytes} of ${stated} bytes came` });
  }
}

/** `x-goog-hash: crc32c=…,md5=…`, both in base64 (https://cloud.google.com/storage/docs/xml-api/reference-headers). */
function statedChecksums(header: string | null): { crc32c?: string; md5?: string } {
  const pairs = (header ?? '').split(',').map((pair) => {
    const equals = pair.indexOf('=');
    return [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()] as const;
  });
  const found = new Map(pairs);
  const [crc, md5] = [found.get('crc32c'), found.get('md5')];
  return { ...(crc === undefined ? {} : { crc32c: crc }), ...(md5 === undefined ? {} : { md5 }) };
}

function base64OfUint32(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes.toString('base64');
}

/** Aborts with the outer signal, or when `reset` was not called for too long. */
function idleAbort(outer: AbortSignal): { signal: AbortSignal; reset(): void; stop(): void } {
  const controller = new AbortController();
  const give = () =>
    controller.abort(new PortageError('GOOGLE_UNAVAILABLE', { detail: 'download: the line went silent' }));
  let timer = setTimeout(give, idleTimeoutMs);
  return {
    signal: AbortSignal.any([outer, controller.signal]),
    reset() {
      clearTimeout(timer);
      timer = setTimeout(give, idleTimeoutMs);
    },
    stop() {
      clearTimeout(timer);
      // Lets go of an answer that nobody reads to its end.
      controller.abort();
    },
  };
}
