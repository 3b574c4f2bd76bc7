/** Reads a stored export into records: all of it, on the calling thread. */
import type { ArchiveLimits } from '../../domain/archive-limits';
import type { RecordChoice } from '../../domain/records';
import { createFilter } from './record-filter';
import { createGoneWriter } from '../compare/gone-writer';
import { choiceOf, comparedBy } from '../compare/reading-format';
import { createMarkSorter, mergeKeys, writeMarks } from '../compare/merge-keys';
import { isKeyedOtherwise, isSameShape } from '../compare/same-structure';
import { readArchive, type ReadingLimits } from './read-archive';
import { createRecordWriter, type Tally } from '../store/record-writer';
import { createIndexedStore } from '../store/object-index';
import { numbered, type ObjectStore, type PartBytes } from '../store/stored-bytes';
import {
  createFindings,
  storeSummary,
  type DayCount,
  type GoneUnknown,
  type ResourceCount,
  type Summary,
} from '../deliver/summary';

/** The known keys of a resource before an export. */
export interface KnownBefore {
  /** Key prefix of its key file. */
  readonly folder: string;
  /** The result of `comparedBy` for the choice of the export that wrote it, and the drift of its summary. */
  readonly choice: string;
  readonly drift: readonly string[];
  /** How many objects it has; undefined when they were not counted yet. */
  readonly objects: number | undefined;
}

/** The keys of the objects that a key file should have. */
async function keysOf(store: ObjectStore, { folder, objects }: KnownBefore): Promise<string[]> {
  if (objects === undefined) return store.list(`${folder}/`);
  return Array.from({ length: objects }, (_, at) => numbered(folder, at + 1));
}

/** A resource that was exported. */
export interface ReadResource {
  readonly name: string;
  /** Key prefix of the key file to write: the next export of the resource is compared with it. */
  readonly known: string;
  /** Absent for the first export of the resource under its consent. */
  readonly before?: KnownBefore;
}

export interface ReadOptions {
  readonly consentId: string;
  readonly exportId: string;
  /** The exported resources: one, or the batch of one archive. */
  readonly resources: readonly ReadResource[];
  /** True where Google filtered by time: records outside the window are not gone. */
  readonly isWindowed: boolean;
  /** Verified as complete (verdict `complete`); otherwise no record is taken as removed. */
  readonly isVerified: boolean;
  /** Key prefix of the output, for example `consents/…/exports/…/records`. Existing objects below it are replaced. */
  readonly folder: string;
  readonly keep?: RecordChoice;
  readonly limits?: Partial<ReadingLimits>;
  readonly archiveLimits?: ArchiveLimits;
  /** Limit of the data sorted in memory at once, in bytes. */
  readonly sortBytes?: number;
}

export interface ReadProgress {
  readonly members: number;
  readonly records: number;
}

export interface ReadInput extends ReadOptions {
  readonly parts: readonly PartBytes[];
  readonly store: ObjectStore;
  /** Called often; throws to stop the reading. */
  readonly onProgress?: (progress: ReadProgress) => void;
}

const defaultLimits: ReadingLimits = { members: 250_000, memberBytes: 64 * 1024 ** 3 };
const noLimits: ArchiveLimits = {
  ...{ entries: Infinity, memberBytes: Infinity, totalBytes: Infinity, ratio: Infinity },
  ...{ depth: 1_000, nameBytes: Infinity, manifestBytes: Infinity },
};
const defaultSortBytes = 8 * 1024 * 1024;
const bytesPerEntry = 40;

/**
 * Writes records, key file and summary below `folder`. May run again at any time: the output of an earlier run is
 * removed first, and the same archive gives the same records.
 *
 * @throws errors of parts, store and `onProgress`; faults of the archive are in the summary
 */
export async function readRecords(input: ReadInput): Promise<Summary> {
  const { consentId, exportId, resources, isWindowed, isVerified, folder, onProgress } = input;
  const store = createIndexedStore(input.store);
  for (const place of [folder, ...resources.map(({ known }) => known)]) {
    for (const key of await store.list(`${place}/`)) await store.delete(key);
  }

  const filter = createFilter(input.keep);
  const findings = createFindings();
  const entries = Math.floor((input.sortBytes ?? defaultSortBytes) / bytesPerEntry);
  const runEntries = Math.max(16, Math.floor(entries / Math.max(1, resources.length)));
  const writer = createRecordWriter({ consentId, exportId, store, folder, filter, runEntries });
  const members = await readArchive({
    parts: input.parts,
    resources: resources.map(({ name }) => name),
    writer,
    findings,
    limits: { ...defaultLimits, ...input.limits },
    archiveLimits: input.archiveLimits ?? noLimits,
    onProgress: (count) => onProgress?.({ members: count, records: writer.records }),
  });
  await writer.finish();

  const now = { isWindowed, isComplete: isVerified && !findings.hasProblems, choice: filter.fingerprint };
  const marks = createMarkSorter(store, folder, runEntries);
  const gone = createGoneWriter(store, folder);
  const counts: ResourceCount[] = [];
  for (const { name, known, before } of resources) {
    onProgress?.({ members, records: writer.records });
    const goneUnknown = whyGoneUnknown(before, { ...now, choice: comparedBy(now.choice, name), drift: findings.drift });
    const isForgotten = goneUnknown === 'other_choice' || goneUnknown === 'other_form';
    const unseen = goneUnknown === undefined ? 'gone' : isForgotten ? 'forgotten' : 'known';
    gone.begin(name);
    const { tallies } = writer;
    const previous = before === undefined ? [] : await keysOf(store, before);
    const merged = await mergeKeys({
      ...{ store, sorter: writer.sorters.get(name), tallies, known, previous, unseen, marks, gone },
    });
    const { records, new: fresh, changed } = merged;
    const removed = goneUnknown === undefined ? { gone: merged.gone } : { goneUnknown };
    const knownObjects = store.count(known);
    counts.push({ resource: name, records, new: fresh, changed, ...removed, knownObjects });
  }
  await gone.finish();
  await writeMarks(store, folder, marks);

  const summary: Summary = {
    ...{ version: 2, exportId, resources: counts, members },
    verdict: findings.hasProblems ? 'partial' : 'complete',
    records: writer.records,
    leftOut: writer.leftOut,
    ...totalOf(counts),
    counts: writer.tallies.map(dayCount),
    ...findings.report(),
    choice: filter.fingerprint,
  };
  await store.writeIndex(folder);
  await storeSummary(store, folder, summary);
  return summary;
}

function totalOf(counts: readonly ResourceCount[]): Pick<Summary, 'new' | 'changed' | 'gone' | 'goneUnknown'> {
  const sum = (valueOf: (count: ResourceCount) => number) => counts.reduce((total, count) => total + valueOf(count), 0);
  const goneUnknown = counts.find((count) => count.goneUnknown !== undefined)?.goneUnknown;
  const isKnownOfSome = counts.some(({ gone }) => gone !== undefined);
  return {
    new: sum((count) => count.new),
    changed: sum(({ changed }) => changed),
    ...(isKnownOfSome && { gone: sum(({ gone }) => gone ?? 0) }),
    ...(goneUnknown !== undefined && { goneUnknown }),
  };
}

function dayCount({ resource, kind, day, ...counts }: Tally): DayCount {
  return { resource, kind, ...(day !== undefined && { day }), ...counts };
}

/** Removal is inferred only between two views of the same thing, the later one complete (docs/google-api.md §A10). */
function whyGoneUnknown(
  before: KnownBefore | undefined,
  now: { isWindowed: boolean; isComplete: boolean; choice: string; drift: readonly string[] },
): GoneUnknown | undefined {
  if (now.isWindowed) return 'windowed';
  if (before === undefined) return 'first_export';
  if (choiceOf(before.choice) !== choiceOf(now.choice)) return 'other_choice';
  if (before.choice !== now.choice || isKeyedOtherwise(before.drift, now.drift)) return 'other_form';
  if (!now.isComplete) return 'incomplete';
  return isSameShape(before.drift, now.drift) ? undefined : 'shape_changed';
}
