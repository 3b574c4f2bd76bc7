/** Downloads one part into segments, and resumes an earlier try with the segments that are not stored yet. */
import { isStored, type KnownPart, type Part, type StoredPart } from '../../database/parts';
import { PortageError } from '../../domain/error-codes';
import type { DownloadSettings } from '../../domain/policy';
import { ContentChanged } from './content-changed';
import { base64OfCrc32c } from '../store/crc32c-combine';
import type { DownloadProgress } from './download-progress';
import type { Egress } from '../../network/egress';
import { fetchRanges } from './fetch-ranges';
import { fetchStream } from './fetch-stream';
import type { FreshLinks } from './fresh-links';
import { refuseOther, refusePage } from './object-answer';
import { createOpenObject, type OpenedObject, type OpenObject } from './open-object';
import type { Borrower, DownloadMemory } from './download-memory';
import { createSegmentWriter, type SegmentWriterDependencies } from '../store/segment-writer';
import type { Turn } from './download-turns';

export interface DownloadDependencies extends SegmentWriterDependencies {
  readonly egress: Egress;
  readonly memory: DownloadMemory;
}

export interface DownloadRequest extends Pick<DownloadSettings, 'segmentBytes' | 'concurrency'> {
  readonly borrower: Borrower;
  readonly turn: Turn;
  /** The consent's data key, 32 bytes. */
  readonly key: Buffer;
  readonly part: Part;
  readonly links: FreshLinks;
  readonly progress: DownloadProgress;
  readonly signal: AbortSignal;
}

/** How often the object may be replaced at Google within one try, before the try fails. */
const maxChanges = 2;

/**
 * Stored segments stay after every failure; an object that was replaced is downloaded from the beginning. A page is
 * never stored (docs/known-defects.md D4), an interruption is never treated as the end (D46), and no link is kept after
 * the try (D43).
 *
 * @throws PortageError `LINK_DEAD`, `LINK_NOT_ALLOWED`, `PART_NOT_ARCHIVE`, `PART_TRUNCATED`, `PART_ALTERED`,
 * `PART_REPLACED`, `GOOGLE_UNAVAILABLE`, `GOOGLE_UNEXPECTED` (all worth another try with fresh links), `STORAGE_…`; the
 * signal's reason; `TurnOver`
 */
export async function downloadPart(deps: DownloadDependencies, request: DownloadRequest): Promise<StoredPart> {
  let { part } = request;
  for (let changes = 0; ; changes += 1) {
    try {
      return await fetchContent(deps, request, part);
    } catch (error) {
      if (!(error instanceof ContentChanged)) throw error;
      part =
        error.facts === undefined
          ? await deps.parts.restart(part)
          : await deps.parts.describe(part, error.facts, request.segmentBytes);
      if (changes === maxChanges) {
        throw new PortageError('PART_REPLACED', { detail: `part ${part.number}`, cause: error });
      }
    }
  }
}

/** Fetches the missing segments of one content. @throws ContentChanged when the server has another one */
async function fetchContent(deps: DownloadDependencies, request: DownloadRequest, before: Part): Promise<StoredPart> {
  const { parts } = deps;
  const { key, progress, borrower, turn, signal, concurrency } = request;
  const { fetching: memory, sealing } = deps.memory;
  const writerOf = (part: KnownPart) => createSegmentWriter(deps, { key, part, progress, memory: sealing, borrower });

  const known = isKnown(before) ? before : undefined;
  const rows = known === undefined ? [] : await parts.segmentsStored(known);
  const stored = new Set(rows.map(({ number }) => number));
  const report = (part: KnownPart) =>
    progress.part(part, { bytes: rows.reduce((sum, { bytes }) => sum + bytes, 0), segments: stored.size });
  if (known !== undefined) report(known);

  // The first answer shows which object it is and whether the server supports ranges.
  let range = { start: 0, end: request.segmentBytes };
  if (known?.bytes != null) {
    if (isStored(known)) return known;
    const { value: first } = missingOf(known, stored).next();
    if (first === undefined) return writerOf(known).complete(known.bytes);
    const start = first * known.segmentBytes;
    range = { start, end: Math.min(known.bytes, start + known.segmentBytes) };
  }
  const open = createOpenObject({ ...deps, ...request }, before.objectHash, before.etag);
  const opened = await openWhole(open, range);
  const { answer, object } = opened;
  try {
    if (known !== undefined) await refuseOther(answer, object, known);
    if (object.kind === 'beyond') throw new ContentChanged(undefined);
    if (object.kind === 'whole') await refusePage(answer);
    const { facts } = object;
    // Without a stated length, the segments of an earlier try cannot be matched to this object.
    if (facts.bytes === null && stored.size > 0) throw new ContentChanged(undefined);
    // Only Cloud Storage's checksum distinguishes an empty object from a connection that broke before the first byte.
    if (facts.bytes === 0 && facts.statedCrc32c !== base64OfCrc32c(0)) throw nothingCame();
    const part = await parts.describe(before, facts, request.segmentBytes);
    report(part);
    const writer = writerOf(part);
    if (object.kind === 'whole' || facts.bytes === null) {
      const bytes = await fetchStream({ part, answer, stored, writer, memory, borrower, signal });
      if (bytes === 0 && facts.bytes === null) throw nothingCame();
      return await writer.complete(bytes);
    }
    const measured = { ...part, bytes: facts.bytes };
    const missing = missingOf(measured, stored);
    const order = { part: measured, missing, opened, open, writer, concurrency };
    await fetchRanges({ ...order, memory, borrower, turn, signal });
    return await writer.complete(facts.bytes);
  } finally {
    answer.discard();
  }
}

/** Requests a range, or the whole object when a range cannot show its length, as with an empty object. */
async function openWhole(open: OpenObject, range: { start: number; end: number }): Promise<OpenedObject> {
  const opened = await open(range);
  const { kind } = opened.object;
  const isLengthKnown = kind === 'range' ? opened.object.facts.bytes !== null : kind === 'whole' || range.start > 0;
  if (isLengthKnown) return opened;
  opened.answer.discard();
  return open(undefined);
}

const nothingCame = () => new PortageError('PART_TRUNCATED', { detail: 'no bytes arrived' });

function isKnown(part: Part): part is KnownPart {
  return part.version !== null && part.segmentBytes !== null;
}

/** The numbers of the segments that are not stored yet, in order. */
function* missingOf(
  { bytes, segmentBytes }: { bytes: number | null; segmentBytes: number },
  stored: ReadonlySet<number>,
): Generator<number, undefined> {
  const count = Math.ceil((bytes ?? 0) / segmentBytes);
  for (let number = 0; number < count; number += 1) if (!stored.has(number)) yield number;
}
