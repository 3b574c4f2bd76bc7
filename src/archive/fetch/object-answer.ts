/**
 * Reads from an answer of Cloud Storage the facts about the object behind a link: length, present version, checksums.
 */
import { createHash } from 'node:crypto';

import type { KnownPart, ObjectFacts } from '../../database/parts';
import { PortageError } from '../../domain/error-codes';
import { ContentChanged } from './content-changed';
import type { Answer } from '../../network/egress';

/** The kind of answer to a request for a range that begins at `start`. */
export type ObjectAnswer =
  /** The requested range, or its beginning. */
  | { readonly kind: 'range'; readonly facts: ObjectFacts }
  /** The whole object: the server does not support ranges, or the content is not the one asked for. */
  | { readonly kind: 'whole'; readonly facts: ObjectFacts }
  /** The object has no byte at the requested position. */
  | { readonly kind: 'beyond'; readonly bytes: number | null };

/**
 * @param objectHash of the link without its signature
 * @param start the first byte asked for
 * @throws PortageError `LINK_DEAD` when the link is refused, `GOOGLE_UNAVAILABLE` when it may be used later,
 * `GOOGLE_UNEXPECTED` for a range that was not asked for; the body is then discarded
 */
export function readAnswer(answer: Answer, objectHash: string, start: number): ObjectAnswer {
  const { status } = answer;
  if (status === 200) return { kind: 'whole', facts: factsOf(answer, objectHash, contentLength(answer)) };
  if (status === 206) {
    const range = /^bytes (\d{1,15})-\d{1,15}\/(\d{1,15}|\*)$/.exec(answer.header('content-range') ?? '');
    if (Number(range?.[1] ?? -1) === start) {
      const total = range?.[2] === '*' ? undefined : Number(range?.[2]);
      return { kind: 'range', facts: factsOf(answer, objectHash, total ?? storedLength(answer)) };
    }
  }
  answer.discard();
  if (status === 416) {
    const total = /^bytes \*\/(\d{1,15})$/.exec(answer.header('content-range') ?? '')?.[1];
    return { kind: 'beyond', bytes: total === undefined ? null : Number(total) };
  }
  const detail = `download: ${status}`;
  if (status === 206) throw new PortageError('GOOGLE_UNEXPECTED', { detail: `${detail} with another range` });
  if (status >= 500 || status === 429 || status === 408) throw new PortageError('GOOGLE_UNAVAILABLE', { detail });
  throw new PortageError('LINK_DEAD', { detail });
}

function factsOf(answer: Answer, objectHash: string, bytes: number | null): ObjectFacts {
  const generation = answer.header('x-goog-generation') ?? null;
  const etag = answer.header('etag') ?? null;
  const { crc32c, md5 } = statedChecksums(answer);
  return {
    generation,
    etag,
    version: versionOf(objectHash, generation ?? etag ?? answer.header('last-modified') ?? null, bytes),
    bytes,
    statedCrc32c: crc32c ?? null,
    statedMd5: md5 ?? null,
  };
}

/**
 * One name for one content: the object behind the link, its length, and its present state as the server names it. A
 * generation is more precise than an ETag, which other headers of the object may change
 * (https://cloud.google.com/storage/docs/metadata#generation-number).
 *
 * @param state generation, ETag or time of change; null when the server names none
 * @returns SHA-256 in hexadecimal
 */
export function versionOf(objectHash: string, state: string | null, bytes: number | null): string {
  return createHash('sha256')
    .update(JSON.stringify([objectHash, state, bytes]))
    .digest('hex');
}

/** The number of bytes that show whether an answer is a page or an archive. */
const headBytes = 64;

/**
 * Google's error pages come as HTML or XML; an archive begins with neither (docs/google-api.md §A1). White space and
 * byte order marks may stand before the first `<`, which is two bytes long in UTF-16.
 *
 * @param answer with the object from its first byte
 * @throws PortageError `PART_NOT_ARCHIVE` (docs/known-defects.md D4), and what reading its first bytes throws
 */
export async function refusePage(answer: Answer): Promise<void> {
  const head = (await answer.peek(headBytes)).subarray(0, headBytes).toString('latin1');
  if (!/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*</.test(head)) return;
  const type = answer.header('content-type') ?? 'no content type';
  throw new PortageError('PART_NOT_ARCHIVE', { detail: type.slice(0, 100) });
}

/**
 * Refuses an answer that is about another content than the one that is being fetched.
 *
 * @throws ContentChanged when the object is another one now; PortageError `PART_NOT_ARCHIVE` when it is a page,
 * `GOOGLE_UNEXPECTED` when nothing shows that it is Cloud Storage's answer: neither may delete the stored segments
 */
export async function refuseOther(answer: Answer, object: ObjectAnswer, part: KnownPart): Promise<void> {
  if (object.kind === 'beyond') throw new ContentChanged(undefined);
  if (object.facts.version === part.version) return;
  if (object.kind === 'whole') await refusePage(answer);
  const named = ({ generation, etag }: Pick<ObjectFacts, 'generation' | 'etag'>) =>
    generation !== null || etag !== null;
  if (named(part) && !named(object.facts)) {
    throw new PortageError('GOOGLE_UNEXPECTED', { detail: 'download: the object no longer has an ETag' });
  }
  throw new ContentChanged(object.facts);
}

function contentLength(answer: Answer): number | null {
  const stated = answer.header('content-length');
  return stated !== undefined && /^\d{1,15}$/.test(stated) ? Number(stated) : null;
}

function storedLength(answer: Answer): number | null {
  const stated = answer.header('x-goog-stored-content-length');
  return stated !== undefined && /^\d{1,15}$/.test(stated) ? Number(stated) : null;
}

/**
 * `x-goog-hash: crc32c=…,md5=…`, both in base64 (https://cloud.google.com/storage/docs/xml-api/reference-headers). They
 * are those of the stored bytes, so they are no use where Cloud Storage unpacks an object while it sends it
 * (https://cloud.google.com/storage/docs/transcoding).
 */
function statedChecksums(answer: Answer): { crc32c?: string | undefined; md5?: string | undefined } {
  const storedAs = answer.header('x-goog-stored-content-encoding') ?? 'identity';
  if (storedAs !== 'identity' && storedAs !== answer.header('content-encoding')) return {};
  const pairs = (answer.header('x-goog-hash') ?? '').split(',').map((pair) => {
    const equals = pair.indexOf('=');
    return [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()] as const;
  });
  const checksums = new Map(pairs);
  return { crc32c: checksums.get('crc32c'), md5: checksums.get('md5') };
}
