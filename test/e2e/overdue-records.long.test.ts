/** Exports that ended before their records were read are read again by the housekeeping, without an operator. */
import { PortageError } from '../../src/domain/error-codes';
import { againStartedAt } from '../../src/records/store/object-keys';
import { housekeepingId, overdueRecordsId } from '../../src/workflows/ids';
import { zipOf } from '../archive/zip';
import { quickHousekeeping, startTestPortage, type TestPortage } from '../support/portage';
import { until } from '../support/program';
import { recordHistory, recording } from '../support/record-history';
import { storeExport, type ExportToStore } from '../support/stored-export';

const path = 'Portability/My Activity/Search/MyActivity.json';
const entry = (what: number) => ({
  header: 'Search',
  title: `Searched for ${what}`,
  time: new Date(Date.parse('2026-01-01T00:00:00Z') + what * 3_600_000).toISOString(),
  products: ['Search'],
});

describe('overdue records', () => {
  let running: TestPortage;
  let isAway = false;
  beforeAll(async () => {
    running = await startTestPortage({
      // An export of which nothing can be read for so long ends without its records.
      // Its events have the fixed time of all rows that tests store, and are to stay.
      environment: { ...quickHousekeeping, EXPORT_EVERY: '1s', EVENT_RETENTION: '3650 days' },
      dependencies: (own) => ({
        ...own,
        records: {
          ...own.records,
          known: (...asked) =>
            isAway ? Promise.reject(new PortageError('STORAGE_UNAVAILABLE')) : own.records.known(...asked),
        },
      }),
    });
  });
  afterAll(async () => {
    await running.stop();
  });

  /** An export as the workflow leaves it whose reading came too late. */
  const storeOverdue = async (entries: number, request: Omit<ExportToStore, 'parts'> = {}, isDamaged = false) => {
    const { portage } = running;
    const content = JSON.stringify(Array.from({ length: entries }, (_, what) => entry(what)));
    const stored = await storeExport(portage, { ...request, parts: [await zipOf([{ name: path, content }])] });
    await portage.exports.recordVerdict(stored.exportId, { verdict: 'complete', findings: [], files: 1 });
    if (isDamaged) await portage.storage.delete(stored.segmentKeys(1)[0] ?? '');
    await portage.records.fail(stored.exportId, 'RECORDS_OVERDUE', portage.now());
    return stored;
  };
  const rowOf = async (exportId: string) =>
    (await running.portage.exports.find(exportId)) ?? Promise.reject(new Error(`there is no export ${exportId}`));

  /** One that finds nothing: the id of the workflow that it would start is made of the task queue, which replay has none of. */
  const recordQuietRound = async (taskQueue: string) => {
    const since = new Date();
    const schedule = running.temporal.schedule.getHandle(housekeepingId(taskQueue));
    const round = await until('a round', async () =>
      (await schedule.describe()).info.recentActions.find(({ takenAt }) => takenAt > since),
    );
    const { workflowId } = round.action.workflow;
    await running.temporal.workflow.getHandle(workflowId).result();
    await recordHistory(running.temporal, workflowId, 'housekeeping-round');
  };

  it('are read, those of one consent in their order, and an event is recorded', async () => {
    const { portage } = running;
    const first = await storeOverdue(20);
    const second = await storeOverdue(30, { after: first, cycle: 2 });
    const other = await storeOverdue(5);
    await until('all of them are read', async () => {
      const rows = await Promise.all([first, second, other].map(({ exportId }) => rowOf(exportId)));
      return rows.every(({ recordsState }) => recordsState === 'complete');
    });
    const rows = await Promise.all([first, second, other].map(({ exportId }) => rowOf(exportId)));
    expect(rows.map(({ state, recordsErrorCode }) => [state, recordsErrorCode])).toEqual(
      Array(3).fill(['ready', null]),
    );
    expect(rows.map(({ recordsNumber }) => recordsNumber)).toEqual([1, 2, 1]);
    // Named by their start, so that their objects are not taken for those of an interrupted try.
    expect(rows.every(({ recordsRun }) => againStartedAt(recordsRun ?? '') !== undefined)).toBe(true);
    expect(rows.map(({ recordsCount }) => recordsCount?.new)).toEqual([20, 10, 5]);
    const events = (await portage.consents.listEvents(other.consentId)).map(({ type }) => type);
    expect(events).toEqual(['consent.connected', 'export.partial', 'export.ready', 'records.available']);

    const { taskQueue } = running.config.temporal;
    const reading = running.temporal.workflow.getHandle(overdueRecordsId(taskQueue));
    await reading.result();
    await recordHistory(running.temporal, reading.workflowId, 'overdue-records');
    if (recording) await recordQuietRound(taskQueue);
  });

  it('of an export whose reading ran out of tries are read when the cause is gone', async () => {
    isAway = true;
    const { id, exports } = await running.import({ resources: ['maps.starred_places'] });
    expect(exports).toMatchObject([{ state: 'partial', verdict: 'complete' }]);
    const [row] = await running.portage.exports.listByConsent(id);
    expect(row).toMatchObject({ recordsState: 'failed', recordsErrorCode: 'RECORDS_OVERDUE' });
    isAway = false;
    await until('it is read', async () => (await rowOf(row?.id ?? '')).recordsState === 'complete');
    expect(await rowOf(row?.id ?? '')).toMatchObject({ state: 'ready', recordsErrorCode: null, recordsNumber: 1 });
  });

  it('that cannot be read any more have the reason, and are not tried again', async () => {
    const { portage } = running;
    const stored = await storeOverdue(3);
    // Its storage lost a segment, which no reading brings back.
    const lost = await storeOverdue(4, {}, true);
    await until('both were looked at', async () => {
      const rows = await Promise.all([stored, lost].map(({ exportId }) => rowOf(exportId)));
      return rows.every(({ recordsErrorCode }) => recordsErrorCode !== 'RECORDS_OVERDUE');
    });
    expect(await rowOf(stored.exportId)).toMatchObject({ state: 'ready', recordsErrorCode: null });
    expect(await rowOf(lost.exportId)).toMatchObject({
      ...{ state: 'partial', recordsState: 'failed', recordsErrorCode: 'SEGMENT_MISSING' },
    });
    expect(await portage.records.listOverdue({ consents: 10, exports: 10 })).toEqual([]);
  });
});
