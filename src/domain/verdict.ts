/** The findings that verification may make in an archive, and the resulting verdict (docs/google-api.md §A2). */
import type { LimitVariable } from './archive-limits';
import type { Verdict } from './states';

/** One finding; it names parts and members by number, since names of members are the user's own words. */
export type Finding =
  // The stored bytes differ from the downloaded ones, or are incomplete
  | { readonly kind: 'parts_missing'; readonly stated: number; readonly found: number }
  | { readonly kind: 'segment_missing'; readonly part: number; readonly segment: number }
  | { readonly kind: 'segment_altered'; readonly part: number; readonly segment: number }
  // A part compared with Cloud Storage's statements; the SHA-256 compared with an earlier verification
  | { readonly kind: 'length_differs'; readonly part: number; readonly stated: number; readonly found: number }
  | { readonly kind: 'checksum_differs'; readonly part: number; readonly checksum: 'crc32c' | 'md5' | 'sha256' }
  // A part as a ZIP
  | { readonly kind: 'not_a_zip'; readonly part: number }
  | { readonly kind: 'overlapping_members'; readonly part: number; readonly entry: number }
  | { readonly kind: 'header_differs'; readonly part: number; readonly entry: number }
  | { readonly kind: 'unreadable_member'; readonly part: number; readonly entry: number }
  | { readonly kind: 'encrypted_member'; readonly part: number; readonly entry: number }
  | { readonly kind: 'unsupported_member'; readonly part: number; readonly entry: number; readonly method: number }
  | {
      readonly kind: 'limit_exceeded';
      readonly part: number;
      readonly limit: LimitVariable;
      /** The limit's value, in its own unit. */
      readonly allowed: number;
    }
  // The archive against Google's manifest
  | { readonly kind: 'manifest_missing' }
  | { readonly kind: 'manifest_unreadable'; readonly part: number }
  | { readonly kind: 'incomplete_service'; readonly service: string }
  | { readonly kind: 'file_not_extracted'; readonly service: string; readonly state: string; readonly count: number }
  | { readonly kind: 'file_missing'; readonly service: string; readonly count: number }
  /** Files of Google's list that no part contains under that name, while number and size of all files agree. */
  | { readonly kind: 'name_differs'; readonly service: string; readonly count: number }
  | { readonly kind: 'count_differs'; readonly service: string; readonly stated: number; readonly found: number }
  | { readonly kind: 'size_differs'; readonly service: string; readonly stated: number; readonly found: number }
  /** Replaces further findings of one kind, so that no archive makes an endless list. */
  | { readonly kind: 'more_findings'; readonly of: FindingKind; readonly count: number };

export type FindingKind = Exclude<Finding['kind'], 'more_findings'>;

/**
 * The verdict that each finding leads to; `complete` for a difference that is reported and does not change the verdict.
 */
const verdictOfKind: Readonly<Record<FindingKind, Verdict>> = {
  parts_missing: 'corrupt',
  segment_missing: 'corrupt',
  segment_altered: 'corrupt',
  length_differs: 'corrupt',
  checksum_differs: 'corrupt',
  not_a_zip: 'corrupt',
  overlapping_members: 'corrupt',
  header_differs: 'corrupt',
  unreadable_member: 'corrupt',
  incomplete_service: 'incomplete_at_google',
  file_not_extracted: 'incomplete_at_google',
  file_missing: 'incomplete_at_google',
  // The bytes are as Google sent them, but not all of them could be checked.
  encrypted_member: 'unverified',
  unsupported_member: 'unverified',
  limit_exceeded: 'unverified',
  manifest_missing: 'unverified',
  manifest_unreadable: 'unverified',
  // It is open whether Google's figures always match (docs/google-api.md §A2).
  count_differs: 'complete',
  // Google replaces characters in names of files, and cuts names.
  name_differs: 'complete',
  size_differs: 'complete',
};

const gravestFirst: readonly Verdict[] = ['corrupt', 'incomplete_at_google', 'unverified'];

/**
 * Unreadable bytes have the highest priority; files that the manifest lists and no part has come next; then members
 * that were not checked, or that no manifest covers, which cannot be called complete.
 */
export function verdictOf(findings: readonly Finding[]): Verdict {
  const resultingVerdicts = new Set(
    findings.map((finding) => verdictOfKind[finding.kind === 'more_findings' ? finding.of : finding.kind]),
  );
  return gravestFirst.find((verdict) => resultingVerdicts.has(verdict)) ?? 'complete';
}
