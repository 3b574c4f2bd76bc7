/** A record: one entry of a person's data, typed by its kind, with the place it was read from. */
import type { JsonObject } from '../formats/json';
import type { JsonEntry } from '../formats/json-entry';
import type { KindName } from '../kinds';
import type { Members } from './json-text';

/** Where a record was read, so that anyone can go back to the raw bytes. */
export interface RecordSource {
  readonly exportId: string;
  /** Number of the part, from 1. */
  readonly part: number;
  /** Number of the member within the part's ZIP directory, from 1, folders counted too. */
  readonly entry: number;
  /** Number of the element, row or block within the member, from 0. */
  readonly index: number;
}

/** A record as it is delivered: one line of NDJSON. JSON Schemas of `data` by kind are in docs/schemas. */
export interface PortedRecord {
  /**
   * 32 hexadecimal digits of a hash over consent, resource, kind and canonical content; the second equal twin in an
   * export ends in `-2`, and so on. The same entry has the same key in every export of a consent.
   */
  readonly key: string;
  readonly resource: string;
  readonly kind: KindName;
  /** When it happened, RFC 3339 in UTC; absent where the entry has no time, or none that can be read for sure. */
  readonly occurredAt?: string;
  /** The entry's own fields, times as the original strings. */
  readonly data: JsonObject;
  readonly source: RecordSource;
}

/** The output of a reader, before it has a key. */
export interface Draft {
  readonly kind: KindName;
  readonly index: number;
  readonly occurredAt?: string | undefined;
  /** The entry has a time that cannot be read for sure. */
  readonly hasUnreadTime?: boolean;
  /** The entry as it is in its file, or a value that a reader made of it. */
  readonly data: JsonObject | JsonEntry;
  /**
   * Fields of the record that change without the entry changing, such as the link of an icon. They are kept, and left
   * out of the key (docs/google-api.md §A10).
   */
  readonly volatile?: Members | undefined;
  /** Names of such fields that are in `data` itself. */
  readonly volatileFields?: readonly string[];
  /**
   * The text of the time is volatile: it changes with the time zone or the language of an export. The key uses the
   * instant in its place.
   */
  readonly isKeyedByInstant?: boolean;
  /** Google's own id of the thing, where an entry has one; other content under the same id is a change. */
  readonly identity?: string | undefined;
}
