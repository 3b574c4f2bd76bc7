/**
 * Where sync encrypted the data, Google writes a sentence in place of an entry, or of all of them (docs/google-api.md
 * §A5): the data cannot be read, so it is a problem of the file, and no record.
 */
import { parseBytes, type Json } from '../formats/json';
import type { ReaderOutput } from '../read/reader';

const sentence = 'your data is encrypted and cannot be exported';

/** Whether a value contains the sentence, with any text around it. */
export function isEncryptedNotice(value: Json | undefined): boolean {
  return typeof value === 'string' && value.length < 1_000 && value.toLowerCase().includes(sentence);
}

/** Whether the beginning of a file has the sentence in it. */
export function hasEncryptedNotice(text: string): boolean {
  return text.toLowerCase().includes(sentence);
}

/** Reports the sentence in place of a list. @returns as `EntriesOptions.value` requires */
export function encryptedValue(out: ReaderOutput): (path: readonly string[], text: Buffer) => boolean {
  return (_path, text) => {
    const isEncrypted = text.length < 1_000 && isEncryptedNotice(parseBytes(text));
    // Nothing else of the file has a number yet.
    if (isEncrypted) out.problem('encrypted', { index: 0 });
    return isEncrypted;
  };
}
