/** What verification may find in an archive, and the verdict that follows (docs/google-api.md §A2). */
import type { Verdict } from './states';

/** One finding; it names places by number, since names of members are the user's own words. */
export type Finding =
  | { readonly kind: 'not_a_zip'; readonly part: number }
  | { readonly kind: 'unreadable_member'; readonly part: number; readonly entry: number }
  | { readonly kind: 'manifest_missing' }
  | { readonly kind: 'manifest_unreadable'; readonly part: number }
  | { readonly kind: 'incomplete_service'; readonly service: string }
  | { readonly kind: 'file_not_extracted'; readonly service: string; readonly state: string; readonly count: number }
  | { readonly kind: 'file_missing'; readonly service: string; readonly count: number }
  | { readonly kind: 'count_differs'; readonly service: string; readonly stated: number; readonly found: number }
  | { readonly kind: 'size_differs'; readonly service: string; readonly stated: number; readonly found: number };

/**
 * Bytes that cannot be read outweigh everything; what the manifest says is missing comes next; without a manifest
 * nothing can be promised. Counts and sizes that differ while every listed file is there are told, not judged:
 * whether Google's figures always match is open (docs/google-api.md §A2).
 */
export function verdictOf(findings: readonly Finding[]): Verdict {
  const kinds = new Set(findings.map(({ kind }) => kind));
  if (kinds.has('not_a_zip') || kinds.has('unreadable_member')) return 'corrupt';
  if (kinds.has('incomplete_service') || kinds.has('file_not_extracted') || kinds.has('file_missing')) {
    return 'incomplete_at_google';
  }
  if (kinds.has('manifest_missing') || kinds.has('manifest_unreadable')) return 'unverified';
  return 'complete';
}
