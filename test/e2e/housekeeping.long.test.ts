/**
 * Work that no consent’s own workflow can do: workflows that are lost or never began, deadlines, consents that are
 * stuck.
 */
import { ScheduleOverlapPolicy } from '@temporalio/client';
import { eq } from 'drizzle-orm';

import { consentPrefix } from '../../src/archive/store/segment-seal';
import { createOperator } from '../../src/commands/operator';
import type { MessageName } from '../../src/temporal/client/consent-messages';
import * as schema from '../../src/database/schema';
import type { LoggedRequest } from '../../src/emulator';
import { bindListener } from '../../src/listener';
import { createLogger } from '../../src/log';
import { startServer, type RunningServer } from '../../src/server/start';
import type { RunningWorker } from '../../src/worker/start-worker';
import { batchLoop } from '../../src/domain/schedule';
import { consentWorkflowId, exportWorkflowId, housekeepingId } from '../../src/workflows/ids';
import { createBrowser } from '../support/browser';
import { until } from '../support/program';
import { quickHousekeeping, startTestPortage, type TestPortage } from '../support/portage';

const search = 'myactivity.search';
const starred = 'maps.starred_places';
const hour = 3_600_000;

let users = 0;

/** The stage of each story: its own user and Google account, and access to its consent. */
function createStage(portage: TestPortage) {
  const { emulator, temporal, config } = portage;
  users += 1;
  const userId = `user-${users}`;
  const account = `somebody-${users}@example.com`;
  const { accountId } = emulator.control.addAccount({ email: account, name: `Somebody ${users}` });
  const handleOf = (id: string, loop?: string) =>
    temporal.workflow.getHandle(loop === undefined ? consentWorkflowId(id) : exportWorkflowId(id, loop));
  const schedule = temporal.schedule.getHandle(housekeepingId(config.temporal.taskQueue));

  return {
    userId,
    account,
    schedule,
    handleOf,
    /** @returns the consent’s id, once an export of each of its resources is under way at Google, or verified */
    async connect(access: 'once' | '180d', resources = [search], then: 'waiting' | 'verified' = 'waiting') {
      const { consentId = '' } = await portage.connect({ resources, userId, decision: { account, access } });
      await until(`an export is ${then}`, async () => {
        const { exports } = await portage.api.getConsent(consentId);
        const isThere = ({ state, verdict }: (typeof exports)[number]) =>
          then === 'verified' ? verdict === 'complete' : state === then;
        return resources.every((name) => exports.some((row) => row.resources.includes(name) && isThere(row)));
      });
      return consentId;
    },
    calls: (method: LoggedRequest['method']) =>
      emulator.control.requests().filter((call) => call.method === method && call.accountId === accountId),
    eventsOf: async (id: string) => (await portage.portage.consents.listEvents(id)).map(({ type }) => type),
    rowsOf: (id: string) => portage.portage.exports.listByConsent(id),
    logged: (message: string, id: string) =>
      portage.logLines.filter((line) => line.includes(`"msg":"${message}"`) && line.includes(id)),
    /** Starts rounds, in addition to those of the schedule, until this many more have begun. */
    async rounds(count: number) {
      const begun = async () => (await schedule.describe()).info.numActionsTaken;
      const before = await begun();
      for (let round = 1; round <= count; round += 1) {
        await schedule.trigger(ScheduleOverlapPolicy.BUFFER_ALL);
        await until(`round ${round} of ${count}`, async () => (await begun()) >= before + round);
      }
    },
    async removeAtGoogle() {
      const grant = emulator.control.state.grants.findLast((each) => each.accountId === accountId);
      const body = new URLSearchParams({ grant: grant?.grantId ?? '', action: 'remove' });
      await fetch(`${emulator.url}/connections`, { method: 'POST', body, redirect: 'manual' });
    },
    runOf: async (id: string) => (await handleOf(id).describe()).runId,
  };
}

/** Another server of the same Portage. @param address where it looks for Temporal, if elsewhere */
async function startSecondServer({ portage, config, logLines }: TestPortage, address?: string): Promise<RunningServer> {
  const listener = await bindListener({ host: '127.0.0.1', port: 0 });
  const temporal = { ...config.temporal, ...(address === undefined ? {} : { address }) };
  const logger = createLogger('debug', { write: (line: string) => void logLines.push(line) });
  return startServer({ ...portage, config: { ...config, temporal } }, logger, { listener });
}

describe('the housekeeping', () => {
  let portage: TestPortage;
  let stage: ReturnType<typeof createStage>;

  beforeAll(async () => {
    portage = await startTestPortage({ environment: quickHousekeeping });
  });
  afterAll(async () => {
    await portage.stop();
  });
  beforeEach(() => {
    portage.emulator.control.setJobs({ durationMs: 3_000 });
    stage = createStage(portage);
  });

  const endsOnce = async (consentId: string) => {
    expect(await portage.ended(consentId)).toMatchObject({
      state: 'completed',
      exports: [{ cycle: 1, state: 'ready', verdict: 'complete' }],
    });
    expect(stage.calls('initiate')).toHaveLength(1);
    const events = await stage.eventsOf(consentId);
    expect(events).toEqual([
      'consent.connected',
      'export.started',
      'export.ready',
      'records.available',
      'consent.ended',
    ]);
  };

  it('starts a consent again whose workflow was terminated; its export is finished, and started at Google once', async () => {
    const consentId = await stage.connect('once');
    await stage.handleOf(consentId).terminate('by an operator');
    await endsOnce(consentId);
    expect(stage.logged('consent workflow was gone and is started again', consentId)).not.toEqual([]);
  });

  it.each(['terminate', 'cancel'] as const)(
    'is not needed for one loop alone, after a %s: its consent notices and continues',
    async (how) => {
      const consentId = await stage.connect('once');
      const run = await stage.runOf(consentId);
      await stage.handleOf(consentId, search)[how]();
      await endsOnce(consentId);
      expect(await stage.runOf(consentId)).toBe(run);
      expect(stage.logged('the loop of an export was lost and is started again', consentId)).toHaveLength(1);
      expect(stage.logged('consent workflow was gone and is started again', consentId)).toEqual([]);
    },
  );

  it('starts a consent that was stored while its server could not reach Temporal', async () => {
    const server = await startSecondServer(portage, '127.0.0.1:9');
    try {
      // The user uses this server only, not the one of the public URL.
      const here = (url: string) => url.replace(portage.url, server.url);
      const browser = createBrowser();
      const { connectUrl } = await portage.api.createConnectSession({ userId: stage.userId, resources: [search] });
      portage.emulator.control.decideNext({ account: stage.account, access: 'once' });
      const toCallback = await browser.follow(await browser.continueToGoogle(here(connectUrl)));
      const callback = await browser.get(here(toCallback.headers.get('location') ?? ''));
      const consentId = /\/consents\/(con_\w+)$/.exec(callback.headers.get('location') ?? '')?.[1] ?? '';
      await endsOnce(consentId);
      expect(stage.logged('consent workflow started late', consentId)).not.toEqual([]);
    } finally {
      await server.stop();
    }
  });

  it('stays paused as its operator left it, also when another server starts', async () => {
    const consentId = await stage.connect('once');
    await stage.schedule.pause('somebody looks into it');
    await stage.handleOf(consentId).terminate('by an operator');
    const scheduled = () => portage.logLines.filter((line) => line.includes('housekeeping scheduled')).length;
    const before = scheduled();
    const server = await startSecondServer(portage);
    try {
      await until('the other server has brought the schedule into step', () => scheduled() > before);
      expect((await stage.schedule.describe()).state).toMatchObject({ paused: true, note: 'somebody looks into it' });
      await stage.schedule.unpause();
      await endsOnce(consentId);
    } finally {
      await server.stop();
    }
  });

  it('is scheduled again when its schedule vanished', async () => {
    const consentId = await stage.connect('once');
    await stage.schedule.delete();
    await stage.handleOf(consentId).terminate('by an operator');
    await endsOnce(consentId);
    expect((await stage.schedule.describe()).state.paused).toBe(false);
  });

  it('is one for two servers, and stays when one of them goes', async () => {
    const server = await startSecondServer(portage);
    const consentId = await stage.connect('once');
    await stage.rounds(2);
    await server.stop();
    await stage.handleOf(consentId).terminate('by an operator');
    await endsOnce(consentId);
    const schedules: string[] = [];
    for await (const { scheduleId } of portage.temporal.schedule.list()) schedules.push(scheduleId);
    const { taskQueue } = portage.config.temporal;
    expect(schedules.filter((id) => id.includes(taskQueue))).toEqual([housekeepingId(taskQueue)]);
  });

  it('leaves a consent alone that has ended', async () => {
    const consentId = await stage.connect('once');
    await endsOnce(consentId);
    const run = await stage.runOf(consentId);
    await stage.rounds(3);
    expect(await stage.runOf(consentId)).toBe(run);
    expect(stage.logged('consent workflow was gone and is started again', consentId)).toEqual([]);
  });

  it('D58: ends a connect session whose answer was not stored, and records an event', async () => {
    const { connectSessions, hostApps } = portage.portage;
    const { hostApp } = await hostApps.createApiKey('Another host app');
    const at = new Date(Date.now() - 10 * 60_000);
    const request = { hostAppId: hostApp.id, userId: stage.userId, resources: [search], returnUrl: undefined };
    const { id } = await connectSessions.create({ ...request, at, expiresAt: new Date(Date.now() + hour) });
    await connectSessions.start(id, { browser: id, oauthState: id, sealedCodeVerifier: '', at });
    await connectSessions.takeAnswer(id, at);
    await until('the end of the session', async () => (await connectSessions.find(id))?.state === 'failed');
    expect(await connectSessions.find(id)).toMatchObject({ errorCode: 'CONNECT_INTERRUPTED', consentId: null });
    await until(
      'the log has a line',
      () => stage.logged('connect session ended whose answer was not stored', id).length > 0,
    );
  });

  it('ends a consent whose workflow was lost during the reset of the grant, with its own end state', async () => {
    const refused = { method: 'revoke', times: 1_000, status: 503 } as const;
    portage.emulator.control.addFault(refused);
    const consentId = await stage.connect('once');
    await until('the grant is revoked', () => stage.calls('revoke').length > 0);
    expect(await portage.api.getConsent(consentId)).toMatchObject({ state: 'ending' });
    await stage.handleOf(consentId).terminate('by an operator');
    portage.emulator.control.clearFaults();
    await endsOnce(consentId);
    expect(stage.calls('reset')).toHaveLength(1);
  });

  it('closes the exports of a consent that Google ended while its workflow was gone', async () => {
    portage.emulator.control.setJobs({ durationMs: hour });
    const consentId = await stage.connect('180d');
    await stage.schedule.pause();
    await stage.handleOf(consentId).terminate('by an operator');
    await stage.removeAtGoogle();
    await stage.schedule.unpause();
    const { state, errorCode, exports } = await portage.ended(consentId);
    expect([state, errorCode]).toEqual(['revoked', 'GRANT_ENDED']);
    expect(exports).toMatchObject([{ state: 'failed', errorCode: 'GRANT_ENDED' }]);
    expect(await stage.eventsOf(consentId)).toEqual([
      'consent.connected',
      'export.started',
      'export.failed',
      'consent.ended',
    ]);
  });
});

describe('the housekeeping of exports with little time', () => {
  let portage: TestPortage;

  beforeAll(async () => {
    // The export counts as delayed after most of FINISH_WITHIN and ends after STORE_WITHIN; between the two, a busy machine
    // needs time for a round, so that rounds come every second.
    portage = await startTestPortage({
      environment: { FINISH_WITHIN: '10s', STORE_WITHIN: '25s', HOUSEKEEPING_EVERY: '1s' },
    });
  });
  afterAll(async () => {
    await portage.stop();
  });

  it('records once that an export is near its deadline', async () => {
    const stage = createStage(portage);
    portage.emulator.control.setJobs({ durationMs: hour });
    const consentId = await stage.connect('once');
    await until('an event is recorded', async () => (await stage.eventsOf(consentId)).includes('export.delayed'));
    await stage.rounds(2);
    const { exports } = await portage.ended(consentId);
    expect(exports).toMatchObject([{ state: 'failed', errorCode: 'ARCHIVE_OVERDUE' }]);
    const delayed = (await portage.portage.consents.listEvents(consentId)).filter(
      ({ type }) => type === 'export.delayed',
    );
    const [row] = await stage.rowsOf(consentId);
    const deadlineAt = new Date((row?.initiatedAt?.getTime() ?? 0) + portage.config.policy.finishWithinMs);
    expect(delayed.map(({ data }) => data)).toEqual([
      { resources: [search], state: 'waiting', deadlineAt: deadlineAt.toISOString() },
    ]);
    expect(stage.logged('export is near its deadline', consentId)).toHaveLength(1);
  });
});

describe('the housekeeping of time-based access', () => {
  let portage: TestPortage;
  let stage: ReturnType<typeof createStage>;

  beforeAll(async () => {
    // A day of six seconds.
    portage = await startTestPortage({
      emulator: { dayMs: 6_000, jobDurationMs: 500 },
      environment: {
        EXPORT_EVERY: '6s',
        EXPORT_MARGIN: '100ms',
        FINISH_WITHIN: '2 minutes',
        LAST_EXPORT_BEFORE_END: '5s',
        RENEWAL_REMINDERS: '10s',
        BATCH_SPLIT_AFTER: '1 hour',
        ...quickHousekeeping,
      },
    });
  });
  afterAll(async () => {
    await portage.stop();
  });
  beforeEach(() => {
    portage.emulator.control.setSwitches('documented');
    // A first start within a day of six seconds is too much for a busy machine.
    portage.emulator.control.setSwitches({ Q12: 'B' });
    stage = createStage(portage);
  });
  afterEach(() => {
    // Google was never asked before its day was over; 401 is how the end of a grant shows.
    const refused = stage.calls('initiate').filter(({ status }) => status !== 200 && status !== 401);
    expect(refused).toEqual([]);
  });

  const isWhole = ({ endedAt, verdict }: { endedAt: Date | null; verdict: string | null }) =>
    endedAt !== null && verdict === 'complete';
  const rowsOfLoop = async (consentId: string, loop: string) =>
    (await stage.rowsOf(consentId)).filter(({ resource }) => resource === loop);
  /**
   * The exports of a loop, once this many more are stored than there were, and none was left out or done twice. A day is
   * too short here for a busy machine to read every record in it, so that an export may be partial.
   */
  const moreDays = async (consentId: string, loop: string, count: number, before: number) => {
    const rows = await until(`${count} more exports`, async () => {
      const all = await rowsOfLoop(consentId, loop);
      return all.filter(isWhole).length >= before + count ? all : undefined;
    });
    expect(rows.map(({ cycle }) => cycle)).toEqual(rows.map((_row, index) => index + 1));
    expect(rows.filter((row) => row.endedAt !== null && !isWhole(row))).toEqual([]);
    return rows;
  };
  const removed = async (consentId: string) => {
    await stage.removeAtGoogle();
    expect(await portage.ended(consentId)).toMatchObject({ state: 'revoked' });
  };

  it.each([['its workflow', undefined] as const, ['one of its loops', search] as const])(
    'loses no day of a consent that lost %s, which other loops do not notice',
    async (_what, loop) => {
      const consentId = await stage.connect('180d', [search, starred], 'verified');
      await stage.handleOf(consentId, loop).terminate('by an operator');
      const before = await Promise.all([search, starred].map((each) => rowsOfLoop(consentId, each)));
      await moreDays(consentId, search, 2, before[0]?.length ?? 0);
      await moreDays(consentId, starred, 2, before[1]?.length ?? 0);
      await removed(consentId);
    },
  );

  it.each([
    ['the loop that shares one export among its resources', batchLoop],
    ['a consent whose resources share one export', undefined],
  ])('starts %s again as well', async (_what, loop) => {
    portage.emulator.control.setSwitches({ Q1: 'B' });
    const { consentId = '' } = await portage.connect({
      resources: [search, starred],
      userId: stage.userId,
      decision: { account: stage.account, access: '180d' },
    });
    await until('both are in it', async () => {
      const last = (await rowsOfLoop(consentId, batchLoop)).at(-1);
      return last !== undefined && isWhole(last) && last.resources.length === 2;
    });
    await stage.handleOf(consentId, loop).terminate('by an operator');
    // How Google’s lock was found out is another story.
    portage.emulator.control.clearRequests();
    const { length: before } = await rowsOfLoop(consentId, batchLoop);
    const rows = await moreDays(consentId, batchLoop, 2, before);
    const shared = rows.slice(before).map(({ resources }) => [...resources].sort());
    expect(shared).toEqual(shared.map(() => [starred, search]));
    await removed(consentId);
  });

  it('starts a batch that was lost before its first request, however old the consent is', async () => {
    const consentId = await stage.connect('180d', [search], 'verified');
    await stage.schedule.pause();
    await stage.handleOf(consentId).terminate('by an operator');
    // It has time to try again: its day begins now, not with the consent. A round that was under way may be the one to start it.
    portage.emulator.control.addFault({ method: 'initiate', times: 2, status: 503 });
    const { consents, database } = portage.portage;
    await consents.setBatched(consentId, true, new Date());
    const createdAt = new Date(Date.now() - 40 * 24 * hour);
    await database.db.update(schema.consents).set({ createdAt }).where(eq(schema.consents.id, consentId));
    const [row] = await stage.rowsOf(consentId);
    const freeAtMs = (row?.initiatedAt?.getTime() ?? 0) + portage.config.policy.exportEveryMs;
    await until('Google’s day is over', () => Date.now() > freeAtMs + 1_000);
    await stage.schedule.unpause();
    const [first] = await until('its first request has ended', async () => {
      const rows = (await rowsOfLoop(consentId, batchLoop)).filter(({ endedAt }) => endedAt !== null);
      return rows.length > 0 ? rows : undefined;
    });
    expect(first).toMatchObject({ cycle: 1, resources: [search], errorCode: null, verdict: 'complete' });
    expect(stage.calls('initiate').filter(({ status }) => status === 503)).toHaveLength(2);
    portage.emulator.control.clearRequests();
    await removed(consentId);
  });

  it('warns of a consent that is stuck, with its ids only, until it continues', async () => {
    const consentId = await stage.connect('180d', [search], 'verified');
    // As after a deploy that no worker can follow: it is open, and nothing happens.
    await stage.schedule.pause();
    const isSleeping = async () => (await stage.rowsOf(consentId)).every(isWhole);
    await until('no export is under way', isSleeping);
    await stage.handleOf(consentId).terminate('by an operator');
    const stuck = await portage.temporal.workflow.start('consentWorkflow', {
      workflowId: consentWorkflowId(consentId),
      taskQueue: `${portage.config.temporal.taskQueue}-nobody`,
      args: [{ consentId, policy: portage.config.policy }],
    });
    await stage.schedule.unpause();
    const [line = ''] = await until('a warning', () => {
      const lines = stage.logged('exports are overdue', consentId);
      return lines.length > 0 ? lines : undefined;
    });
    const { level, overdue } = JSON.parse(line) as { level: number; overdue: Record<string, string>[] };
    const rows = await stage.rowsOf(consentId);
    const { initiatedAt, endedAt } = rows.at(-1) ?? {};
    const freeAtMs = (initiatedAt?.getTime() ?? 0) + portage.config.policy.exportEveryMs;
    const dueAt = new Date(Math.max(freeAtMs, endedAt?.getTime() ?? 0));
    expect(level).toBe(40);
    expect(overdue).toEqual([{ consentId, resource: search, dueAt: dueAt.toISOString() }]);
    for (const personal of [stage.userId, stage.account, 'Somebody']) expect(line).not.toContain(personal);

    await stuck.terminate('so that it continues');
    await moreDays(consentId, search, 1, rows.length);
    const warnings = stage.logged('exports are overdue', consentId).length;
    await stage.rounds(3);
    expect(stage.logged('exports are overdue', consentId)).toHaveLength(warnings);
    await removed(consentId);
  });

  it('ends a consent as cancelled whose workflow was lost after the request', async () => {
    portage.emulator.control.addFault({ method: 'revoke', times: 1_000, status: 503 });
    const consentId = await stage.connect('180d', [search], 'verified');
    await portage.portage.consents.requestStop(consentId, 'cancelled');
    await stage.handleOf(consentId).signal('cancel');
    await until('the grant is revoked', () => stage.calls('revoke').length > 0);
    await stage.handleOf(consentId).terminate('by an operator');
    portage.emulator.control.clearFaults();
    expect(await portage.ended(consentId)).toMatchObject({ state: 'cancelled', errorCode: null });
    expect(stage.calls('reset')).toHaveLength(1);
  });
});

describe('a consent with a requested end whose workflow was lost before it got the message', () => {
  let portage: TestPortage;
  let stage: ReturnType<typeof createStage>;
  let worker: RunningWorker;

  beforeAll(async () => {
    portage = await startTestPortage({ worker: false, environment: quickHousekeeping });
  });
  afterAll(async () => {
    await portage.stop();
  });
  beforeEach(async () => {
    portage.emulator.control.setJobs({ durationMs: 500 });
    worker = await portage.startWorker();
    stage = createStage(portage);
  });
  afterEach(async () => {
    await worker.stop();
  });

  /** Sends messages while no worker runs, and ends the workflow. Then only the database has the requests. */
  const sendAndLose = async (consentId: string, ...names: readonly MessageName[]) => {
    await worker.stop();
    const { messages } = createOperator(portage.portage, portage.temporal);
    for (const name of names) await messages.send(consentId, name);
    await stage.handleOf(consentId).terminate('by an operator');
    portage.emulator.control.clearRequests();
    worker = await portage.startWorker();
  };
  const objectsOf = async (consentId: string) => {
    const keys: string[] = [];
    for await (const { key } of portage.portage.storage.list(consentPrefix(consentId))) keys.push(key);
    return keys;
  };

  it('ends as cancelled; no export follows, the grant is reset, and stored data stays', async () => {
    const consentId = await stage.connect('180d', [search, starred], 'verified');
    await sendAndLose(consentId, 'cancel');
    expect(await portage.ended(consentId)).toMatchObject({ state: 'cancelled', errorCode: null });
    expect(stage.calls('initiate')).toEqual([]);
    expect(stage.calls('reset')).toHaveLength(1);
    expect(await objectsOf(consentId)).not.toEqual([]);
  });

  it('ends as cancelled in the middle of its export', async () => {
    portage.emulator.control.setJobs({ durationMs: hour });
    const consentId = await stage.connect('180d');
    await sendAndLose(consentId, 'cancel');
    const { exports, ...consent } = await portage.ended(consentId);
    expect(consent).toMatchObject({ state: 'cancelled', errorCode: null });
    expect(exports).toMatchObject([{ state: 'failed', errorCode: 'EXPORT_STOPPED' }]);
  });

  it('ends as deleted, also when a cancellation was requested too; nothing is left', async () => {
    const consentId = await stage.connect('180d', [search], 'verified');
    await sendAndLose(consentId, 'cancel', 'delete', 'cancel');
    expect(await portage.ended(consentId)).toMatchObject({ state: 'deleted' });
    expect(stage.calls('initiate')).toEqual([]);
    expect(stage.calls('reset')).toHaveLength(1);
    // A reading that had begun deletes its objects once it finds that the consent has ended.
    await until('nothing is left', async () => (await objectsOf(consentId)).length === 0);
  });

  it('is deleted by the next round of the retention, where it had ended before', async () => {
    const consentId = await stage.connect('once', [search], 'verified');
    expect(await portage.ended(consentId)).toMatchObject({ state: 'completed' });
    expect(await objectsOf(consentId)).not.toEqual([]);
    await sendAndLose(consentId, 'delete');
    // A server that starts triggers the retention at once; without it, the retention runs within a day.
    const server = await startSecondServer(portage);
    try {
      await until('its data is deleted', async () => {
        const { dataDeletedAt = null } = (await portage.portage.consents.find(consentId)) ?? {};
        return dataDeletedAt !== null;
      });
    } finally {
      await server.stop();
    }
    expect(await objectsOf(consentId)).toEqual([]);
    expect(await stage.eventsOf(consentId)).toContain('data.deleted');
  });
});
