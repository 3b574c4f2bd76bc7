/** The defect of a Google account that two users of the host app have both connected: no answer of the API shows it. */
import { createUser, day, hour, minute, passUntil } from '../support/virtual-users';
import { smallExports, startVirtualPortage, type VirtualPortage } from '../support/virtual-portage';

const resource = 'myactivity.shopping';

describe('two users who connect the same Google account', () => {
  let virtual: VirtualPortage;

  beforeAll(async () => {
    virtual = await startVirtualPortage({ emulator: { jobs: smallExports.jobs } });
  });
  afterEach(() => {
    expect(virtual.emulator.control.unmetFaults()).toEqual([]);
    virtual.emulator.control.setJobs({ durationMs: 20 * minute });
  });
  afterAll(async () => {
    await virtual.stop();
  });

  /** Two users of the host app; the second one's account is the first one's. */
  const pair = () => {
    const ada = createUser(virtual);
    return { ada, ben: createUser(virtual, ada.email) };
  };
  const sharedAccounts = async (consentId: string) =>
    (await virtual.portage.consents.listEvents(consentId))
      .filter(({ type }) => type === 'consent.account_shared')
      .map(({ data }) => data['sharedAccountId']);
  const startsOf = async (consentId: string) =>
    (await virtual.portage.exports.listByConsent(consentId)).flatMap(({ initiatedAt }) =>
      initiatedAt === null ? [] : [initiatedAt.getTime()],
    );

  it('D39: take turns at the account’s one export a day, and the host app gets events for both', async () => {
    const { ada, ben } = pair();
    const adas = await ada.connect([resource], { access: '30d' });
    await virtual.sleep(5 * hour);
    const bens = await ben.connect([resource], { access: '30d' });
    await virtual.sleep(10 * day);

    const [adasStarts, bensStarts] = [await startsOf(adas.id), await startsOf(bens.id)];
    expect(adasStarts.length).toBeGreaterThanOrEqual(5);
    expect(bensStarts.length).toBeGreaterThanOrEqual(5);
    const turns = [
      ...adasStarts.map((at) => ({ at, who: 'ada' })),
      ...bensStarts.map((at) => ({ at, who: 'ben' })),
    ].sort((a, b) => a.at - b.at);
    for (const [index, { at, who }] of turns.slice(1).entries()) {
      expect(who).not.toBe(turns[index]?.who);
      expect(at - (turns[index]?.at ?? 0)).toBeLessThan(day + 10 * minute);
    }
    // The second loop is refused once, and waits for the next day.
    const refused = ada.calls('initiate').filter(({ status }) => status !== 200);
    expect(refused.length).toBeLessThanOrEqual(turns.length);
    for (const { id } of [adas, bens]) {
      const exports = (await virtual.portage.exports.listByConsent(id)).filter(({ endedAt }) => endedAt !== null);
      expect(exports.filter(({ verdict }) => verdict !== 'complete')).toEqual([]);
      expect(await virtual.portage.consents.find(id)).toMatchObject({ state: 'active', batchedAt: null });
    }
    const [account, ...more] = await sharedAccounts(adas.id);
    expect(account).toMatch(/^acc_/);
    expect(more).toEqual([]);
    expect(await sharedAccounts(bens.id)).toEqual([account]);

    // One leaves; the other keeps the account, and every day from now on.
    expect(await ada.cancel(adas.id)).toMatchObject({ state: 'cancelled', resetAnswer: 'kept', resetAt: null });
    expect([...ada.calls('reset'), ...ada.calls('revoke')]).toEqual([]);
    await virtual.sleep(4 * day);
    expect((await startsOf(bens.id)).length).toBeGreaterThanOrEqual(bensStarts.length + 3);
    // No consent is left to be harmed.
    expect(await ben.cancel(bens.id)).toMatchObject({ state: 'cancelled', resetAnswer: 'done' });
    expect(ben.calls('reset')).toHaveLength(1);
  });

  it.each([
    ['still runs', 10 * hour],
    ['is done', 10 * minute],
  ])('D39: both have the one export of one-time access, whose job %s', async (_name, durationMs) => {
    const { ada, ben } = pair();
    const other = 'myactivity.maps';
    const { control } = virtual.emulator;
    control.setJobs({ durationMs });
    const adas = await ada.connect([resource], { access: 'once' });
    const job = await passUntil(virtual, 'the job', () => ada.jobs()[0], { stepMs: minute });
    control.setJobs({ durationMs: 12 * hour });
    // Keeps the account from being reset meanwhile.
    const stays = await ada.connect([other], { access: 'once' });
    await virtual.sleep(5 * hour);
    const bens = await ben.connect([resource], { access: 'once' });

    for (const { id } of [adas, stays, bens]) expect(await virtual.ended(id)).toMatchObject({ state: 'completed' });
    for (const { id } of [adas, bens]) {
      expect(await virtual.portage.exports.listByConsent(id)).toMatchObject([
        { state: 'ready', verdict: 'complete', archiveJobId: job.jobId },
      ]);
    }
    const adasParts = await partsOf(adas.id);
    expect(adasParts.length).toBeGreaterThan(0);
    expect(await partsOf(bens.id)).toEqual(adasParts);
    const [reset, ...more] = ada.calls('reset');
    expect(more).toEqual([]);
    expect(reset?.number).toBeGreaterThan(ada.calls('download').at(-1)?.number ?? Infinity);
  });

  it('D39: are not mistaken for two who connect an account each', async () => {
    const [ada, ben] = [createUser(virtual), createUser(virtual)];
    const consents = [
      await ada.connect([resource], { access: '30d' }),
      await ben.connect([resource], { access: '30d' }),
    ];
    await virtual.sleep(2 * day);
    for (const { id } of consents) expect(await sharedAccounts(id)).toEqual([]);
    expect(await ada.cancel(consents[0]?.id ?? '')).toMatchObject({ resetAnswer: 'done' });
    expect(await ben.cancel(consents[1]?.id ?? '')).toMatchObject({ resetAnswer: 'done' });
  });

  const partsOf = async (consentId: string) => {
    const [row] = await virtual.portage.exports.listByConsent(consentId);
    return (await virtual.portage.exports.listParts(row?.id ?? '')).map(({ sha256 }) => sha256).sort();
  };
});
