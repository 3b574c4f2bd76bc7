/** A reader of one kind of file: when it applies, and how it delivers its results. */
import type { NoticeKind, ProblemKind } from './finding';
import type { KindName } from '../kinds';
import type { Draft } from '../store/record';
import type { Sample } from './detect-format';

export interface Reader {
  /** Resources whose archives hold such files. */
  readonly resources: readonly string[];
  /** `service.name` in Google's manifest; a file of another known service is not for this reader. */
  readonly services: readonly string[];
  readonly kinds: readonly KindName[];
  /** By the first bytes of the member; XML counts as HTML here. */
  readonly format: 'json' | 'html' | 'text' | 'zip';
  /**
   * Whether the structure of the member's beginning is the one this reader reads. The place counts only for files whose
   * structure is not documented.
   */
  accepts(sample: Sample, place: Place): boolean;
  read(member: OpenMember, out: ReaderOutput): Promise<void>;
}

/** The place of a member. */
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
   * Whether the total length of its folder's files is the one in the manifest. Otherwise a file with an end unlike that
   * of Google's files is taken as cut.
   */
  readonly isLengthAsStated: boolean;
  /** Language of the archive, where its folders show it. */
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
  /** Something that the reader does not know, by its names; reported once per member and set of names. */
  drift(names: Iterable<string>): void;
  /** Also delivers the member itself, described as a file: records do not hold all of its content. */
  file(): void;
  /** Reported once per member. */
  notice(kind: NoticeKind): void;
  /** Must be awaited after every chunk, so that the output is stored before more is read. */
  settle(): Promise<void>;
}

/** Bound of one entry of JSON, in bytes; longer ones are reported and skipped (docs/google-api.md §A10). */
export const entryLimit = 16 * 1024 * 1024;
/** Longest row of a table, in characters: the longest texts in one, descriptions and comments, have some thousands. */
export const rowLimit = 1024 * 1024;
/** Longest entry of a page, in characters, and the longest text before the first one. */
export const blockLimit = 4 * 1024 * 1024;

/** Name of a file without folders and ending. */
export function baseName(path: string): string {
  return (path.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '');
}
