/** The records of a consent as its host app and its operator take them over: export after export, from a cursor on. */
import type { DataKeys } from '../../database/data-keys';
import type { Export } from '../../database/exports';
import { isRead, type ReadExport, type RecordStore } from '../../database/records';
import { PortageError } from '../../domain/errors';
import type { Storage } from '../../storage/storage';
import { addCounts, allOf, changesOf, type Delivery } from './deliver-records';
import { recordsFolder } from '../store/places';
import { createSealedObjects } from '../store/sealed-objects';
import type { Wanted } from './stored-records';
import type { ObjectStore } from '../store/stored-bytes';
import { readSummary, type DayCount, type Summary } from './summary';

export interface StoredExportsDependencies {
  readonly records: Pick<RecordStore, 'readSince'>;
  readonly dataKeys: Pick<DataKeys, 'open'>;
  readonly storage: Pick<Storage, 'put' | 'get' | 'list' | 'delete'>;
}

/** Stands behind the last record of an export: whoever keeps the cursor goes on there. */
export interface CursorMark {
  readonly cursor: number;
  readonly exportId: string;
  /** The data of this export were deleted, so it delivers nothing. */
  readonly deleted?: true;
}

/** Exports looked up at once: the next ones may be read while these are delivered. */
const exportsPerPage = 50;

export type StoredExports = ReturnType<typeof createStoredExports>;

export function createStoredExports({ records, dataKeys, storage }: StoredExportsDependencies) {
  /** The store of a consent's records. @throws PortageError `DATA_DELETED` */
  const storeOf = async (consentId: string): Promise<ObjectStore> =>
    createSealedObjects(storage, await dataKeys.open(consentId));

  const folderOf = (row: ReadExport) => recordsFolder(row.consentId, row.id, row.recordsRun);

  const readOnly = (row: Export): ReadExport => {
    if (row.dataDeletionAt !== null) throw new PortageError('DATA_DELETED', { detail: row.id });
    if (!isRead(row)) throw new PortageError('NOT_READY', { detail: `the records of ${row.id} were not read` });
    return row;
  };

  async function* exportsSince(consentId: string, since: number): AsyncGenerator<ReadExport> {
    for (let cursor = since; ;) {
      const page = await records.readSince(consentId, cursor, exportsPerPage);
      yield* page;
      const last = page.at(-1);
      if (last === undefined || page.length < exportsPerPage) return;
      cursor = last.recordsNumber;
    }
  }

  return {
    /**
     * What each export brought, and what went with it, in the order in which they were read. From cursor 0 on, every
     * record comes once.
     *
     * @param since the cursor that was kept; 0 for everything
     * @throws PortageError `DATA_DELETED` when the consent's data were, `RECORDS_MISSING`, `STORAGE_…`
     */
    async *changes(consentId: string, since: number, wanted: Wanted = {}): AsyncGenerator<Delivery | CursorMark> {
      for await (const row of exportsSince(consentId, since)) {
        const mark = { cursor: row.recordsNumber, exportId: row.id };
        if (row.dataDeletionAt !== null) yield { ...mark, deleted: true };
        else {
          const store = await storeOf(consentId);
          yield* changesOf(store, [{ exportId: row.id, folder: folderOf(row) }], wanted);
          yield mark;
        }
      }
    },

    /**
     * All records of one export, with what each one was when it was read.
     *
     * @throws PortageError `NOT_READY` before its records were read, and as {@link changes}
     */
    async *recordsOf(row: Export, wanted: Wanted = {}): AsyncGenerator<Delivery> {
      const read = readOnly(row);
      yield* allOf(await storeOf(row.consentId), folderOf(read), wanted);
    },

    /** Counts by kind and day, problems with their places, notices. @throws as {@link recordsOf} */
    async summaryOf(row: Export): Promise<Summary> {
      const read = readOnly(row);
      return readSummary(await storeOf(row.consentId), folderOf(read));
    },

    /**
     * Records by kind and day of all exports after a cursor, without reading one; exports whose data were deleted do not
     * count.
     */
    async counts(consentId: string, since: number): Promise<{ cursor: number; counts: DayCount[] }> {
      const sums = new Map<string, DayCount>();
      let cursor = since;
      for await (const row of exportsSince(consentId, since)) {
        cursor = row.recordsNumber;
        if (row.dataDeletionAt !== null) continue;
        addCounts(sums, (await readSummary(await storeOf(consentId), folderOf(row))).counts);
      }
      return { cursor, counts: [...sums.values()] };
    },
  };
}
