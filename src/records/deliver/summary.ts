/** The small object that reports the result of reading an export: counts, findings, and whether anything is missing. */
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

/** Why the records that are gone since the last export are not known. */
export type GoneUnknown =
  /** There is no earlier export to compare with. */
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

/** The records of one resource in an export, compared with the known ones. */
export interface ResourceCount {
  readonly resource: string;
  readonly records: number;
  readonly new: number;
  readonly changed: number;
  /** Known keys that the export lacks; absent when that cannot be known. */
  readonly gone?: number;
  readonly goneUnknown?: GoneUnknown;
  /** The number of objects that hold the keys known from now on. */
  readonly knownObjects?: number;
}

/** Stored as `summary` next to the records. Holds no personal data. */
export interface Summary {
  /** From 2 on, a list of the stored objects is next to it (object-index.ts). */
  readonly version: 1 | 2;
  readonly exportId: string;
  readonly resources: readonly ResourceCount[];
  /** `partial`: not everything could be read, see `problems`. */
  readonly verdict: 'complete' | 'partial';
  readonly members: number;
  /** Records that were read and kept. */
  readonly records: number;
  /** Records left out because the host app did not ask for them. */
  readonly leftOut: number;
  readonly new: number;
  readonly changed: number;
  /** Over all resources whose gone keys are known; absent when there is none. */
  readonly gone?: number;
  /** Of the first resource whose gone keys are not known. */
  readonly goneUnknown?: GoneUnknown;
  readonly counts: readonly DayCount[];
  /** The first problems with their places; `problemCounts` has all of them by kind. */
  readonly problems: readonly Problem[];
  readonly problemCounts: Readonly<Record<string, number>>;
  readonly notices: readonly Notice[];
  readonly noticeCounts: Readonly<Record<string, number>>;
  /** The structure of the entries, for the comparison with the next export (compare/same-structure.ts). */
  readonly drift: readonly string[];
  /** The fingerprint of the choice of kept data. */
  readonly choice: string;
}

/** The last object that is written: where it exists, the output is complete. */
const summaryKey = (folder: string) => `${folder}/summary`;

/** @param folder the one to which the reading wrote all other objects */
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
