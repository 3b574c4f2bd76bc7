/** Checks that everything that a reading stored of an export still exists unchanged. */
import { createHash } from 'node:crypto';

import type { DataKeys } from '../../database/data-keys';
import type { Export } from '../../database/exports';
import { isRead } from '../../database/records';
import { PortageError } from '../../domain/error-codes';
import type { Storage } from '../../storage/storage';
import { readIndex } from '../store/object-index';
import { recordsFolder } from '../store/object-keys';
import { createSealedObjects } from '../store/sealed-objects';
import type { ObjectStore } from '../store/stored-bytes';
import { goneOf, recordsOf } from './stored-records';
import { readSummary } from './summary';

export interface VerifyRecordsDependencies {
  readonly dataKeys: Pick<DataKeys, 'open'>;
  readonly storage: Pick<Storage, 'put' | 'get' | 'list' | 'delete'>;
}

export interface RecordsCheck {
  /**
   * Objects that are missing or differ from the stored ones; `summary` and `objects` are the summary and the list of
   * objects.
   */
  readonly missing: readonly string[];
  /**
   * Whether every object was compared with a list. An export read before such lists existed has none: its records were
   * read and counted, and it is not known whether all marks and gone keys exist.
   */
  readonly isListed: boolean;
}

/**
 * Reads every stored object of an export's records.
 *
 * @returns undefined when the records were not read
 * @throws PortageError `DATA_DELETED`, `STORAGE_…`; the signal's reason
 */
export async function verifyRecords(
  { dataKeys, storage }: VerifyRecordsDependencies,
  row: Export,
  signal: AbortSignal,
): Promise<RecordsCheck | undefined> {
  if (!isRead(row)) return undefined;
  const store = createSealedObjects(storage, await dataKeys.open(row.consentId));
  return checkObjects(store, recordsFolder(row.consentId, row.id, row.recordsRun), signal);
}

/**
 * @param folder the one to which `readRecords` wrote
 * @throws the signal's reason; what the store throws, but for `RECORDS_MISSING`
 */
export async function checkObjects(store: ObjectStore, folder: string, signal: AbortSignal): Promise<RecordsCheck> {
  const missing: string[] = [];
  const unlessMissing = async <T>(name: string, work: Promise<T>): Promise<T | undefined> => {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof PortageError && error.code === 'RECORDS_MISSING')) throw error;
      missing.push(name);
      return undefined;
    }
  };
  const summary = await unlessMissing('summary', readSummary(store, folder));
  if (summary?.version === 1) {
    await unlessMissing('lines', readToEnd(recordsOf(store, folder), signal));
    await unlessMissing('gone', readToEnd(goneOf(store, folder), signal));
    return { missing, isListed: false };
  }
  const objects = (await unlessMissing('objects', readIndex(store, folder))) ?? [];
  for (const { name, bytes, sha256 } of objects) {
    signal.throwIfAborted();
    const object = await unlessMissing(name, store.get(`${folder}/${name}`));
    if (object === undefined) continue;
    const isSame = object.length === bytes && createHash('sha256').update(object).digest('hex') === sha256;
    if (!isSame) missing.push(name);
  }
  return { missing, isListed: true };
}

async function readToEnd(items: AsyncIterable<unknown>, signal: AbortSignal): Promise<void> {
  const iterator = items[Symbol.asyncIterator]();
  while ((await iterator.next()).done !== true) signal.throwIfAborted();
}
