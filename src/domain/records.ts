/** The selection of records that a host app may ask for, and the states of their reading. */

/** Minimisation: what is kept of the records; all of it is optional, and what is not named is not restricted. */
export interface RecordChoice {
  /** Only records of these kinds. */
  readonly kinds?: readonly string[] | undefined;
  /** Of a kind that is named here, only these fields of `data`. */
  readonly fields?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Only records from this instant on, RFC 3339. */
  readonly from?: string | undefined;
  /** Only records before this instant, RFC 3339. */
  readonly to?: string | undefined;
  /** With a range: whether records without a readable time are kept; the default is `keep`. */
  readonly undated?: 'keep' | 'drop' | undefined;
}

/**
 * `complete`: every entry of the archive was read; `partial`: some could not be, and the archive has them; `failed`:
 * none could be.
 */
export type RecordsState = 'complete' | 'partial' | 'failed';

/** Records of one kind. */
export interface KindCount {
  readonly read: number;
  readonly new: number;
  readonly changed: number;
}

/** What reading an archive gave, in numbers. */
export interface RecordsCount extends KindCount {
  /** Keys that were there and are not any more; null where that cannot be known. */
  readonly gone: number | null;
  /** Left out because the host app did not ask for them. */
  readonly leftOut: number;
  /** Entries and members that could not be read. */
  readonly problems: number;
}
