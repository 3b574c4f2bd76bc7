/** Verifies an export from storage, for the step that ends it and for operators who ask again at any time. */
import type { PartStore, StoredPart } from '../database/parts';
import type { ArchiveLimits } from '../domain/archive-limits';
import type { Finding } from '../domain/verdict';
import { createFindingList } from './findings';
import { openPart, type PartReaderDependencies } from './part-reader';
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
 * @returns what {@link verifyArchive} found, with the parts it was found in
 * @throws PortageError `SEGMENT_MISSING` or `SEGMENT_ALTERED` at the first one, `DATA_DELETED`, `STORAGE_…`
 */
export async function verifyExport(
  deps: VerifierDependencies,
  { id, consentId, partsTotal }: StoredExport,
  watch: Pick<VerifyRequest, 'signal' | 'onProgress'>,
): Promise<VerifyResult & { parts: StoredPart[] }> {
  const parts = await deps.parts.list(id);
  const result = await verifyArchive({
    ...watch,
    limits: deps.archiveLimits,
    parts: parts.map((part) => ({ ...part, open: () => openPart(deps, consentId, part) })),
    partsTotal: partsTotal ?? undefined,
  });
  return { ...result, parts };
}

/** Every segment that is missing from the storage or was changed there; what {@link verifyExport} stops at. */
export async function findDamage(
  deps: VerifierDependencies,
  { id, consentId }: StoredExport,
  signal: AbortSignal,
): Promise<Finding[]> {
  const list = createFindingList();
  for (const part of await deps.parts.list(id)) {
    const reader = await openPart(deps, consentId, part);
    for (const { segment, code } of await reader.check(signal)) {
      const kind = code === 'SEGMENT_MISSING' ? 'segment_missing' : 'segment_altered';
      list.add({ kind, part: part.number, segment });
    }
  }
  return list.all();
}
