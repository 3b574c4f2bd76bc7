/**
 * The access to storage that reading needs: random access to the parts of an archive, and small objects for its output.
 */

/** One stored object of an archive, decrypted and checked by the implementation. */
export interface PartBytes {
  /** Number of the part within its export, from 1. */
  readonly number: number;
  /** Length in bytes. */
  readonly bytes: number;
  /** Bytes from `start` up to, not including, `end`. */
  read(start: number, end: number): AsyncIterable<Buffer>;
}

/**
 * The destination of output. Objects are of bounded size (a few MiB), so they are passed whole; keys are made of ids
 * and numbers only.
 */
export interface ObjectStore {
  /** Stores whole or not at all; an existing object is replaced. */
  put(key: string, bytes: Buffer): Promise<void>;
  /** @throws when there is no such object */
  get(key: string): Promise<Buffer>;
  /** Keys that begin with the prefix, in the order of their characters. */
  list(prefix: string): Promise<string[]>;
  /** Removes an object; a missing one is not an error. */
  delete(key: string): Promise<void>;
}

/** The name of the n-th object of a series, so that names sort as numbers do. */
export function numbered(folder: string, number: number): string {
  return `${folder}/${String(number).padStart(6, '0')}`;
}
