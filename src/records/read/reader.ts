/** What a reader of one kind of file is: when it is the right one, and how it hands over what it finds. */
import type { NoticeKind, ProblemKind } from './finding';
import type { KindName } from '../kinds';
import type { Draft } from '../store/record';
import type { Sample } from './detect-format';

export interface Reader {
  /** Resources in whose archives such files lie. */
  readonly resources: readonly string[];
  /** `service.name` in Google's manifest; a file of another known service is not for this reader. */
  readonly services: readonly string[];
  readonly kinds: readonly KindName[];
  /** By the first bytes of the member; XML counts as HTML here. */
  readonly format: 'json' | 'html' | 'text' | 'zip';
  /**
   * Whether the structure of the member's beginning is the one this reader reads. The place counts only for files whose
   * structure nobody has described.
   */
  accepts(sample: Sample, place: Place): boolean;
  read(member: OpenMember, out: ReaderOutput): Promise<void>;
}

/** Where a member lies. */
export interface Place {
  /** Path below the folder of the service. */
  readonly path: string;
  /** Whether the archive may hold files of this format of other resources too. */
  readonly isShared: boolean;
}

/** A member that is being read. */
export interface OpenMember {
  readonly resource: string;
  /** Path below the folder of the service: the user's words and the account's language. */
  readonly path: string;
  readonly sample: Sample;
  /** The whole content, read once. */
  readonly chunks: AsyncIterable<Buffer>;
  /**
   * Whether the files of its folder are together as long as the manifest says. Otherwise a file that ends in a way in which
   * Google ends none is taken for cut.
   */
  readonly isLengthAsStated: boolean;
  /** Language of the archive, where its folders give it away. */
  readonly locale: string | undefined;
  /** All members of the archive with their paths below the folders of services, where the resource has media. */
  readonly siblings: readonly Sibling[];
}

export interface Sibling {
  readonly path: string;
  readonly part: number;
  readonly entry: number;
  readonly bytes: number;
}

export interface ReaderOutput {
  record(draft: Draft): void;
  problem(
    kind: ProblemKind,
    place: { readonly index?: number; readonly offset?: number; readonly line?: number; readonly field?: string },
  ): void;
  /** Something the reader does not know, by its names; told once per member and set of names. */
  drift(names: Iterable<string>): void;
  /** Delivers the member itself too, described as a file: what it holds is not all in records. */
  file(): void;
  /** Told once per member. */
  notice(kind: NoticeKind): void;
  /** To be awaited after every chunk, so that what was found is stored before more is read. */
  settle(): Promise<void>;
}

/** Bound of one entry of JSON, in bytes; longer ones are reported and skipped (docs/google-api.md §A10). */
export const entryLimit = 16 * 1024 * 1024;
/** Longest row of a table, in characters: the longest texts in one, descriptions and comments, have some thousands. */
export const rowLimit = 1024 * 1024;
/** Longest entry of a page, in characters, and whatever stands before the first. */
export const blockLimit = 4 * 1024 * 1024;

/** Name of a file without folders and ending. */
export function baseName(path: string): string {
  return (path.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '');
}
