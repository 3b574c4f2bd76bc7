// Deleted means gone: the key first, then every byte and row, and an interrupted deletion is resumed.
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';

import { createDeletionActivities } from '../../src/activities/delete-consent-data';
import { deleteConsentData, deleteExportData } from '../../src/archive/delete/delete-data';
import { deleteDue } from '../../src/archive/delete/apply-retention';
import { openPart } from '../../src/archive/store/part-reader';
import { createDataDeletionStore } from '../../src/database/data-deletion';
import { PortageError } from '../../src/domain/error-codes';
import type { Storage } from '../../src/storage/storage';
import { contentOf, openDownloadStage, type DownloadStage } from '../archive/download-stage';
import { at, later, auditOf } from '../database/databases';
import { allTests } from '../support/long';

let stage: DownloadStage;
beforeAll(async () => (stage = await openDownloadStage()));
afterAll(() => stage.stop());
beforeEach(() => stage.server.reset());

const deletion = () => createDataDeletionStore(stage.db, auditOf(stage.db));
const activitiesWith = (storage: Storage = stage.storage) => {
  const activities = createDeletionActivities({ ...stage, storage, dataDeletion: deletion(), now: () => later(5) });
  return {
    /** As a command asks for it, which stores the request first. */
    async deleteData({ consentId }: { consentId: string }): Promise<void> {
      await stage.consents.requestStop(consentId, 'deleted');
      await activities.deleteData({ consentId });
    },
    activities,
  };
};
const quiet = () => new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
const run = <T>(step: () => Promise<T>): Promise<T> => quiet().run(step);

/** An export with a stored part of twenty segments. */
async function stored(consentId?: string) {
  stage.server.object.bytes = contentOf(19_500);
  const begun = await stage.begin(consentId);
  await stage.exports.beginDownload(begun.exportId, { parts: 1, exportTime: undefined });
  const part = await stage.download(begun);
  return { ...begun, part };
}
const deps = () => ({ ...stage, dataDeletion: deletion(), now: () => later(5) });
const quietly = new AbortController().signal;
const deleteExport = (place: { consentId: string; exportId: string }) => deleteExportData(deps(), place, quietly);
const entriesOf = async (consentId: string) => auditOf(stage.db).page({ consentId, after: '', limit: 100 });
const filesOf = (id: string) => stage.files().filter((file) => file.includes(id));
const dueIds = async (...request: Parameters<ReturnType<typeof deletion>['due']>) =>
  (await deletion().due(...request)).map(({ id }) => id);
const deletedEvents = async (consentId: string) =>
  (await stage.eventsOf(consentId)).filter(({ type }) => type === 'data.deleted');

/** A storage whose n-th removal fails, as when it becomes unreachable during a deletion. */
function failingAt(removal: number): Storage {
  let removals = 0;
  return {
    ...stage.storage,
    delete(key) {
      removals += 1;
      if (removals === removal) return Promise.reject(new PortageError('STORAGE_UNAVAILABLE'));
      return stage.storage.delete(key);
    },
  };
}

/** Dies before or after a step, as a process that is killed there. */
function killedAt<T extends object>(target: T, step: keyof T, when: 'before' | 'after'): T {
  const original = target[step] as (...args: unknown[]) => Promise<unknown>;
  const dying = async (...args: unknown[]) => {
    if (when === 'after') await original(...args);
    throw new Error(`killed ${when} ${String(step)}`);
  };
  return { ...target, [step]: dying };
}

const moments = ['before', 'after'] as const;

describe('a deletion that was killed', () => {
  type Deps = ReturnType<typeof deps>;
  const deadly: Readonly<Record<string, (whole: Deps, when: 'before' | 'after', place: 'Consent' | 'Export') => Deps>> =
    {
      'it is begun': (whole, when, place) => ({
        ...whole,
        dataDeletion: killedAt(whole.dataDeletion, `begin${place}`, when),
      }),
      'the key is destroyed': (whole, when) => ({
        ...whole,
        dataKeys: killedAt(whole.dataKeys, 'destroy', when),
        exportKeys: killedAt(whole.exportKeys, 'destroy', when),
      }),
      'the rows are dropped': (whole, when) => ({ ...whole, parts: killedAt(whole.parts, 'dropAll', when) }),
      'an object is removed': (whole, when) => ({ ...whole, storage: killedAt(whole.storage, 'delete', when) }),
      'it is concluded': (whole, when, place) => ({
        ...whole,
        dataDeletion: killedAt(whole.dataDeletion, `conclude${place}`, when),
      }),
    };
  const stepsAndMoments = Object.keys(deadly).flatMap((step) => moments.map((when) => [when, step] as const));

  it.each(stepsAndMoments)('%s %s is resumed, and leaves one receipt: of a consent', async (when, step) => {
    const first = await stored();
    await stored(first.consentId);
    const { consentId } = first;
    const dying = deadly[step]?.(deps(), when, 'Consent') ?? deps();
    await expect(deleteConsentData(dying, consentId, quietly)).rejects.toThrow('killed');
    await run(() => activitiesWith().deleteData({ consentId }));

    expect(filesOf(consentId)).toEqual([]);
    await expect(stage.dataKeys.open(consentId)).rejects.toMatchObject({ code: 'DATA_DELETED' });
    const entries = await entriesOf(consentId);
    const counts = { exports: 2, parts: 2, segments: 40, bytes: 39_000 };
    expect(entries).toMatchObject([
      { action: 'deletion.begun', exportId: null, counts },
      { action: 'key.destroyed', exportId: null, counts: null },
      { action: 'data.deleted', exportId: null, counts },
    ]);
    expect(await deletedEvents(consentId)).toMatchObject([{ exportId: null, data: counts }]);
    expect(JSON.stringify(entries)).not.toContain('user-1');
  });

  /** The steps are those of a consent; the first and the last one are an export's own. */
  const ofExports = stepsAndMoments.filter(
    ([, step]) => allTests || step === 'it is begun' || step === 'it is concluded',
  );
  it.each(ofExports)('%s %s is resumed, and leaves one receipt: of an export', async (when, step) => {
    const first = await stored();
    const second = await stored(first.consentId);
    const dying = deadly[step]?.(deps(), when, 'Export') ?? deps();
    await expect(deleteExportData(dying, first, quietly)).rejects.toThrow('killed');
    if (when === 'after' || step !== 'it is begun') {
      const resumed = [];
      for await (const { exportId } of deleteDue(deps(), undefined, quietly)) resumed.push(exportId);
      expect(resumed).toEqual(step === 'it is concluded' && when === 'after' ? [] : [first.exportId]);
    } else await deleteExport(first);

    expect(filesOf(first.exportId)).toEqual([]);
    await expect(openPart(stage, first.consentId, first.part)).rejects.toMatchObject({ code: 'DATA_DELETED' });
    const counts = { exports: 1, parts: 1, segments: 20, bytes: 19_500 };
    expect(await entriesOf(first.consentId)).toMatchObject([
      { action: 'deletion.begun', exportId: first.exportId, counts },
      { action: 'key.destroyed', exportId: first.exportId },
      { action: 'data.deleted', exportId: first.exportId, counts },
    ]);
    expect((await stage.contentStored(second, second.part)).equals(stage.server.object.bytes)).toBe(true);
  });

  it('is finished by the next retention run, also for a consent, whose event counts all its exports', async () => {
    const { consentId } = await stored();
    const dying = { ...deps(), storage: killedAt(stage.storage, 'delete', 'before') };
    await expect(deleteConsentData(dying, consentId, quietly)).rejects.toThrow('killed');
    const deleted = [];
    for await (const each of deleteDue(deps(), undefined, quietly)) deleted.push(each);
    expect(deleted).toEqual([{ consentId, exportId: undefined, objects: 20 }]);
    expect(await deletedEvents(consentId)).toHaveLength(1);
  });
});

describe('deleting the data of a consent', () => {
  it('leaves no byte, no row and no key, only the receipt', async () => {
    const first = await stored();
    const second = await stored(first.consentId);
    const other = await stored();
    await run(() => activitiesWith().deleteData(first));

    expect(filesOf(first.consentId)).toEqual([]);
    for (const { exportId } of [first, second]) {
      expect(await stage.parts.listAll(exportId)).toEqual([]);
      expect(await stage.exports.find(exportId)).toMatchObject({ dataDeletionAt: later(5), dataDeletedAt: later(5) });
    }
    expect(await stage.consents.find(first.consentId)).toMatchObject({ dataDeletedAt: later(5) });
    await expect(stage.dataKeys.open(first.consentId)).rejects.toMatchObject({ code: 'DATA_DELETED' });
    await expect(openPart(stage, first.consentId, first.part)).rejects.toMatchObject({ code: 'DATA_DELETED' });
    expect(await deletedEvents(first.consentId)).toMatchObject([{ exportId: null, data: {}, createdAt: later(5) }]);
    expect((await stage.contentStored(other, other.part)).equals(stage.server.object.bytes)).toBe(true);
  });

  it('destroys the key before anything else, so that the remaining objects cannot be read', async () => {
    const { consentId, part } = await stored();
    await expect(run(() => activitiesWith(failingAt(1)).deleteData({ consentId }))).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
    });
    expect(filesOf(consentId)).not.toEqual([]);
    await expect(openPart(stage, consentId, part)).rejects.toMatchObject({ code: 'DATA_DELETED' });
    expect(await deletedEvents(consentId)).toEqual([]);
  });

  it.each([1, 7, 20])('is resumed when it was interrupted at removal %i, and recorded once', async (removal) => {
    const { consentId, exportId } = await stored();
    await expect(run(() => activitiesWith(failingAt(removal)).deleteData({ consentId }))).rejects.toThrow();
    expect(await deletion().unfinished(100)).toContain(consentId);
    await run(() => activitiesWith().deleteData({ consentId }));
    await run(() => activitiesWith().deleteData({ consentId }));
    expect(filesOf(consentId)).toEqual([]);
    expect(await deletedEvents(consentId)).toHaveLength(1);
    expect(await deletion().unfinished(100)).not.toContain(consentId);
    expect(await dueIds(undefined, later(6), 100)).not.toContain(exportId);
  });

  it('stops when it is cancelled, and is resumed as well', async () => {
    const { consentId } = await stored();
    const environment = quiet();
    environment.cancel();
    await expect(environment.run(() => activitiesWith().deleteData({ consentId }))).rejects.toThrow();
    await run(() => activitiesWith().deleteData({ consentId }));
    expect(filesOf(consentId)).toEqual([]);
  });

  it('ends a running download, and deletes its late objects', async () => {
    stage.server.object.bytes = contentOf(19_500);
    const begun = await stage.begin();
    let deleted: Promise<void> | undefined;
    stage.server.answerInstead(undefined, undefined, undefined, (request, response) => {
      deleted ??= run(() => activitiesWith().deleteData(begun));
      void deleted.then(() => {
        response.writeHead(403);
        response.end(request.url);
      });
    });
    await expect(stage.download(begun)).rejects.toMatchObject({ code: 'PART_REPLACED' });
    await expect(stage.download(begun)).rejects.toMatchObject({ code: 'DATA_DELETED' });
    expect(await stage.parts.listAll(begun.exportId)).toEqual([]);
  });
});

describe('deleting the data of one export', () => {
  it('leaves the other exports of the consent readable', async () => {
    const first = await stored();
    const second = await stored(first.consentId);
    await deleteExport(first);
    await deleteExport(first);
    expect(filesOf(first.exportId)).toEqual([]);
    expect(await stage.parts.listAll(first.exportId)).toEqual([]);
    await expect(openPart(stage, first.consentId, first.part)).rejects.toMatchObject({ code: 'DATA_DELETED' });
    expect((await stage.contentStored(second, second.part)).equals(stage.server.object.bytes)).toBe(true);
    expect(await deletedEvents(first.consentId)).toMatchObject([
      { exportId: first.exportId, data: { resource: 'chrome.history' } },
    ]);
  });

  it('records no event where there was no data', async () => {
    const { consentId, exportId } = await stage.begin();
    await stage.exports.end(exportId, { state: 'failed', errorCode: 'START_OVERDUE' }, later(1));
    await deleteExport({ consentId, exportId });
    expect(await stage.exports.find(exportId)).toMatchObject({ dataDeletedAt: later(5) });
    expect(await deletedEvents(consentId)).toEqual([]);
  });
});

describe('exports that are due for deletion', () => {
  const week = 7 * 24 * 3_600_000;
  const after = (days: number) => new Date(at.getTime() + days * 24 * 3_600_000);

  it('are those that ended long enough ago, once, and none when all is kept', async () => {
    const { consentId, exportId } = await stored();
    await stage.exports.end(exportId, { state: 'ready', verdict: 'complete' }, at);
    const open = await stored(consentId);
    expect(await dueIds(undefined, after(999), 100)).not.toContain(exportId);
    expect(await dueIds({ afterMs: week, from: 'end' }, after(6.9), 100)).not.toContain(exportId);
    const due = await dueIds({ afterMs: week, from: 'end' }, after(7), 100);
    expect(due).toContain(exportId);
    expect(due).not.toContain(open.exportId);
    await deleteExport({ consentId, exportId });
    expect(await dueIds({ afterMs: week, from: 'end' }, after(7), 100)).not.toContain(exportId);
  });

  it('returns when the next one is due, so that no earlier check is needed', async () => {
    const retention = { afterMs: week, from: 'end' } as const;
    while ((await deleteDue({ ...deps(), now: () => after(999) }, retention, quietly).next()).done !== true);
    expect(await deletion().nextDueAt(retention)).toBeUndefined();
    const first = await stored();
    const second = await stored(first.consentId);
    expect(await deletion().nextDueAt(retention)).toBeUndefined();
    await stage.exports.end(second.exportId, { state: 'ready', verdict: 'complete' }, after(1));
    await stage.exports.end(first.exportId, { state: 'ready', verdict: 'complete' }, after(2));
    expect(await deletion().nextDueAt(retention)).toEqual(after(8));
    expect(await deletion().nextDueAt({ ...retention, from: 'delivery' })).toBeUndefined();
    await deletion().confirmDelivery(first.exportId, after(4));
    expect(await deletion().nextDueAt({ ...retention, from: 'delivery' })).toEqual(after(11));
    await deleteExport(second);
    expect(await deletion().nextDueAt(retention)).toEqual(after(9));
    await run(() => activitiesWith().deleteData(first));
    expect(await deletion().nextDueAt(retention)).toBeUndefined();
  });

  it('are counted from the confirmed delivery where that is set; unconfirmed exports are kept', async () => {
    const { consentId, exportId } = await stored();
    await stage.exports.end(exportId, { state: 'ready', verdict: 'complete' }, at);
    const retention = { afterMs: week, from: 'delivery' } as const;
    expect(await dueIds(retention, after(999), 100)).not.toContain(exportId);
    await deletion().confirmDelivery(exportId, after(3));
    await deletion().confirmDelivery(exportId, after(8));
    expect(await dueIds(retention, after(9.9), 100)).not.toContain(exportId);
    expect(await dueIds(retention, after(10), 100)).toContain(exportId);
    await run(() => activitiesWith().deleteData({ consentId }));
  });
});

it('deletes only what was requested', async () => {
  const { consentId, exportId } = await stored();
  const before = filesOf(exportId).length;
  const deletion = run(() => activitiesWith().activities.deleteData({ consentId }));
  await expect(deletion).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  expect(filesOf(exportId)).toHaveLength(before);
  expect(await stage.consents.find(consentId)).toMatchObject({ dataDeletionAt: null });
});
