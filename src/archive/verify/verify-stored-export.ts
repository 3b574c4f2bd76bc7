/** Verifies an export from storage, for the step that ends it and for operators who ask again at any time. */
import type { PartStore, StoredPart } from '../../database/parts';
import type { ArchiveLimits } from '../../domain/archive-limits';
import { PortageError } from '../../domain/error-codes';
import type { Finding } from '../../domain/verdict';
import { createFindingList } from './findings';
import { openPart, type PartReader, type PartReaderDependencies, type SegmentFault } from '../store/part-reader';
import { verifyArchive, type VerifyRequest, type VerifyResult } from './verify-archive';

export interface VerifierDependencies extends PartReaderDependencies {
  readonly parts: Pick<PartStore, 'list' | 'listSegments'>;
  readonly archiveLimits: ArchiveLimits;
}

export interface StoredExport {
  readonly id: string;
  readonly consentId: string;
  /** How many parts Google gave; null before that is known. */
  readonly partsTotal: number | null;
}

/**
 * @param known the stored parts, where the caller has just looked
 * @returns what {@link verifyArchive} found, with the parts it was found in
 * @throws PortageError `SEGMENT_MISSING` or `SEGMENT_ALTERED` at the first one, `DATA_DELETED`, `STORAGE_…`
 */
export async function verifyStoredExport(
  deps: VerifierDependencies,
  { id, consentId, partsTotal }: StoredExport,
  watch: Pick<VerifyRequest, 'signal' | 'onProgress'>,
  known?: readonly StoredPart[],
): Promise<VerifyResult & { parts: readonly StoredPart[] }> {
  const parts = known ?? (await deps.parts.list(id));
  // Only the last opened part is kept, because it may be asked for twice in a row; each further one would cost memory.
  let last: { readonly part: StoredPart; readonly reader: PartReader } | undefined;
  const open = async (part: StoredPart): Promise<PartReader> => {
    if (last?.part !== part) last = { part, reader: await openPart(deps, consentId, part) };
    return last.reader;
  };
  const result = await verifyArchive({
    ...watch,
    limits: deps.archiveLimits,
    parts: parts.map((part) => ({ ...part, open: () => open(part) })),
    partsTotal: partsTotal ?? undefined,
  });
  return { ...result, parts };
}

/** Whether {@link verifyStoredExport} stopped at a segment that is missing from the storage or was changed there. */
export function isDamage(error: unknown): boolean {
  return error instanceof PortageError && (error.code === 'SEGMENT_MISSING' || error.code === 'SEGMENT_ALTERED');
}

/** Every segment that is missing from the storage or was changed there, by part. */
export async function findFaults(
  deps: VerifierDependencies,
  { id, consentId }: StoredExport,
  signal: AbortSignal,
): Promise<{ part: StoredPart; faults: SegmentFault[] }[]> {
  const damaged = [];
  for (const part of await deps.parts.list(id)) {
    const faults = await (await openPart(deps, consentId, part)).check(signal);
    if (faults.length > 0) damaged.push({ part, faults });
  }
  return damaged;
}

/** The same as findings of a verification. */
export async function findDamage(
  deps: VerifierDependencies,
  stored: StoredExport,
  signal: AbortSignal,
): Promise<Finding[]> {
  const list = createFindingList();
  for (const { part, faults } of await findFaults(deps, stored, signal)) {
    for (const { segment, code } of faults) {
      const kind = code === 'SEGMENT_MISSING' ? 'segment_missing' : 'segment_altered';
      list.add({ kind, part: part.number, segment });
    }
  }
  return list.all();
}
