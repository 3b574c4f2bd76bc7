/**
 * Where archives are stored: one interface, so that a folder and an object store are the same to the rest of the code.
 */

/** A stored object as a listing shows it. */
export interface StoredObject {
  readonly key: string;
  /** Its length. */
  readonly bytes: number;
}

/** Every object is small (some 16 MiB at most) and is passed as one buffer; larger data is stored in several. */
export interface Storage {
  /**
   * Stores an object whole or not at all; an existing one is replaced. Once it has returned, the object survives a
   * power cut.
   *
   * @param key path-like, made from ids only
   * @throws PortageError `STORAGE_FULL` or `STORAGE_UNAVAILABLE`
   */
  put(key: string, bytes: Uint8Array): Promise<void>;

  /**
   * @param range first byte and the byte after the last one, cut at the object's end; without it, the whole object
   * @throws PortageError `STORAGE_MISSING` or `STORAGE_UNAVAILABLE`
   */
  get(key: string, range?: { readonly start: number; readonly end: number }): Promise<Buffer>;

  /**
   * The objects whose keys begin with the prefix, in no promised order, without ever holding all of them in memory.
   *
   * @param prefix whole names of a key, each with its slash: `consents/con_1/`; the empty one lists everything
   * @throws PortageError `STORAGE_UNAVAILABLE`
   */
  list(prefix: string): AsyncIterable<StoredObject>;

  /** Removes an object; a missing one is not an error. @throws PortageError `STORAGE_UNAVAILABLE` */
  delete(key: string): Promise<void>;

  /** Checks that the storage can be used. @throws PortageError `STORAGE_UNAVAILABLE` */
  check(): Promise<void>;
}

const name = '[a-z0-9_-]{1,200}';
const keyPattern = new RegExp(`^${name}(/${name})*$`);
const prefixPattern = new RegExp(`^(${name}/)*$`);
/** S3 allows 1,024 bytes, a prefix before them included (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html). */
const maxKeyLength = 512;

/** Whether it may be a key: it must not leave the storage, or be an invalid name in it (docs/known-defects.md D53). */
export function isKey(text: string): boolean {
  return text.length <= maxKeyLength && keyPattern.test(text);
}

/** @throws Error unless it may be a key; only this program makes keys */
export function checkKey(key: string): void {
  if (!isKey(key)) throw new Error(`not a storage key: ${key}`);
}

/** Like {@link checkKey}, for the prefix of a listing. */
export function checkPrefix(prefix: string): void {
  if (prefix.length > maxKeyLength || !prefixPattern.test(prefix)) throw new Error(`not a storage prefix: ${prefix}`);
}
