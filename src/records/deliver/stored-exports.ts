/** The records of a consent as its host app and its operator take them over: export after export, from a cursor on. */
import type { DataKeys } from '../../database/data-keys';
import type { Export } from '../../database/exports';
import { isRead, type ReadExport, type RecordStore } from '../../database/records';
import { PortageError } from '../../domain/error-codes';
import type { Storage } from '../../storage/storage';
import { addCounts, changesOfOne, recordsOfOne } from './deliver-records';
import type { CursorMark, Delivery, NextMark } from './line';
import { limited, placeIn, positioned, type Page, type Positioned } from './paging';
import { choiceOf, openPosition, sealPosition, type Position } from './position';
import { recordsFolder } from '../store/object-keys';
import { createSealedObjects } from '../store/sealed-objects';
import type { Wanted } from './stored-records';
import type { ObjectStore } from '../store/stored-bytes';
import { readSummary, type DayCount, type Summary } from './summary';

export interface StoredExportsDependencies {
  readonly records: Pick<RecordStore, 'readSince'>;
  readonly dataKeys: Pick<DataKeys, 'open'>;
  readonly storage: Pick<Storage, 'put' | 'get' | 'list' | 'delete'>;
}

/** Exports looked up at once: the next ones may be read while these are delivered. */
const exportsPerPage = 50;

/**
 * @returns the key that seals positions; null before the consent's first export made it, when there are no records yet
 * @throws PortageError `POSITION_INVALID` for a position that Portage cannot have issued, and as `DataKeys.open`
 */
async function positionKey(dataKeys: Pick<DataKeys, 'open'>, consentId: string, after: string | undefined) {
  try {
    return await dataKeys.open(consentId);
  } catch (error) {
    if (!(error instanceof PortageError) || error.code !== 'DATA_KEY_MISSING') throw error;
    if (after === undefined) return null;
    throw new PortageError('POSITION_INVALID', { detail: `${consentId} has no records yet`, cause: error });
  }
}

export type StoredExports = ReturnType<typeof createStoredExports>;

export function createStoredExports({ records, dataKeys, storage }: StoredExportsDependencies) {
  /** The store of a consent's records. @throws PortageError `DATA_DELETED` */
  const storeOf = async (consentId: string): Promise<ObjectStore> =>
    createSealedObjects(storage, await dataKeys.open(consentId));

  const folderOf = (row: ReadExport) => recordsFolder(row.consentId, row.id, row.recordsRun);

  async function* allChanges(
    consentId: string,
    since: number,
    wanted: Wanted,
    from: Position | undefined,
  ): AsyncGenerator<Positioned<Delivery | CursorMark>> {
    const choice = choiceOf(since, wanted);
    let start = from;
    for await (const row of exportsSince(records, consentId, from === undefined ? since : from.number - 1)) {
      const mark = { cursor: row.recordsNumber, exportId: row.id };
      const place = start === undefined ? undefined : placeIn(row, start);
      start = undefined;
      if (row.dataDeletionAt !== null) yield { line: { ...mark, deleted: true } };
      else {
        const store = await storeOf(consentId);
        yield* positioned(
          records,
          row,
          choice,
          changesOfOne(store, { exportId: row.id, folder: folderOf(row) }, wanted, place),
        );
        yield { line: mark };
      }
    }
    if (start !== undefined) throw new PortageError('RECORDS_REPLACED', { detail: start.exportId });
  }

  return {
    /**
     * The changes of each export, in the order in which the exports were read. From cursor 0 on, every record comes
     * once.
     *
     * @param since the stored cursor; 0 for everything
     * @throws PortageError `DATA_DELETED` when the consent's data were, `RECORDS_MISSING`, `STORAGE_…`;
     *   `POSITION_INVALID`, `RECORDS_REPLACED`
     */
    async *changes(
      consentId: string,
      since: number,
      wanted: Wanted = {},
      { limit, after }: Page = {},
    ): AsyncGenerator<Delivery | CursorMark | NextMark> {
      // Only pages need the key, to seal their position. An export whose data was deleted gives one line with its
      // cursor, which needs no key.
      const key =
        limit === undefined && after === undefined ? undefined : await positionKey(dataKeys, consentId, after);
      if (key === null) return;
      const from =
        key === undefined || after === undefined
          ? undefined
          : openPosition(key, consentId, choiceOf(since, wanted), after);
      const items = allChanges(consentId, since, wanted, from);
      yield* key === undefined
        ? linesOf(items)
        : limited(items, limit, (position) => sealPosition(key, consentId, position));
    },

    /**
     * All records of one export, each with its state when it was read.
     *
     * @throws PortageError `NOT_READY` before its records were read, and as {@link changes}
     */
    async *recordsOf(
      row: Export,
      wanted: Wanted = {},
      { limit, after }: Page = {},
    ): AsyncGenerator<Delivery | NextMark> {
      const read = readOnly(row);
      const dataKey = await dataKeys.open(row.consentId);
      const choice = choiceOf(undefined, wanted);
      const from = after === undefined ? undefined : openPosition(dataKey, row.id, choice, after);
      const place = from === undefined ? undefined : placeIn(read, from);
      const items = recordsOfOne(createSealedObjects(storage, dataKey), folderOf(read), wanted, place);
      yield* limited(positioned(records, read, choice, items), limit, (position) =>
        sealPosition(dataKey, row.id, position),
      );
    },

    /** Counts by kind and day, problems with their places, notices. @throws as {@link recordsOf} */
    async summaryOf(row: Export): Promise<Summary> {
      const read = readOnly(row);
      return readSummary(await storeOf(row.consentId), folderOf(read));
    },

    /**
     * Counts the records by kind and day of all exports after a cursor, without reading a record; exports whose data
     * were deleted do not count.
     */
    async counts(consentId: string, since: number): Promise<{ cursor: number; counts: DayCount[] }> {
      const sums = new Map<string, DayCount>();
      let cursor = since;
      for await (const row of exportsSince(records, consentId, since)) {
        cursor = row.recordsNumber;
        if (row.dataDeletionAt !== null) continue;
        addCounts(sums, (await readSummary(await storeOf(consentId), folderOf(row))).counts);
      }
      return { cursor, counts: [...sums.values()] };
    },
  };
}

function readOnly(row: Export): ReadExport {
  if (row.dataDeletionAt !== null) throw new PortageError('DATA_DELETED', { detail: row.id });
  if (!isRead(row)) throw new PortageError('NOT_READY', { detail: `the records of ${row.id} were not read` });
  return row;
}

async function* linesOf<L>(items: AsyncIterable<Positioned<L>>): AsyncGenerator<L> {
  for await (const { line } of items) yield line;
}

/** The exports of a consent whose records were read after a cursor, in that order. */
async function* exportsSince(
  records: Pick<RecordStore, 'readSince'>,
  consentId: string,
  since: number,
): AsyncGenerator<ReadExport> {
  for (let cursor = since; ;) {
    const page = await records.readSince(consentId, cursor, exportsPerPage);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < exportsPerPage) return;
    cursor = last.recordsNumber;
  }
}
