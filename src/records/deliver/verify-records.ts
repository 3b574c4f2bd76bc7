/** Whether what a reading stored of an export is still all there, and as it was stored. */
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
  /** Objects that are gone or are not what was stored; `summary` and `objects` are the summary and the list of objects. */
  readonly missing: readonly string[];
  /**
   * Whether every object was compared with a list. An export that was read before there were such lists has none: its
   * records were read and counted, and whether all marks and gone keys are there is not known.
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
 * @param folder where `readRecords` wrote
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
    const found = await unlessMissing(name, store.get(`${folder}/${name}`));
    if (found === undefined) continue;
    const isSame = found.length === bytes && createHash('sha256').update(found).digest('hex') === sha256;
    if (!isSame) missing.push(name);
  }
  return { missing, isListed: true };
}

async function readToEnd(items: AsyncIterable<unknown>, signal: AbortSignal): Promise<void> {
  const iterator = items[Symbol.asyncIterator]();
  while ((await iterator.next()).done !== true) signal.throwIfAborted();
}
