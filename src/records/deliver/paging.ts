/** Pages of a stream: lines with the positions in front of them, up to a limit, and from a position on. */
import type { ReadExport, RecordStore } from '../../database/records';
import { PortageError } from '../../domain/error-codes';
import type { Place, PlacedDelivery } from './deliver-records';
import type { Delivery, Line, NextMark } from './line';
import type { Position } from './position';

/** A part of a stream. */
export interface Page {
  /** Records and gone keys at most; by default no limit. */
  readonly limit?: number | undefined;
  /** Where an earlier page ended: its {@link NextMark}. */
  readonly after?: string | undefined;
}

/** A line, and the position in front of it where a page may end there. */
export interface Positioned<L> {
  readonly line: L;
  readonly position?: () => Position;
}

/** Ends with the position of the first record or gone key beyond the limit; marks do not count. */
export async function* limited<L extends Line>(
  items: AsyncIterable<Positioned<L>>,
  limit = Infinity,
  seal: (position: Position) => string,
): AsyncGenerator<L | NextMark> {
  let count = 0;
  for await (const { line, position } of items) {
    if (position !== undefined) {
      if (count === limit) {
        yield { next: seal(position()) };
        return;
      }
      count += 1;
    }
    yield line;
  }
}

/** @throws PortageError `RECORDS_REPLACED` when the position is not of this reading of this export */
export function placeIn(row: ReadExport, { exportId, run, place }: Position): Place {
  if (row.id === exportId && row.recordsRun === run) return place;
  throw new PortageError('RECORDS_REPLACED', { detail: exportId });
}

/**
 * Deliveries of an export with their positions.
 *
 * @throws errors of `items`; PortageError `RECORDS_REPLACED` or `DATA_DELETED` when objects are missing for that reason
 */
export async function* positioned(
  records: Pick<RecordStore, 'readSince'>,
  row: ReadExport,
  choice: string,
  items: AsyncIterable<PlacedDelivery>,
): AsyncGenerator<Positioned<Delivery>> {
  const own = { exportId: row.id, run: row.recordsRun, number: row.recordsNumber, choice };
  try {
    for await (const { line, place } of items) yield { line, position: () => ({ ...own, place }) };
  } catch (error) {
    if (!(error instanceof PortageError && error.code === 'RECORDS_MISSING')) throw error;
    // An export that is read again gets other objects and another number.
    const [now] = await records.readSince(row.consentId, row.recordsNumber - 1, 1);
    if (now?.id === row.id && now.dataDeletionAt !== null) throw new PortageError('DATA_DELETED', { detail: row.id });
    if (now?.id === row.id && now.recordsRun === row.recordsRun) throw error;
    throw new PortageError('RECORDS_REPLACED', { detail: row.id, cause: error });
  }
}
