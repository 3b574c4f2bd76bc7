/** Where archives lie: one interface, so that a folder and an object store are the same to the rest of the code. */
import type { Readable } from 'node:stream';

export interface Storage {
  /**
   * Stores an object whole or not at all; an existing one is replaced.
   *
   * @param key path-like, made from ids only
   * @param body the bytes, read once
   * @throws PortageError `STORAGE_FULL` or `STORAGE_UNAVAILABLE`; errors of `body` pass through unchanged
   */
  put(key: string, body: AsyncIterable<Uint8Array>): Promise<void>;

  /**
   * @param range first byte and the byte after the last one; without it, the whole object
   * @throws PortageError `STORAGE_MISSING`
   */
  get(key: string, range?: { start: number; end: number }): Promise<Readable>;

  /** Length in bytes. @throws PortageError `STORAGE_MISSING` */
  size(key: string): Promise<number>;

  /** Removes an object; one that is not there is no error. */
  delete(key: string): Promise<void>;

  /** Refuses when the storage cannot be written to. @throws PortageError `STORAGE_UNAVAILABLE` */
  check(): Promise<void>;
}

/** The key of a stored part; from ids and a number only, since names in archives are the user's text. */
export function partKey(consentId: string, exportId: string, number: number): string {
  return `consents/${consentId}/exports/${exportId}/parts/${String(number).padStart(5, '0')}`;
}
