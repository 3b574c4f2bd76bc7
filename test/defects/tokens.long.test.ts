/** The defects around tokens: their lifetime, and refreshes without a new token. */
import { createUser, day, hour, minute, passUntil } from '../support/virtual-users';
import { startVirtualPortage, type VirtualPortage } from '../support/virtual-portage';

const resource = 'myactivity.shopping';
const outage = { status: 503, body: '<html><title>Error 503</title></html>', contentType: 'text/html' };

describe('an import that outlives its access token', () => {
  let virtual: VirtualPortage;

  beforeAll(async () => {
    virtual = await startVirtualPortage();
  });
  afterEach(() => {
    const { control } = virtual.emulator;
    expect(control.unmetFaults()).toEqual([]);
    control.setJobs({ durationMs: 20 * minute, dataParts: 2, manifest: 'switch' });
  });
  afterAll(async () => {
    await virtual.stop();
  });

  const refreshes = (user: ReturnType<typeof createUser>) =>
    user.calls('token').filter(({ details }) => details?.['grantType'] === 'refresh_token');

  it('D14: continues with a new one that it gets between two polls', async () => {
    const user = createUser(virtual);
    virtual.emulator.control.setJobs({ durationMs: 5 * hour });
    const { id } = await user.connect([resource], { access: 'once' });
    expect(await virtual.ended(id)).toMatchObject({ state: 'completed' });
    expect(await user.exports(id)).toMatchObject([{ state: 'ready', verdict: 'complete' }]);

    const polls = user.calls('state');
    const fresh = refreshes(user);
    expect(fresh.length).toBeGreaterThanOrEqual(4);
    for (const { number } of fresh) expect(number).toBeGreaterThan(polls[0]?.number ?? Infinity);
    for (const { number } of fresh.slice(0, 4)) expect(number).toBeLessThan(polls.at(-1)?.number ?? 0);
    // No call was made with a token that had ended.
    expect(polls.filter(({ status }) => status !== 200)).toEqual([]);
  });

  it('D14: continues when Google ends the token early, between two polls', async () => {
    const user = createUser(virtual);
    const { control } = virtual.emulator;
    const error = { code: 401, status: 'UNAUTHENTICATED', message: 'Request had invalid authentication credentials.' };
    control.addFault({ method: 'state', account: user.email, call: 2, status: 401, body: { error } });
    const { id } = await user.connect([resource], { access: 'once' });
    expect(await virtual.ended(id)).toMatchObject({ state: 'completed' });
    const answers = user.calls('state').map(({ status }) => status);
    expect(answers.slice(0, 3)).toEqual([200, 401, 200]);
    expect(answers.filter((status) => status === 401)).toHaveLength(1);
    const [before, refused, after] = user.calls('state').map(({ number }) => number);
    const [fresh, ...more] = refreshes(user).filter(({ number }) => number > (before ?? 0) && number < (after ?? 0));
    expect(fresh?.number).toBeGreaterThan(refused ?? Infinity);
    expect(more).toEqual([]);
  });

  it('D14: continues when it ends during the download of part 2', async () => {
    const user = createUser(virtual);
    const { control } = virtual.emulator;
    control.setJobs({ dataParts: 1, manifest: 'own-part' });
    control.addFault({ method: 'download', account: user.email, call: 2, times: 20, ...outage });
    const { id } = await user.connect([resource], { access: 'once' });
    expect(await virtual.ended(id)).toMatchObject({ state: 'completed' });
    expect(await user.exports(id)).toMatchObject([{ state: 'ready', verdict: 'complete', partsTotal: 2 }]);

    const downloads = user.calls('download');
    const lasted = Date.parse(downloads.at(-1)?.at ?? '') - Date.parse(downloads[0]?.at ?? '');
    expect(lasted).toBeGreaterThan(hour);
    const during = refreshes(user).filter(
      ({ number }) => number > (downloads[0]?.number ?? Infinity) && number < (downloads.at(-1)?.number ?? 0),
    );
    expect(during.length).toBeGreaterThan(0);
    // The stored part was not fetched again, and no call was made with a token that had ended.
    expect(downloads.filter(({ status }) => status === 206)).toHaveLength(2);
    expect(user.calls('state').filter(({ status }) => status !== 200)).toEqual([]);
  });

  it('D37: waits while the token endpoint is unreachable during a job, and then continues', async () => {
    const user = createUser(virtual);
    const { control } = virtual.emulator;
    control.setJobs({ durationMs: 6 * hour });
    const { id } = await user.connect([resource], { access: '30d' });
    await virtual.sleep(30 * minute);
    control.addFault({ method: 'token', account: user.email, times: 100_000, ...outage });
    await virtual.sleep(10 * hour);
    expect(refreshes(user).length).toBeGreaterThan(5);
    expect(await user.find(id)).toMatchObject({ state: 'active', errorCode: null });
    expect(await user.exports(id)).toMatchObject([{ state: 'waiting', errorCode: null }]);
    expect(await virtual.portage.tokens.find(id)).toBeDefined();

    control.clearFaults();
    await virtual.sleep(2 * hour);
    expect(await user.exports(id)).toMatchObject([{ state: 'ready', verdict: 'complete' }]);
    expect(user.jobs()).toHaveLength(1);
    await user.cancel(id);
  });

  it('D37: ends as revoked when the user leaves during a job, closes the job and records an event', async () => {
    const user = createUser(virtual);
    virtual.emulator.control.setJobs({ durationMs: 6 * hour });
    const { id } = await user.connect([resource], { access: '30d' });
    await passUntil(virtual, 'the job', () => user.jobs()[0], { stepMs: minute });
    await user.leave();
    const before = refreshes(user).length;
    expect(await virtual.ended(id)).toMatchObject({ state: 'revoked', errorCode: 'GRANT_ENDED' });
    expect(await user.exports(id)).toMatchObject([{ state: 'failed', errorCode: 'GRANT_ENDED' }]);
    expect(await virtual.portage.tokens.find(id)).toBeUndefined();
    const recorded = await virtual.portage.consents.listEvents(id);
    expect(recorded.find(({ type }) => type === 'export.failed')?.data).toMatchObject({ reason: 'GRANT_ENDED' });
    expect(recorded.at(-1)).toMatchObject({
      type: 'consent.ended',
      data: { state: 'revoked', reason: 'GRANT_ENDED' },
    });
    // An end is no outage: Google is asked once, and never again.
    expect(refreshes(user).slice(before)).toMatchObject([{ status: 400 }]);
    await virtual.sleep(2 * day);
    expect(refreshes(user)).toHaveLength(before + 1);
  });
});

describe('a grant of an OAuth client in Testing', () => {
  let virtual: VirtualPortage;

  beforeAll(async () => {
    virtual = await startVirtualPortage({ publishing: 'testing' });
  });
  afterAll(async () => {
    await virtual.stop();
  });

  it('D8: has its end of 7 days on record and the operator warned, and ends as expired on day 8', async () => {
    const user = createUser(virtual);
    const consent = await user.connect([resource], { access: '180d' });
    const lifetimeMs = (consent.endsAt?.getTime() ?? 0) - consent.createdAt.getTime();
    expect(Math.abs(lifetimeMs - 604_800_000)).toBeLessThan(minute);
    const warnings = virtual.logLines
      .map((line) => JSON.parse(line) as { level: number; msg: string })
      .filter(({ msg }) => msg.includes('seven days'));
    // 40 is what pino calls "warn".
    expect(warnings).toMatchObject([{ level: 40 }]);
    expect(warnings[0]?.msg).toContain('publishing status');

    await virtual.sleep(6 * day);
    expect(await user.find(consent.id)).toMatchObject({ state: 'active' });
    await virtual.sleep(2 * day);
    expect(await user.find(consent.id)).toMatchObject({ state: 'expired', errorCode: null });
    expect(user.calls('token').at(-1)).toMatchObject({ status: 400, details: { grantType: 'refresh_token' } });
    const exports = await user.exports(consent.id);
    expect(exports.length).toBeGreaterThanOrEqual(6);
    expect(exports.filter(({ verdict }) => verdict !== 'complete')).toEqual([]);
    const recorded = await virtual.portage.consents.listEvents(consent.id);
    expect(recorded.at(-1)).toMatchObject({ type: 'consent.ended', data: { state: 'expired' } });
  });
});

describe('a grant of an OAuth client in production', () => {
  it('D8: of 30 days is no reason to warn', async () => {
    const virtual = await startVirtualPortage();
    const user = createUser(virtual);
    const { id } = await user.connect([resource], { access: '30d' });
    await virtual.sleep(2 * hour);
    expect(virtual.logLines.filter((line) => line.includes('publishing status'))).toEqual([]);
    await user.cancel(id);
    await virtual.stop();
  });
});
