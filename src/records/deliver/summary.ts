/** The small object that tells what reading an export gave: counts, findings, and whether anything is missing. */
import { shapeOfExport } from '../compare/same-structure';
import type { Notice, Problem } from '../read/finding';
import type { ObjectStore } from '../store/stored-bytes';

/** How many records of a kind fall on a day; `day` is a date in UTC, absent for records without a time. */
export interface DayCount {
  readonly resource: string;
  readonly kind: string;
  readonly day?: string;
  readonly read: number;
  readonly new: number;
  readonly changed: number;
}

/** Why what is gone since the last export is not known. */
export type GoneUnknown =
  /** There is nothing to compare with. */
  | 'first_export'
  /** The export covers a window of time only. */
  | 'windowed'
  /** The archive is not verified as complete, or could not be read completely. */
  | 'incomplete'
  /** Another choice of kinds, fields or dates was kept last time. */
  | 'other_choice'
  /** This version of Portage reads the resource in another form, with other keys. */
  | 'other_form'
  /** Google changed the shape of the data since. */
  | 'shape_changed';

/** What an export brought of one resource, against what was known of it. */
export interface ResourceCount {
  readonly resource: string;
  readonly records: number;
  readonly new: number;
  readonly changed: number;
  /** Keys that were there and are not any more; absent when that cannot be known. */
  readonly gone?: number;
  readonly goneUnknown?: GoneUnknown;
  /** How many objects hold the keys that are known from now on. */
  readonly knownObjects?: number;
}

/** Stored as `summary` beside the records. Holds no personal data. */
export interface Summary {
  /** From 2 on, a list of the stored objects lies beside it (object-index.ts). */
  readonly version: 1 | 2;
  readonly exportId: string;
  readonly resources: readonly ResourceCount[];
  /** `partial`: something could not be read, see `problems`. */
  readonly verdict: 'complete' | 'partial';
  readonly members: number;
  /** Records that were read and kept. */
  readonly records: number;
  /** Records left out because the host app did not ask for them. */
  readonly leftOut: number;
  readonly new: number;
  readonly changed: number;
  /** Over all resources of which it is known; absent when it is of none. */
  readonly gone?: number;
  /** Of the first resource of which it is not known. */
  readonly goneUnknown?: GoneUnknown;
  readonly counts: readonly DayCount[];
  /** The first problems with their places; `problemCounts` has all of them by kind. */
  readonly problems: readonly Problem[];
  readonly problemCounts: Readonly<Record<string, number>>;
  readonly notices: readonly Notice[];
  readonly noticeCounts: Readonly<Record<string, number>>;
  /** The structure that was met, for the comparison with the next export (compare/same-structure.ts). */
  readonly drift: readonly string[];
  /** What was kept, as a fingerprint. */
  readonly choice: string;
}

/** The last object that is written: where it is, the output is whole. */
const summaryKey = (folder: string) => `${folder}/summary`;

/** @param folder where the reading wrote everything else */
export function storeSummary(store: ObjectStore, folder: string, summary: Summary): Promise<void> {
  return store.put(summaryKey(folder), Buffer.from(JSON.stringify(summary)));
}

/** The summary of an export that was read. @throws PortageError `RECORDS_MISSING`; what the store throws */
export async function readSummary(store: ObjectStore, folder: string): Promise<Summary> {
  return JSON.parse((await store.get(summaryKey(folder))).toString('utf8')) as Summary;
}

const listed = 200;

export interface Findings {
  problem(problem: Problem, count?: number): void;
  notice(notice: Notice): void;
  /** An entry has a key by its time in words. */
  keyedByWords(): void;
  readonly hasProblems: boolean;
  readonly drift: readonly string[];
  report(): Pick<Summary, 'problems' | 'problemCounts' | 'notices' | 'noticeCounts' | 'drift'>;
}

/** Keeps the first findings with their places, and counts all. */
export function createFindings(): Findings {
  const problems: Problem[] = [];
  const notices: Notice[] = [];
  const problemCounts = new Map<string, number>();
  const noticeCounts = new Map<string, number>();
  const drift = new Set<string>();
  let hasKeysByWords = false;
  const count = (counts: Map<string, number>, kind: string, times = 1) =>
    counts.set(kind, (counts.get(kind) ?? 0) + times);
  return {
    problem: (problem, times) => {
      count(problemCounts, problem.kind, times);
      if (problems.length < listed) problems.push(problem);
    },
    notice: (notice) => {
      count(noticeCounts, notice.kind);
      if (notices.length < listed) notices.push(notice);
      if (notice.fingerprint !== undefined) drift.add(notice.fingerprint);
    },
    keyedByWords: () => {
      hasKeysByWords = true;
    },
    get hasProblems() {
      return problems.length > 0;
    },
    get drift() {
      return shapeOfExport(drift, hasKeysByWords);
    },
    report: () => ({
      problems,
      problemCounts: Object.fromEntries(problemCounts),
      notices,
      noticeCounts: Object.fromEntries(noticeCounts),
      drift: shapeOfExport(drift, hasKeysByWords),
    }),
  };
}
