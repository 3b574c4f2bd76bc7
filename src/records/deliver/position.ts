/**
 * A position in a stream as its reader gets it: sealed with the consent's key, so that only Portage can make or change
 * one.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

import { z } from 'zod';

import { PortageError } from '../../domain/error-codes';
import type { Wanted } from './stored-records';

const index = z.int().min(0);
const mark = z.strictObject({ object: index, at: z.int().min(-1) });

const position = z.strictObject({
  exportId: z.string(),
  /** The reading whose objects it points into: another reading of the same export stores others. */
  run: z.string(),
  /** The export's number among those of its consent. */
  number: index,
  /** Of the parameters of the request. */
  choice: z.string(),
  place: z.union([
    z.strictObject({ record: z.strictObject({ object: index, line: index, number: index, mark }) }),
    z.strictObject({ gone: z.strictObject({ object: index, line: index }) }),
  ]),
});
export type Position = z.infer<typeof position>;

/** NIST SP 800-38D: 96-bit random nonces, and full-length tags; as stored objects have them. */
const nonceBytes = 12;
const tagBytes = 16;
const cipherName = 'aes-256-gcm';

/** The stream to which a position is bound in addition to the key, by its consent or export. */
const associatedData = (stream: string) => Buffer.from(`position 1\n${stream}`);

/** A fingerprint of the request's parameters: a position is valid only with the same ones. */
export function choiceOf(since: number | undefined, wanted: Wanted): string {
  const { resources, kinds, states, from, to, undated } = wanted;
  const lists = [resources, kinds, states].map((list) => list?.toSorted());
  const text = JSON.stringify([since, ...lists, from, to, undated]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/**
 * @param dataKey the consent's, 32 bytes
 * @param stream id of the consent or the export whose stream it is
 */
export function sealPosition(dataKey: Buffer, stream: string, value: Position): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(cipherName, dataKey, nonce, { authTagLength: tagBytes });
  cipher.setAAD(associatedData(stream));
  const sealed = [nonce, cipher.update(JSON.stringify(value)), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(sealed).toString('base64url');
}

/**
 * @param choice that of the request
 * @throws PortageError `POSITION_INVALID` when it was changed, or is of another stream or of other parameters
 */
export function openPosition(dataKey: Buffer, stream: string, choice: string, text: string): Position {
  const sealed = Buffer.from(text, 'base64url');
  const foreign = (cause?: unknown) =>
    new PortageError('POSITION_INVALID', { detail: `after was changed, or does not belong to ${stream}`, cause });
  if (sealed.length <= nonceBytes + tagBytes) throw foreign();
  const decipher = createDecipheriv(cipherName, dataKey, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(associatedData(stream));
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  let value: Position;
  try {
    const plain = decipher.update(sealed.subarray(nonceBytes, -tagBytes));
    decipher.final();
    value = position.parse(JSON.parse(plain.toString('utf8')));
  } catch (cause) {
    throw foreign(cause);
  }
  if (value.choice !== choice) {
    throw new PortageError('POSITION_INVALID', { detail: 'after belongs to a request with other parameters' });
  }
  return value;
}
