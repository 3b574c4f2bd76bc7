/** Data is deleted when its time is over, by a timer that survives every fault: in virtual time, then in real time. */
import { keepRetention } from '../../src/temporal/client/retention-workflow';
import { deletionActions } from '../../src/domain/audit';
import type { Retention } from '../../src/domain/policy';
import { createLogger } from '../../src/log';
import { retentionWorkflowId } from '../../src/workflows/ids';
import { retentionSettingsSignal } from '../../src/workflows/signals-and-queries';
import { retentionWorkflow } from '../../src/workflows/retention';
import { filesBelow } from '../support/files-below';
import { startTestPortage, type TestPortage } from '../support/portage';
import { until } from '../support/program';
import { createUser, day, hour, minute } from '../support/virtual-users';
import { startVirtualPortage, type VirtualPortage } from '../support/virtual-portage';
import { longIt } from '../support/long';

const search = 'myactivity.search';

describe('retention', () => {
  let virtual: VirtualPortage;
  /** The RETENTION of the worker. */
  let retained: Retention | undefined;

  beforeAll(async () => {
    virtual = await startVirtualPortage({ retention: () => retained });
    const { taskQueue } = virtual.config.temporal;
    await virtual.environment.client.workflow.start(retentionWorkflow, {
      workflowId: retentionWorkflowId(taskQueue),
      taskQueue,
      args: [{ policy: virtual.config.policy, retention: null }],
    });
  });
  afterAll(async () => {
    await virtual.stop();
  });

  const workflow = () =>
    virtual.environment.client.workflow.getHandle(retentionWorkflowId(virtual.config.temporal.taskQueue));
  const keep = async (retention: Retention | null) => {
    retained = retention ?? undefined;
    await workflow().signal(retentionSettingsSignal, { policy: virtual.config.policy, retention });
  };
  const stored = (id: string) => filesBelow(virtual.config.dataDir).filter((file) => file.includes(id));

  longIt('keeps everything until a time is set; then deletes each export when its time is over', async () => {
    const user = createUser(virtual);
    const { id } = await user.connect([search], { access: '30d' });
    await virtual.sleep(12 * day);
    const before = await user.exports(id);
    expect(before.length).toBeGreaterThanOrEqual(11);
    expect(before.filter(({ dataDeletedAt }) => dataDeletedAt !== null)).toEqual([]);

    const setAt = (await virtual.now()).getTime();
    await keep({ afterMs: 10 * day, from: 'end' });
    await virtual.sleep(8 * day + 2 * hour);
    const now = (await virtual.now()).getTime();
    const rows = (await user.exports(id)).filter(({ endedAt }) => endedAt !== null);
    for (const { id: exportId, endedAt, dataDeletedAt } of rows) {
      const overAt = (endedAt?.getTime() ?? 0) + 10 * day;
      if (overAt > now) {
        expect(dataDeletedAt).toBeNull();
        expect(stored(exportId)).not.toEqual([]);
        continue;
      }
      expect(stored(exportId)).toEqual([]);
      // Exports whose time was already over were deleted at once.
      const lateMs = (dataDeletedAt?.getTime() ?? Number.POSITIVE_INFINITY) - Math.max(overAt, setAt);
      expect(lateMs).toBeGreaterThanOrEqual(0);
      expect(lateMs).toBeLessThan(minute);
    }
    const deleted = rows.filter(({ dataDeletedAt }) => dataDeletedAt !== null);
    expect(deleted.length).toBeGreaterThanOrEqual(9);
    expect(deleted.length).toBeLessThan(rows.length);

    const receipts = await virtual.portage.auditLog.page({ consentId: id, after: '', limit: 1_000 });
    const deletedIds = receipts.filter(({ action }) => action === 'data.deleted').map(({ exportId }) => exportId);
    expect(deletedIds.sort()).toEqual(deleted.map((row) => row.id).sort());
    await keep(null);
    await user.cancel(id);
  });

  it('waits for the delivery that the host app confirms, where that is asked for', async () => {
    const user = createUser(virtual);
    await keep({ afterMs: 2 * day, from: 'delivery' });
    const { id } = await user.connect([search, 'maps.starred_places'], { access: 'once' });
    await virtual.ended(id);
    await virtual.sleep(20 * day);
    const [confirmed, other] = await user.exports(id);
    if (confirmed === undefined || other === undefined) throw new Error('there are no two exports');
    expect([confirmed.dataDeletedAt, other.dataDeletedAt]).toEqual([null, null]);

    await virtual.portage.dataDeletion.confirmDelivery(confirmed.id, virtual.portage.now());
    await virtual.sleep(2 * day - hour);
    expect(stored(confirmed.id)).not.toEqual([]);
    await virtual.sleep(2 * hour);
    expect(stored(confirmed.id)).toEqual([]);
    expect(stored(other.id)).not.toEqual([]);
    await keep(null);
  });

  it('costs a waiting Portage one look a day, however long it waits', async () => {
    const eventsBefore = (await workflow().fetchHistory()).events?.length ?? 0;
    await virtual.sleep(30 * day);
    const events = (await workflow().fetchHistory()).events?.length ?? 0;
    expect(events - eventsBefore).toBeLessThanOrEqual(31 * 15);
    expect((await workflow().describe()).status.name).toBe('RUNNING');
  });
});

describe('a server that starts', () => {
  let portage: TestPortage;
  let retained: Retention | undefined;
  beforeAll(async () => {
    portage = await startTestPortage({ dependencies: (own) => ({ ...own, retention: () => retained }) });
  });
  afterAll(() => portage.stop());

  /** The start of a server with another RETENTION. */
  const begin = (retention: Retention | null) => {
    retained = retention ?? undefined;
    const { temporal: client, config } = portage;
    const { address, taskQueue } = config.temporal;
    const settings = { client, address, taskQueue, policy: config.policy, retention };
    return keepRetention(settings, createLogger('error', { write: () => undefined }));
  };
  const stored = (exportId: string) => filesBelow(portage.dataDir).filter((file) => file.includes(exportId));

  it('wakes the retention that sleeps, and starts it where it is gone', async () => {
    const workflow = portage.temporal.workflow.getHandle(retentionWorkflowId(portage.config.temporal.taskQueue));
    for (const userId of ['user-1', 'user-2']) {
      const consent = await portage.import({ resources: [search], userId });
      const [row] = consent.exports;
      expect(stored(row?.id ?? '')).not.toEqual([]);
      const stop = begin({ afterMs: 1, from: 'end' });
      await until('the deletion', () => stored(row?.id ?? '').length === 0 || undefined);
      const entries = await until('its receipt', async () => {
        const page = await portage.portage.auditLog.page({ consentId: consent.id, after: '', limit: 10 });
        const ofDeletion = page.filter(({ action }) => (deletionActions as readonly string[]).includes(action));
        return ofDeletion.length === 3 ? ofDeletion : undefined;
      });
      expect(entries.map(({ action }) => action)).toEqual(deletionActions);
      await stop();

      const answer = await fetch(`${portage.url}${row?.parts[0]?.path ?? ''}`, {
        headers: { authorization: `Bearer ${portage.apiKey}` },
      });
      expect(answer.ok).toBe(false);
      await workflow.terminate();
    }
  });
});
