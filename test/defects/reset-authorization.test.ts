/** The defects around the reset of an authorization: too early, or incomplete. */
import { consentStatusQuery } from '../../src/workflows/signals-and-queries';
import { createUser, day, hour, minute, passUntil } from '../support/virtual-users';
import { recordHistory } from '../support/record-history';
import { startVirtualPortage, type VirtualPortage } from '../support/virtual-portage';
import { allTests, longIt } from '../support/long';
import { until } from '../support/until';

const resource = 'myactivity.shopping';
const refused = { status: 500, body: '<html><title>Error 500</title></html>', contentType: 'text/html' };

describe('resetting the authorization', () => {
  let virtual: VirtualPortage;

  beforeAll(async () => {
    virtual = await startVirtualPortage();
  });
  afterEach(() => {
    expect(virtual.emulator.control.unmetFaults()).toEqual([]);
    virtual.emulator.control.setJobs({ durationMs: 20 * minute, dataParts: 2, manifest: 'switch' });
  });
  afterAll(async () => {
    await virtual.stop();
  });

  const messages = [
    ['cancel', 'cancelled'],
    ['delete', 'deleted'],
  ] as const;
  it.each(allTests ? messages : messages.slice(0, 1))(
    'D6: waits for a download that runs when the host app asks to %s',
    async (message, state) => {
      const user = createUser(virtual);
      const { control } = virtual.emulator;
      control.setJobs({ dataParts: 1, manifest: 'own-part' });
      control.addFault({ method: 'download', account: user.email, call: 2, times: 6, ...refused });
      const { id } = await user.connect([resource], { access: '30d' });
      await passUntil(virtual, 'the download', () => (user.calls('download').length > 1 ? true : undefined), {
        stepMs: minute,
      });
      await virtual.send(id, message);
      await virtual.sleep(minute);
      expect(await user.exports(id)).toMatchObject([{ state: 'downloading' }]);
      expect([...user.calls('reset'), ...user.calls('revoke'), ...user.calls('cancel')]).toEqual([]);

      expect(await virtual.ended(id)).toMatchObject({ state, resetAnswer: 'done' });
      expect(await user.exports(id)).toMatchObject([{ state: 'ready', verdict: 'complete', partsTotal: 2 }]);
      const [reset] = user.calls('reset');
      const last = user.calls('download').at(-1);
      expect(last).toMatchObject({ status: 206 });
      expect(reset?.number).toBeGreaterThan(last?.number ?? Infinity);
      expect(user.calls('revoke')[0]?.number).toBeGreaterThan(reset?.number ?? Infinity);
    },
  );

  longIt('D6: waits for the other download of the same consent', async () => {
    const user = createUser(virtual);
    const slow = 'myactivity.maps';
    const { control } = virtual.emulator;
    control.addFault({ method: 'download', account: user.email, resource: slow, times: 12, ...refused });
    const { id } = await user.connect([resource, slow], { access: 'once' });
    await virtual.sleep(hour + 10 * minute);
    expect(await user.exports(id, resource)).toMatchObject([{ state: 'ready' }]);
    expect(await user.exports(id, slow)).toMatchObject([{ state: 'downloading' }]);
    expect(user.calls('reset')).toEqual([]);
    expect(await virtual.ended(id)).toMatchObject({ state: 'completed', resetAnswer: 'done' });
    expect(await user.exports(id, slow)).toMatchObject([{ state: 'ready', verdict: 'complete' }]);
  });

  it('D6: is no way around the lock', async () => {
    const user = createUser(virtual);
    const { id } = await user.connect([resource], { access: '30d' });
    await virtual.sleep(2 * hour);
    const newer = await user.connect([resource], { access: '30d' });
    await virtual.sleep(2 * hour);
    expect(await user.find(id)).toMatchObject({ state: 'superseded', resetAt: null });
    expect(user.calls('initiate').map(({ status }) => status)).toEqual([200, 429]);
    expect([...user.calls('reset'), ...user.calls('revoke')]).toEqual([]);
    await user.cancel(newer.id);
  });

  /** A connect session of a user who is at Google’s screen. */
  const atGoogle = async (userId: string, hostAppId: string) => {
    const at = virtual.portage.now();
    const expiresAt = new Date(at.getTime() + hour);
    const { connectSessions } = virtual.portage;
    const { id } = await connectSessions.create({
      hostAppId,
      userId,
      resources: [resource],
      returnUrl: undefined,
      at,
      expiresAt,
    });
    await connectSessions.start(id, { browser: id, oauthState: id, sealedCodeVerifier: '', at });
    return { id, expiresAt };
  };

  it('D6: waits while the user is at Google’s screen, and no longer', async () => {
    const user = createUser(virtual);
    const { id, hostAppId } = await user.connect([resource], { access: '30d' });
    await virtual.sleep(2 * hour);
    const { expiresAt } = await atGoogle(user.userId, hostAppId);
    await virtual.send(id, 'cancel');
    await virtual.sleep(50 * minute);
    expect(user.calls('reset')).toEqual([]);
    expect(await user.find(id)).toMatchObject({ state: 'ending', resetAnswer: null });

    expect(await virtual.ended(id)).toMatchObject({ state: 'cancelled', resetAnswer: 'done' });
    const [reset] = user.calls('reset');
    expect(Date.parse(reset?.at ?? '')).toBeGreaterThanOrEqual(expiresAt.getTime());
  });

  it('D58: waits for an answer that is being stored, and not for one that will never be stored', async () => {
    const user = createUser(virtual);
    const { id, hostAppId } = await user.connect([resource], { access: '30d' });
    await virtual.sleep(2 * hour);
    const session = await atGoogle(user.userId, hostAppId);
    await virtual.portage.connectSessions.takeAnswer(session.id, virtual.portage.now());
    await virtual.send(id, 'cancel');
    await virtual.sleep(3 * minute);
    expect(user.calls('reset')).toEqual([]);

    expect(await virtual.ended(id)).toMatchObject({ state: 'cancelled', resetAnswer: 'done' });
    const [reset] = user.calls('reset');
    expect(Date.parse(reset?.at ?? '')).toBeLessThan(session.expiresAt.getTime() - 40 * minute);
  });

  longIt(
    'D41: a grant that another consent keeps is ended when that one has ended, or when its own time is over',
    async () => {
      const { control } = virtual.emulator;
      const [user, work, school] = [createUser(virtual), createUser(virtual), createUser(virtual)];
      const { userId } = user;
      const daily = await user.connect([resource], { access: '30d' });
      await virtual.sleep(2 * hour);
      const once = (account: string) =>
        virtual.connect({ userId, resources: [resource], decision: { access: 'once', account } });
      const early = await once(work.email);
      expect(await virtual.ended(early.id)).toMatchObject({ state: 'completed', resetAnswer: 'kept' });
      await virtual.keepHouse();
      expect(await virtual.portage.tokens.find(early.id)).toBeDefined();
      await virtual.sleep(15 * day);
      await virtual.keepHouse();
      expect(await user.find(early.id)).toMatchObject({ resetAnswer: 'kept', grantKeptUntil: null });
      expect(await virtual.portage.tokens.find(early.id)).toBeUndefined();

      const late = await once(school.email);
      await virtual.ended(late.id);
      expect(await virtual.portage.tokens.find(late.id)).toBeDefined();
      const resets = () => [work, school].flatMap(({ calls }) => calls('reset'));
      expect(resets()).toEqual([]);

      // Waiting for the end of the workflow would let time pass, until the late grant's own time is over.
      await virtual.send(daily.id, 'cancel');
      await until('the end of the daily consent', async () => (await user.find(daily.id)).endedAt ?? undefined);
      control.addFault({ method: 'reset', account: school.email, times: 1, ...refused });
      await virtual.keepHouse();
      await recordHistory(virtual.environment.client, await virtual.keepHouse(), 'housekeeping-ends-kept-grants');
      expect(await user.find(late.id)).toMatchObject({ resetAnswer: 'done', grantKeptUntil: null });
      expect(resets().map(({ status }) => status)).toEqual([500, 200]);
      expect(school.calls('revoke')).toHaveLength(1);
      expect(await virtual.portage.tokens.find(late.id)).toBeUndefined();
    },
  );

  longIt('D41: stays pending, to be seen, while Google refuses the reset, which is repeated for days', async () => {
    const user = createUser(virtual);
    const { control } = virtual.emulator;
    const { id } = await user.connect([resource], { access: '30d' });
    await virtual.sleep(2 * hour);
    control.addFault({ method: 'reset', account: user.email, times: 100_000, ...refused });
    await virtual.send(id, 'cancel');
    await virtual.sleep(48 * hour);

    const tried = user.calls('reset').length;
    expect(tried).toBeGreaterThan(100);
    expect(await user.find(id)).toMatchObject({
      state: 'ending',
      resetAnswer: 'refused',
      resetAt: null,
      endedAt: null,
    });
    expect(await user.consentWorkflow(id).query(consentStatusQuery)).toMatchObject({ state: 'ending' });
    expect(await virtual.portage.tokens.find(id)).toBeDefined();
    expect(user.calls('revoke')).toEqual([]);
    // Nothing new is exported meanwhile.
    expect(user.jobs()).toHaveLength(1);

    control.clearFaults();
    expect(await virtual.ended(id)).toMatchObject({ state: 'cancelled', resetAnswer: 'done', errorCode: null });
    expect(user.calls('reset')).toHaveLength(tried + 1);
    expect(user.calls('revoke')).toHaveLength(1);
    expect(await virtual.portage.tokens.find(id)).toBeUndefined();
  });
});
