/** The selection of records that a host app may ask for, and the states of their reading. */

/** Minimisation: the records that are kept. Every field is optional; a missing field restricts nothing. */
export interface RecordChoice {
  /** Only records of these kinds. */
  readonly kinds?: readonly string[] | undefined;
  /** For a kind that is named here, only these fields of `data`. */
  readonly fields?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Only records from this instant on, RFC 3339. */
  readonly from?: string | undefined;
  /** Only records before this instant, RFC 3339. */
  readonly to?: string | undefined;
  /** With a range: whether records without a readable time are kept; the default is `keep`. */
  readonly undated?: 'keep' | 'drop' | undefined;
}

/**
 * `complete`: every entry of the archive was read; `partial`: some entries could not be read, and only the archive has
 * them; `failed`: no entry could be read.
 */
export type RecordsState = 'complete' | 'partial' | 'failed';

/** Records of one kind. */
export interface KindCount {
  readonly read: number;
  readonly new: number;
  readonly changed: number;
}

/** The counts of a reading. */
export interface RecordsCount extends KindCount {
  /** Keys that existed before and do not exist any more; null when this cannot be known. */
  readonly gone: number | null;
  /** Records that were left out because the host app did not ask for them. */
  readonly leftOut: number;
  /** Entries and members that could not be read. */
  readonly problems: number;
}
