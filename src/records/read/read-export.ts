/** Reads the records of a stored export, ends the export with them, and removes objects that are no longer needed. */
import { deleteStored } from '../../archive/delete/delete-stored';
import { openPart, type PartReaderDependencies } from '../../archive/store/part-reader';
import { partsPrefix } from '../../archive/store/segment-seal';
import type { DataKeys } from '../../database/data-keys';
import type { Consent, ConsentStore } from '../../database/consents';
import type { Export, ExportStore } from '../../database/exports';
import type { PartStore } from '../../database/parts';
import { isRead, type ReadExport, type RecordStore } from '../../database/records';
import type { ArchiveLimits } from '../../domain/archive-limits';
import { PortageError } from '../../domain/error-codes';
import type { KindCount } from '../../domain/records';
import type { Storage } from '../../storage/storage';
import { comparedBy } from '../compare/reading-format';
import { knownFolder, knownOfResource, knownPrefix, nameRun, recordsFolder, recordsPrefix } from '../store/object-keys';
import type { ReadProgress, ReadResource } from './read-records';
import { readRecordsInThread } from './reading-thread';
import { createSealedObjects } from '../store/sealed-objects';
import { verifyRecords } from '../deliver/verify-records';
import type { Summary } from '../deliver/summary';

export interface ReadExportDependencies extends PartReaderDependencies {
  readonly consents: Pick<ConsentStore, 'find'>;
  readonly exports: Pick<ExportStore, 'find'>;
  readonly parts: Pick<PartStore, 'list' | 'listSegments' | 'dropAll'>;
  readonly records: RecordStore;
  readonly dataKeys: Pick<DataKeys, 'open'>;
  readonly storage: Pick<Storage, 'put' | 'get' | 'list' | 'delete'>;
  readonly archiveLimits: ArchiveLimits;
  readonly now: () => Date;
}

export interface ReadingWatch {
  /** Stops the reading. */
  readonly signal: AbortSignal;
  /** Called several times a second. */
  readonly onProgress: (progress: ReadProgress) => void;
}

/**
 * May run again, or twice at once, at any time: each try writes to a place of its own, and the first one to finish
 * counts, together with its known keys.
 *
 * @returns the export, ended
 * @throws PortageError `DATA_DELETED`, `SEGMENT_MISSING`, `SEGMENT_ALTERED`, `RECORDS_MISSING` when the known keys are
 * damaged, `STORAGE_…`; `ReadingThreadFailed`; the signal's reason
 */
export async function readExport(deps: ReadExportDependencies, exportId: string, watch: ReadingWatch): Promise<Export> {
  const row = await existingExport(deps, exportId);
  const consent = await deps.consents.find(row.consentId);
  if (consent === undefined) throw new PortageError('NOT_FOUND', { detail: `consent ${row.consentId}` });
  const ended = row.endedAt === null ? await readOnce(deps, consent, row, watch) : row;
  if (isRead(ended)) await clearAway(deps, consent, ended, watch.signal);
  return existingExport(deps, exportId);
}

/**
 * Reads an ended export again whose records were not read, or not all, or are not all stored any more, and gives it a
 * new cursor. Refused where it cannot be determined any more which of them are new (docs/records.md, "Reading again").
 *
 * @returns the export, amended
 * @throws PortageError `RECORDS_NOT_AGAIN` naming the reason; as {@link readExport}
 */
export async function readExportAgain(
  deps: ReadExportDependencies,
  exportId: string,
  watch: ReadingWatch,
): Promise<Export> {
  const row = await existingExport(deps, exportId);
  const consent = await deps.consents.find(row.consentId);
  if (consent === undefined) throw new PortageError('NOT_FOUND', { detail: `consent ${row.consentId}` });
  const others = await deps.records.othersRead(row);
  const isDamaged = ((await verifyRecords(deps, row, watch.signal))?.missing ?? []).length > 0;
  const refusal = whyNotAgain(row, consent, others, isDamaged);
  if (refusal !== undefined) throw new PortageError('RECORDS_NOT_AGAIN', { detail: refusal });
  const again = { cursor: row.recordsNumber, isOnly: others.length === 0 };
  const amended = await readOnce(deps, consent, row, watch, again);
  if (isRead(amended)) await clearAway(deps, consent, amended, watch.signal);
  if (consent.endedAt !== null) {
    // No later export will be compared with it.
    await deps.records.forgetKnown(consent.id);
    await deleteStored(deps.storage, knownPrefix(consent.id), watch.signal);
  }
  return existingExport(deps, exportId);
}

/** Why the new records of an export cannot be determined any more, or nothing can be read. */
function whyNotAgain(
  row: Export,
  consent: Consent,
  others: readonly ReadExport[],
  isDamaged: boolean,
): string | undefined {
  if (row.endedAt === null) return 'it has not ended yet';
  if (row.verdict === null || row.verdict === 'corrupt') return 'its archive is not verified';
  if (row.recordsState === 'complete' && !isDamaged) return 'all of its records were read';
  if (row.partsDroppedAt !== null) return 'its parts were deleted, as its host app asked';
  // All of its records are new, also those read before.
  if (others.length === 0) return undefined;
  if (consent.endedAt !== null) return 'its consent has ended, and no known keys are left to compare its records with';
  if (isRead(row)) return 'some of its records were read, and the keys that they were compared with are not kept';
  const newer = others.find(({ requestedAt }) => requestedAt > row.requestedAt);
  // An export with a time window reports no record as gone, and each of its records is known or new. So it may be read
  // later than newer exports.
  return newer === undefined || row.startTime !== null ? undefined : `${newer.id} is newer, and was read already`;
}

async function existingExport({ exports }: ReadExportDependencies, exportId: string): Promise<Export> {
  const row = await exports.find(exportId);
  if (row === undefined) throw new PortageError('NOT_FOUND', { detail: `export ${exportId}` });
  if (row.dataDeletionAt !== null) throw new PortageError('DATA_DELETED', { detail: exportId });
  return row;
}

async function readOnce(
  deps: ReadExportDependencies,
  { keep }: Consent,
  { id: exportId, consentId, resources: names, ...row }: Export,
  { signal, onProgress }: ReadingWatch,
  again?: { readonly cursor: number | null; readonly isOnly: boolean },
): Promise<Export> {
  const { records, storage } = deps;
  const run = nameRun(again === undefined ? undefined : deps.now());
  const place = `${exportId}-${run}`;
  const known = await records.known(consentId, names);
  const resources = names.map((name): ReadResource => {
    const before = again?.isOnly === true ? undefined : known.get(name);
    return {
      ...{ name, known: knownFolder(consentId, name, place) },
      ...(before !== undefined && {
        before: {
          ...{
            choice: before.choice,
            drift: before.drift,
            objects: before.objects?.place === before.place ? before.objects.count : undefined,
          },
          folder: knownFolder(consentId, name, before.place),
        },
      }),
    };
  });
  const folder = recordsFolder(consentId, exportId, run);
  const forget = async () => {
    const written = [folder, ...resources.map((resource) => resource.known)];
    for (const each of written) await deleteStored(storage, `${each}/`, AbortSignal.timeout(30_000));
  };

  try {
    if (again !== undefined) await records.recordReadingAgain(exportId);
    const key = await deps.dataKeys.open(consentId);
    const stored = await deps.parts.list(exportId);
    const parts = await Promise.all(
      stored.map(async (part) => {
        const content = await openPart(deps, consentId, part);
        return {
          number: part.number,
          bytes: content.bytes,
          read: (start: number, end: number) => content.read(start, end),
        };
      }),
    );
    const summary = await readRecordsInThread(
      {
        ...{ consentId, exportId, resources, folder, parts, onProgress },
        ...{ store: createSealedObjects(storage, key), archiveLimits: deps.archiveLimits },
        isWindowed: row.startTime !== null,
        isVerified: row.verdict === 'complete',
        ...(keep !== null && { keep }),
      },
      signal,
    );
    const result = {
      ...{ run, state: summary.verdict, count: countOf(summary), byKind: byKindOf(summary) },
      known: names.map((resource) => {
        const seen = known.get(resource)?.place ?? null;
        return { ...knownFrom(summary, resource, place), seen };
      }),
      ...(again !== undefined && { again }),
    };
    const ended = await records.conclude(exportId, result, deps.now());
    if (ended !== undefined) return ended;
  } catch (error) {
    // Best effort: the next try removes the rest, or housekeeping once the export has ended.
    await forget().catch(() => undefined);
    await existingExport(deps, exportId);
    throw error;
  }
  // Another try was first, or the data is being deleted.
  await forget();
  return existingExport(deps, exportId);
}

/** The row of a resource's known keys from now on. `objects` is null when the summary does not state their number. */
function knownFrom({ resources, choice, drift }: Summary, resource: string, place: string) {
  const count = resources.find((each) => each.resource === resource)?.knownObjects;
  return {
    resource,
    place,
    objects: count === undefined ? null : { place, count },
    choice: comparedBy(choice, resource),
    drift: [...drift],
  };
}

function countOf(summary: Summary) {
  const problems = Object.values(summary.problemCounts).reduce((sum, count) => sum + count, 0);
  const { records: read, new: fresh, changed, gone = null, leftOut } = summary;
  return { read, new: fresh, changed, gone, leftOut, problems };
}

function byKindOf({ counts }: Summary): Record<string, KindCount> {
  const sums: Record<string, KindCount> = {};
  for (const { kind, read, new: fresh, changed } of counts) {
    const sum = sums[kind] ?? { read: 0, new: 0, changed: 0 };
    sums[kind] = { read: sum.read + read, new: sum.new + fresh, changed: sum.changed + changed };
  }
  return sums;
}

/** Removes the output of other tries, key files that are no longer compared with, and parts that are not wanted. */
async function clearAway(
  deps: ReadExportDependencies,
  consent: Consent,
  row: ReadExport,
  signal: AbortSignal,
): Promise<void> {
  const { storage, records } = deps;
  const { id: exportId, consentId, resources } = row;
  const own = `${recordsFolder(consentId, exportId, row.recordsRun)}/`;
  await deleteOthers(storage, recordsPrefix(consentId, exportId), own, signal);
  const known = await records.known(consentId, resources);
  for (const [resource, { place }] of known) {
    const current = `${knownFolder(consentId, resource, place)}/`;
    await deleteOthers(storage, knownOfResource(consentId, resource), current, signal);
  }
  if (consent.keep === null || row.partsDroppedAt !== null || !isAllInRecords(row)) return;
  await deleteStored(storage, partsPrefix(consentId, exportId), signal);
  await deps.parts.dropAll(exportId);
  await records.recordPartsDropped(exportId, deps.now());
}

/**
 * Whether the records are all that was requested: a host app that wants only some of the data is not to hold the rest
 * (docs/known-defects.md D55). Data that could not be read, or is delivered as a file, is in the parts only.
 */
function isAllInRecords({ verdict, recordsState, recordsByKind }: ReadExport): boolean {
  return verdict === 'complete' && recordsState === 'complete' && recordsByKind?.['file'] === undefined;
}

async function deleteOthers(
  storage: Pick<Storage, 'list' | 'delete'>,
  prefix: string,
  kept: string,
  signal: AbortSignal,
): Promise<void> {
  for await (const { key } of storage.list(prefix)) {
    signal.throwIfAborted();
    if (!key.startsWith(kept)) await storage.delete(key);
  }
}
