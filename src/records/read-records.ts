/** Reads a stored export into records: the whole of it, on the thread that calls it. */
import { createFilter, type Keep } from './keep';
import { mergeKeys } from './merge-keys';
import { readArchive, type ArchiveLimits } from './read-archive';
import { createRecordWriter, type Tally } from './record-writer';
import type { ObjectStore, PartBytes } from './stored-bytes';
import { createFindings, type DayCount, type GoneUnknown, type Summary } from './summary';

export interface ReadOptions {
  readonly consentId: string;
  readonly exportId: string;
  /** What was exported: one resource, or the batch of one archive. */
  readonly resources: readonly string[];
  /** True where Google filtered by time: what is missing lies outside the window, and is not gone. */
  readonly isWindowed: boolean;
  /** Verified as complete (verdict `complete`); otherwise nothing is taken for removed. */
  readonly isVerified: boolean;
  /** Key prefix of the output, for example `consents/…/exports/…/records`. What lies there is replaced. */
  readonly folder: string;
  /** The folder of the last export of the same consent and resources whose records were read; absent for the first. */
  readonly previousFolder?: string;
  readonly keep?: Keep;
  readonly limits?: Partial<ArchiveLimits>;
  /** Bound of what is sorted in memory at once, in bytes. */
  readonly sortBytes?: number;
}

export interface ReadProgress {
  readonly members: number;
  readonly records: number;
}

export interface ReadInput extends ReadOptions {
  readonly parts: readonly PartBytes[];
  readonly store: ObjectStore;
  /** Called often; throws to call reading off. */
  readonly onProgress?: (progress: ReadProgress) => void;
}

const defaultLimits: ArchiveLimits = { members: 100_000, memberBytes: 64 * 1024 ** 3 };
const defaultSortBytes = 32 * 1024 * 1024;
const bytesPerEntry = 40;

/** The last object that is written: where it is, the output is whole. */
const summaryKey = (folder: string) => `${folder}/summary`;

/**
 * Writes records, key file and summary below `folder`. May run again at any time: what an earlier run left is removed
 * first, and the same archive gives the same records.
 *
 * @throws whatever parts, store and `onProgress` throw; faults of the archive are in the summary
 */
export async function readRecords(input: ReadInput): Promise<Summary> {
  const { consentId, exportId, resources, isWindowed, isVerified, folder, store, onProgress } = input;
  for (const key of await store.list(`${folder}/`)) await store.delete(key);

  const filter = createFilter(input.keep);
  const findings = createFindings();
  const runEntries = Math.max(16, Math.floor((input.sortBytes ?? defaultSortBytes) / bytesPerEntry));
  const writer = createRecordWriter({ consentId, exportId, store, folder, filter, runEntries });
  const members = await readArchive({
    parts: input.parts,
    resources,
    writer,
    findings,
    limits: { ...defaultLimits, ...input.limits },
    onProgress: (count) => onProgress?.({ members: count, records: writer.records }),
  });
  const { lines } = await writer.finish();

  const before = input.previousFolder === undefined ? undefined : await readSummary(store, input.previousFolder);
  const goneUnknown = whyGoneUnknown(before, {
    isWindowed,
    isComplete: isVerified && !findings.hasProblems,
    choice: filter.fingerprint,
    drift: findings.drift,
  });
  const merged = await mergeKeys({
    ...{ store, folder, writer, runEntries },
    previous: input.previousFolder,
    unseen: goneUnknown === undefined ? 'gone' : goneUnknown === 'other_choice' ? 'forgotten' : 'known',
  });
  const summary: Summary = {
    version: 1,
    exportId,
    resources,
    verdict: findings.hasProblems ? 'partial' : 'complete',
    members,
    records: writer.records,
    leftOut: writer.leftOut,
    new: merged.new,
    changed: merged.changed,
    ...(goneUnknown === undefined ? { gone: merged.gone } : { goneUnknown }),
    counts: writer.tallies.map(dayCount),
    ...findings.report(),
    choice: filter.fingerprint,
    objects: { lines, ...merged.objects },
  };
  await store.put(summaryKey(folder), Buffer.from(JSON.stringify(summary)));
  return summary;
}

/** The summary of an export that was read. */
export async function readSummary(store: ObjectStore, folder: string): Promise<Summary> {
  return JSON.parse((await store.get(summaryKey(folder))).toString('utf8')) as Summary;
}

function dayCount({ resource, kind, day, ...counts }: Tally): DayCount {
  return { resource, kind, ...(day !== undefined && { day }), ...counts };
}

/** Removal is inferred only between two views of the same thing, the later one complete (docs/google-api.md §A10). */
function whyGoneUnknown(
  before: Summary | undefined,
  now: { isWindowed: boolean; isComplete: boolean; choice: string; drift: readonly string[] },
): GoneUnknown | undefined {
  if (now.isWindowed) return 'windowed';
  if (before === undefined) return 'first_export';
  if (before.choice !== now.choice) return 'other_choice';
  if (!now.isComplete) return 'incomplete';
  return before.drift.join() === now.drift.join() ? undefined : 'shape_changed';
}
