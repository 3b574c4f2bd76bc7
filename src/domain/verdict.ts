/** What verification may find in an archive, and the verdict that follows (docs/google-api.md §A2). */
import type { LimitVariable } from './archive-limits';
import type { Verdict } from './states';

/** One finding; it names places by number, since names of members are the user's own words. */
export type Finding =
  // What is stored is not what was fetched, or not all of it
  | { readonly kind: 'parts_missing'; readonly stated: number; readonly found: number }
  | { readonly kind: 'segment_missing'; readonly part: number; readonly segment: number }
  | { readonly kind: 'segment_altered'; readonly part: number; readonly segment: number }
  // A part against what Cloud Storage said of it; the SHA-256 against what an earlier verification found
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
  /** Files of Google's list that are in no part with that name, while number and size of all files agree. */
  | { readonly kind: 'name_differs'; readonly service: string; readonly count: number }
  | { readonly kind: 'count_differs'; readonly service: string; readonly stated: number; readonly found: number }
  | { readonly kind: 'size_differs'; readonly service: string; readonly stated: number; readonly found: number }
  /** Stands for further findings of one kind, so that no archive makes a list without end. */
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
  // The bytes are as Google sent them, and nobody has looked into all of them.
  encrypted_member: 'unverified',
  unsupported_member: 'unverified',
  limit_exceeded: 'unverified',
  manifest_missing: 'unverified',
  manifest_unreadable: 'unverified',
  // Whether Google's figures always match is open (docs/google-api.md §A2).
  count_differs: 'complete',
  // Google replaces characters in names of files, and cuts names.
  name_differs: 'complete',
  size_differs: 'complete',
};

const gravestFirst: readonly Verdict[] = ['corrupt', 'incomplete_at_google', 'unverified'];

/**
 * Bytes that cannot be read outweigh everything; what the manifest says is missing comes next; what was not looked
 * into, or has no manifest to hold it against, cannot be promised.
 */
export function verdictOf(findings: readonly Finding[]): Verdict {
  const met = new Set(
    findings.map((finding) => verdictOfKind[finding.kind === 'more_findings' ? finding.of : finding.kind]),
  );
  return gravestFirst.find((verdict) => met.has(verdict)) ?? 'complete';
}
