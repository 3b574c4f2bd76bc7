/** Limits for the reading of an archive; nothing else limits the claims in its directory and headers. */

export interface ArchiveLimits {
  /** Members of all parts of an export together. */
  readonly entries: number;
  /** Unpacked bytes of one member. */
  readonly memberBytes: number;
  /** Unpacked bytes of all members of an export. */
  readonly totalBytes: number;
  /** Unpacked bytes per packed byte, within one member. */
  readonly ratio: number;
  /** Folders above a member. */
  readonly depth: number;
  /** Bytes of a member's name, folders included. */
  readonly nameBytes: number;
  /** Bytes of all manifests of an export. */
  readonly manifestBytes: number;
}

/** The variable that sets each limit, by which findings and errors name it. */
export const limitVariables = {
  entries: 'ARCHIVE_MAX_ENTRIES',
  memberBytes: 'ARCHIVE_MAX_MEMBER_SIZE',
  totalBytes: 'ARCHIVE_MAX_TOTAL_SIZE',
  ratio: 'ARCHIVE_MAX_RATIO',
  depth: 'ARCHIVE_MAX_DEPTH',
  nameBytes: 'ARCHIVE_MAX_NAME_SIZE',
  manifestBytes: 'ARCHIVE_MAX_MANIFEST_SIZE',
} as const satisfies Record<keyof ArchiveLimits, string>;

export type LimitVariable = (typeof limitVariables)[keyof ArchiveLimits];
