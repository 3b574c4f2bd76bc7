/**
 * Lives of consents in virtual time: renewed, along with another one, taken over, revoked, paused, ended by its user.
 */
import type { Consent } from '../../src/database/consents';
import { consentWorkflowId, exportWorkflowId } from '../../src/workflows/ids';
import { renewedSignal } from '../../src/workflows/signals-and-queries';
import { runsOf } from '../support/history';
import { recordHistory } from '../support/record-history';
import { smallExports, startVirtualPortage, type VirtualPortage } from '../support/virtual-portage';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const search = 'myactivity.search';
const starred = 'maps.starred_places';

let users = 0;

describe('the life of a consent', () => {
  let virtual: VirtualPortage;
  /** Each story has a user and an account of its own, so that none meets another's locks. */
  let userId: string;
  let account: string;

  beforeAll(async () => {
    virtual = await startVirtualPortage({ emulator: smallExports, environment: { BATCH_SPLIT_AFTER: '10 days' } });
  });
  afterAll(async () => {
    await virtual.stop();
  });
  beforeEach(() => {
    users += 1;
    userId = `user-${users}`;
    account = `user-${users}@example.com`;
    virtual.emulator.control.addAccount({ email: account, name: `User ${users}` });
    virtual.emulator.control.clearRequests();
    virtual.emulator.control.setSwitches('documented');
    virtual.emulator.control.setJobs({ durationMs: smallExports.jobDurationMs });
  });

  const connect = (resources: string[], access: 'once' | '30d' | '180d', renews?: string) =>
    virtual.connect({ resources, userId, decision: { account, access }, ...(renews === undefined ? {} : { renews }) });
  const workflow = (id: string) => virtual.environment.client.workflow.getHandle(consentWorkflowId(id));
  const startsOf = async (id: string, resource: string) => {
    const rows = await virtual.portage.exports.listByConsent(id);
    return rows
      .filter((row) => row.resources.includes(resource) && row.initiatedAt !== null)
      .map(({ initiatedAt }) => initiatedAt?.getTime() ?? 0)
      .sort((a, b) => a - b);
  };
  const longestPause = (starts: readonly number[]) =>
    Math.max(...starts.slice(1).map((start, index) => start - (starts[index] ?? 0)));
  const eventsOf = (consent: Consent) => virtual.portage.consents.listEvents(consent.id);
  /** As the person does it on the page behind the renewal link, or on the one where access is removed. */
  const atGoogle = async (action: 'renew' | 'remove') => {
    const { accountId } = virtual.emulator.control.changeAccount(account, {});
    const grant = virtual.emulator.control.state.grants.find((each) => each.accountId === accountId);
    const body = new URLSearchParams({ grant: grant?.grantId ?? '', action });
    const answer = await fetch(`${virtual.emulator.url}/connections`, { method: 'POST', body, redirect: 'manual' });
    expect(answer.status).toBe(303);
  };
  const refused = () =>
    virtual.emulator.control.requests().filter(({ method, status }) => method === 'initiate' && status !== 200);

  /** Keeps the histories of the path for the replay test, when they are recorded again. */
  const record = async (id: string, path: string): Promise<void> => {
    await recordHistory(virtual.environment.client, consentWorkflowId(id), `${path}-consent`);
    await recordHistory(virtual.environment.client, exportWorkflowId(id, search), `${path}-export`);
  };

  it('of 30 days that is renewed twice has one loop and no gap', async () => {
    const { id, endsAt } = await connect([search], '30d');
    await virtual.sleep(25 * day);
    // Google keeps the refresh token (docs/google-api.md Q6, answer A): the next refresh shows it.
    await atGoogle('renew');
    await virtual.sleep(28 * day);
    // The other answer: a new grant, whose tokens take the place of the old ones.
    const renewed = await connect([search], '30d', id);
    await workflow(id).signal(renewedSignal, { endsAtMs: renewed.endsAt?.getTime() ?? null });
    const consent = await virtual.ended(id);
    expect(consent).toMatchObject({ state: 'expired', errorCode: null });
    expect((consent.endsAt?.getTime() ?? 0) - (endsAt?.getTime() ?? 0)).toBeGreaterThan(52 * day);

    const starts = await startsOf(id, search);
    expect(starts.length).toBeGreaterThanOrEqual(82);
    expect(longestPause(starts)).toBeLessThan(day + 10 * minute);
    expect(refused()).toEqual([]);
    const types = (await eventsOf(consent)).map(({ type }) => type);
    expect(types.filter((type) => type === 'consent.renewed')).toHaveLength(2);
    expect(types.filter((type) => type === 'consent.connected')).toHaveLength(1);
  });

  it('that is time-based continues along with a one-time one, whose grant is not reset', async () => {
    const daily = await connect([search], '30d');
    await virtual.sleep(3 * day);
    const once = await connect([starred], 'once');
    const ended = await virtual.ended(once.id);
    expect(ended).toMatchObject({ state: 'completed', resetAnswer: 'kept', resetAt: null });
    expect(virtual.emulator.control.requests().filter(({ method }) => method === 'reset')).toEqual([]);
    const before = (await startsOf(daily.id, search)).length;
    await virtual.sleep(3 * day);
    const starts = await startsOf(daily.id, search);
    // A start comes a little more than a day after the one before: three days may end before the third.
    expect([before + 2, before + 3]).toContain(starts.length);
    expect(longestPause(starts)).toBeLessThan(day + 10 * minute);
    await virtual.send(daily.id, 'cancel');
    await virtual.ended(daily.id);
  });

  it('that is revoked on day 17 in the middle of a job ends as revoked, with the job closed', async () => {
    const { id } = await connect([search, starred], '180d');
    await virtual.sleep(17 * day);
    virtual.emulator.control.setJobs({ durationMs: 30 * hour });
    await virtual.sleep(day + hour);
    const open = (await virtual.portage.exports.listByConsent(id)).filter(({ endedAt }) => endedAt === null);
    expect(open.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    await atGoogle('remove');
    const consent = await virtual.ended(id);
    expect(consent).toMatchObject({ state: 'revoked', errorCode: 'GRANT_ENDED' });
    const rows = await virtual.portage.exports.listByConsent(id);
    expect(rows.filter(({ endedAt }) => endedAt === null)).toEqual([]);
    expect(rows.filter(({ errorCode }) => errorCode === 'GRANT_ENDED').length).toBeGreaterThan(0);
    expect(await virtual.portage.tokens.find(id)).toBeUndefined();
    await record(id, 'revoked-while-waiting');
  });

  it('gives way to a newer one for the same resource, and keeps the others', async () => {
    const older = await connect([search, starred], '180d');
    await virtual.sleep(2 * day);
    const newer = await connect([search], '180d');
    await virtual.sleep(3 * day);
    const [last] = (await startsOf(older.id, search)).slice(-1);
    expect(last).toBeLessThan(newer.createdAt.getTime());
    expect((await startsOf(newer.id, search)).length).toBeGreaterThanOrEqual(2);
    expect((await startsOf(older.id, starred)).length).toBe(5);
    expect(await virtual.portage.consents.find(older.id)).toMatchObject({
      state: 'active',
      supersededResources: [search],
    });
    const newest = await connect([starred], '180d');
    expect(await virtual.ended(older.id)).toMatchObject({ state: 'superseded' });
    for (const { id } of [newer, newest]) await virtual.send(id, 'cancel');
    await virtual.ended(newer.id);
    expect(await virtual.ended(newest.id)).toMatchObject({ state: 'cancelled' });
  });

  it('pauses and resumes, with one event each for repeated requests', async () => {
    const { id } = await connect([search], '180d');
    await virtual.sleep(day);
    for (let times = 0; times < 3; times += 1) await virtual.send(id, 'pause');
    const before = (await startsOf(id, search)).length;
    await virtual.sleep(5 * day);
    expect((await startsOf(id, search)).length).toBe(before);
    for (let times = 0; times < 3; times += 1) await virtual.send(id, 'resume');
    await virtual.sleep(2 * day);
    expect((await startsOf(id, search)).length).toBeGreaterThanOrEqual(before + 2);
    await virtual.send(id, 'cancel');
    const consent = await virtual.ended(id);
    expect(consent).toMatchObject({ state: 'cancelled', resetAnswer: 'done' });
    await record(id, 'paused');
    const types = (await eventsOf(consent)).map(({ type }) => type);
    expect(types.filter((type) => type === 'consent.paused' || type === 'consent.resumed')).toEqual([
      'consent.paused',
      'consent.resumed',
    ]);
  });

  it('shares one export a day where Google’s lock counts for all, and returns when it does not', async () => {
    virtual.emulator.control.setSwitches({ Q1: 'B' });
    const { id } = await connect([search, 'chrome.history', starred], '180d');
    await virtual.sleep(3 * day);
    const batched = (await virtual.portage.exports.listByConsent(id)).filter(({ resource }) => resource === 'batch');
    expect(batched.some(({ resources, state }) => resources.length === 3 && state === 'ready')).toBe(true);
    expect((await virtual.portage.consents.find(id))?.batchedAt).not.toBeNull();
    const refusals = refused().length;
    await virtual.sleep(5 * day);
    expect(refused().length).toBe(refusals);
    virtual.emulator.control.setSwitches({ Q1: 'A' });
    await virtual.sleep(8 * day);
    expect((await virtual.portage.consents.find(id))?.batchedAt).toBeNull();
    const nowMs = (await virtual.now()).getTime();
    for (const resource of [search, 'chrome.history', starred]) {
      const starts = await startsOf(id, resource);
      expect(longestPause(starts.slice(2))).toBeLessThan(2 * day);
      expect(starts.at(-1)).toBeGreaterThan(nowMs - 2 * day);
    }
    await virtual.send(id, 'cancel');
    await virtual.ended(id);
  });

  it('deletes its stored data on request, also after its end', async () => {
    const { id } = await connect([search], 'once');
    expect(await virtual.ended(id)).toMatchObject({ state: 'completed' });
    const [row] = await virtual.portage.exports.listByConsent(id);
    expect(await virtual.portage.exports.listParts(row?.id ?? '')).not.toEqual([]);
    await virtual.send(id, 'delete');
    await virtual.ended(id);
    expect(await virtual.portage.exports.listParts(row?.id ?? '')).toEqual([]);
  });

  it('costs at most 42 events for each export, also across runs', async () => {
    const { id } = await connect([search], '30d');
    await virtual.sleep(9 * day + hour);
    const runs = await runsOf(virtual.environment.client, id, search);
    expect(runs).toHaveLength(2);
    const exports = (await startsOf(id, search)).length;
    expect(runs.reduce((sum, { events }) => sum + events, 0) / exports).toBeLessThanOrEqual(42);
    await record(id, 'daily');
    await recordHistory(
      virtual.environment.client,
      exportWorkflowId(id, search),
      'daily-export-first-run',
      runs[0]?.runId,
    );
    await virtual.send(id, 'cancel');
    await virtual.ended(id);
  });
});
