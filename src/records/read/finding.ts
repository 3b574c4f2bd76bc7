/** The findings of a reading: problems make an import partial, notices do not. Neither holds personal data. */

/**
 * The position of a finding; the index counts elements, rows or blocks from 0, the offset counts bytes of the member,
 * the line its lines from 1.
 */
export interface Place {
  readonly part: number;
  readonly entry?: number;
  readonly index?: number;
  readonly offset?: number;
  /** For a table, where a row begins. */
  readonly line?: number;
}

export type ProblemKind =
  /** The part is no ZIP whose directory can be read. */
  | 'not_a_zip'
  /** More members than the limit; the rest was not read. */
  | 'too_many_members'
  /** The part exceeds a limit of this server; the rest of it was not read. */
  | 'limit_exceeded'
  /** The member cannot be unpacked, or its bytes do not match its checksum. */
  | 'unreadable_member'
  /** The member is longer than the limit. */
  | 'member_too_large'
  /** Bytes of a text that are not UTF-8, or NUL: the entry is read with U+FFFD in their place, where it can be. */
  | 'not_utf8'
  /** A file that should be text and is not, or not in UTF-8: it is delivered as it is. */
  | 'not_text'
  /** JSON, CSV or HTML that breaks its grammar at this place. */
  | 'syntax'
  /** The member ends inside an entry. */
  | 'truncated'
  /** One entry is longer than the limit. */
  | 'entry_too_large'
  /** An entry of another type than its neighbours, for example a number where objects are. */
  | 'unexpected_entry'
  /** An object has a key twice: only the last of its values is in the record. */
  | 'duplicate_key'
  /** An entry has a time that cannot be read, and only records from a range of time were requested. */
  | 'time_unreadable'
  /** An entry lacks a field that its kind always has. */
  | 'missing_field'
  /** Text of a kind that should be readable for this resource, in a shape that no reader knows. */
  | 'unrecognised'
  /** Google wrote a sentence in place of an entry, or of all of them: the data is encrypted and cannot be read. */
  | 'encrypted'
  /** A defect of a reader at this member. */
  | 'reader_failed';

export type NoticeKind =
  /** Fields, columns or a wrapper that this version does not know; records are read all the same. */
  | 'drift'
  /** A documented field has a value of another type; it is kept as it is. */
  | 'wrong_type'
  /** A file of entries that normally have a time, in which none could be read. */
  | 'no_times'
  /** Columns were identified by their position and form, since no header is known. */
  | 'columns_by_position'
  /** A table with unknown headers and no rows: it is empty. */
  | 'empty_table'
  /** A short text file with a sentence that there is no data, in place of a table or a list. */
  | 'no_data_text'
  /** A time in an unknown language or zone, or with two readings; kept as text. */
  | 'time_as_text'
  /** Several resources were exported together and the content does not show which one this is. */
  | 'resource_unclear';

export interface Problem extends Place {
  readonly kind: ProblemKind;
  /** The schema's name of a missing field; never a value. */
  readonly field?: string;
}

export interface Notice extends Place {
  readonly kind: NoticeKind;
  /** Hash of the names of keys or headers, so that the same change is recognised. */
  readonly fingerprint?: string;
  /** The documented name of a field of another type, the actual type, and the documented types. */
  readonly field?: string;
  readonly met?: string;
  readonly expected?: string;
}
