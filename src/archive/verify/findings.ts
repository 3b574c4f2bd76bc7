/**
 * Collects findings, with a limit for each kind, so that the list of an archive with a million errors still fits a row.
 */
import type { Finding, FindingKind } from '../../domain/verdict';

/** How many findings of one kind are listed one by one. */
const listedPerKind = 100;

export type FindingList = ReturnType<typeof createFindingList>;

export function createFindingList() {
  const listed: Finding[] = [];
  const counts = new Map<FindingKind, number>();

  return {
    add: (finding: Exclude<Finding, { kind: 'more_findings' }>): void => {
      const count = (counts.get(finding.kind) ?? 0) + 1;
      counts.set(finding.kind, count);
      if (count <= listedPerKind) listed.push(finding);
    },

    /** Every finding, with a count for those that are not listed. */
    all(): Finding[] {
      const more = [...counts]
        .filter(([, count]) => count > listedPerKind)
        .map(([kind, count]): Finding => ({ kind: 'more_findings', of: kind, count: count - listedPerKind }));
      return [...listed, ...more];
    },
  };
}
