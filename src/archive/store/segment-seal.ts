/** Seals one segment of a part so that it can be opened only by its consent's key and only in its own place. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

import { PortageError } from '../../domain/error-codes';

/** NIST SP 800-38D: 96-bit random nonces (good for 2^32 segments under one key), and full-length tags. */
const nonceBytes = 12;
const tagBytes = 16;
/** How much longer a sealed segment is than its plain bytes. */
export const sealBytes = nonceBytes + tagBytes;
/** Encrypted piece by piece: small ones are memory that is used again at once, a whole segment is not. */
const pieceBytes = 64 * 1024;

/** Which part, of which content. */
export interface PartPlace {
  readonly consentId: string;
  readonly exportId: string;
  readonly partNumber: number;
  /** Which content of the object, from `versionOf` in object-answer.ts. */
  readonly version: string;
  /** Plain length of every segment but the last one. */
  readonly segmentBytes: number;
}

/** Which segment of it. */
export interface SegmentPlace extends PartPlace {
  /** From 0. */
  readonly number: number;
  /** Whether the part ends with it: a part cut after any other segment is noticed. */
  readonly isLast: boolean;
}

/** The key prefix of all objects of a consent. */
export const consentPrefix = (consentId: string) => `consents/${consentId}/`;

/** The key prefix of all objects of an export. */
export const exportPrefix = (consentId: string, exportId: string) => `${consentPrefix(consentId)}exports/${exportId}/`;

/** The key prefix of the parts of an export. */
export const partsPrefix = (consentId: string, exportId: string) => `${exportPrefix(consentId, exportId)}parts/`;

/** The key prefix of the segments of one content of a part; each content has its own. */
export function segmentsPrefix({ consentId, exportId, partNumber, version }: Omit<PartPlace, 'segmentBytes'>): string {
  return `${partsPrefix(consentId, exportId)}${String(partNumber).padStart(5, '0')}-${version.slice(0, 16)}/`;
}

/** The key of a segment; from ids, hashes and numbers only, since names in archives are the user's text. */
export function segmentKey(place: Omit<SegmentPlace, 'segmentBytes' | 'isLast'>): string {
  return `${segmentsPrefix(place)}${String(place.number).padStart(6, '0')}`;
}

const associatedData = (place: SegmentPlace) =>
  Buffer.from(
    [
      'portage segment 1',
      place.consentId,
      place.exportId,
      place.partNumber,
      place.version,
      place.segmentBytes,
      place.number,
      place.isLast ? 'last' : 'more follow',
    ].join('\n'),
  );

/**
 * @param key 32 bytes
 * @param room the buffer for the result; it must have room for {@link sealBytes} more than the plain bytes
 * @returns nonce, AES-256-GCM cipher text and tag
 */
export function sealSegment(key: Buffer, place: SegmentPlace, plain: Buffer, room?: Buffer): Buffer {
  const length = plain.length + sealBytes;
  const sealed = room === undefined ? Buffer.allocUnsafeSlow(length) : room.subarray(0, length);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(associatedData(place));
  nonce.copy(sealed);
  for (let start = 0; start < plain.length; start += pieceBytes) {
    cipher.update(plain.subarray(start, start + pieceBytes)).copy(sealed, nonceBytes + start);
  }
  cipher.final();
  cipher.getAuthTag().copy(sealed, sealed.length - tagBytes);
  return sealed;
}

/** @throws PortageError `SEGMENT_ALTERED` when it was changed, cut, sealed with another key or for another place */
export function openSegment(key: Buffer, place: SegmentPlace, sealed: Buffer): Buffer {
  const altered = (cause?: unknown) =>
    new PortageError('SEGMENT_ALTERED', { detail: `part ${place.partNumber}, segment ${place.number}`, cause });
  if (sealed.length < sealBytes) throw altered();
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(associatedData(place));
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  const plain = decipher.update(sealed.subarray(nonceBytes, -tagBytes));
  try {
    decipher.final();
  } catch (cause) {
    throw altered(cause);
  }
  return plain;
}
