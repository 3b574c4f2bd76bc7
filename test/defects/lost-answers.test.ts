/** Whole lives in which an answer of Google is lost: no archive is lost with it, and no grant is left alive. */
import { createUser, day, hour, minute, passUntil, type VirtualUser } from '../support/virtual-users';
import { startVirtualPortage, type VirtualPortage } from '../support/virtual-portage';
import { longIt } from '../support/long';

const resource = 'myactivity.shopping';
const invalid = { status: 400, body: { error: { code: 400, status: 'INVALID_ARGUMENT', message: 'no' } } };
const lostRetry = { method: 'retry', when: 'after', cut: true } as const;

let virtual: VirtualPortage;

beforeAll(async () => {
  virtual = await startVirtualPortage({ environment: { RETRY_LONGEST: '6h' } });
});
afterEach(() => {
  const { control } = virtual.emulator;
  // A fault that was ordered and never met would make its test prove nothing.
  expect(control.unmetFaults()).toEqual([]);
  control.setJobs({ durationMs: 20 * minute, failNext: 0 });
  control.setSwitches('documented');
});
afterAll(async () => {
  await virtual.stop();
});

describe('an answer that is lost', () => {
  const aliveGrants = ({ email }: VirtualUser) => {
    const { clock, state } = virtual.emulator.control;
    const accountId = state.accounts.find((account) => account.email === email)?.accountId;
    // Google itself resets one-time access 14 days after its first start.
    const isReset = (firstStartAt = Infinity) => clock.now() >= firstStartAt + 14 * day;
    return state.grants.filter(
      (grant) => grant.accountId === accountId && grant.endedAt === undefined && !isReset(grant.firstStartAt),
    );
  };
  /** A consent whose first job fails, and whose retry is complete before it is asked for again. */
  const connectFailing = async (access: 'once' | '30d') => {
    const user = createUser(virtual);
    const { control } = virtual.emulator;
    control.setJobs({ durationMs: 100, failNext: 1 });
    control.addFault({ ...lostRetry, account: user.email });
    return { user, ...(await user.connect([resource], { access })) };
  };
  const firstEnd = (user: VirtualUser, id: string) =>
    passUntil(virtual, 'the end of the first export', async () =>
      (await user.exports(id)).find(({ endedAt }) => endedAt !== null),
    );

  it('D57: to the retry of a one-time export, which is complete by then, costs nothing', async () => {
    const { user, id } = await connectFailing('once');
    expect(await virtual.ended(id)).toMatchObject({ state: 'completed', resetAnswer: 'done' });
    expect(await user.exports(id)).toMatchObject([{ state: 'ready', verdict: 'complete' }]);
    expect(user.calls('retry').map(({ status }) => status)).toEqual(['cut', 400]);
    expect(user.jobs()).toHaveLength(2);
    expect(aliveGrants(user)).toEqual([]);
  });

  it('D57: to the retry of a time-based export costs nothing, and the next one comes a day later', async () => {
    const { user, id } = await connectFailing('30d');
    expect(await firstEnd(user, id)).toMatchObject({ state: 'ready', verdict: 'complete' });
    await virtual.sleep(25 * hour);
    expect(await user.exports(id)).toMatchObject([{ state: 'ready' }, { state: 'ready' }]);
    expect(await user.cancel(id)).toMatchObject({ state: 'cancelled', resetAnswer: 'done' });
    expect(aliveGrants(user)).toEqual([]);
  });

  longIt('D57: whose job Google never names keeps a one-time grant as long as Google keeps the archive', async () => {
    virtual.emulator.control.setSwitches({ namedRetry: 'B' });
    const { user, id, createdAt } = await connectFailing('once');
    await virtual.sleep(12 * day);
    expect(await user.exports(id)).toMatchObject([{ state: 'waiting', endedAt: null }]);
    expect([...user.calls('reset'), ...user.calls('revoke')]).toEqual([]);
    const consent = await virtual.ended(id);
    expect(consent).toMatchObject({ state: 'failed', errorCode: 'ARCHIVE_UNKNOWN' });
    expect((consent.endedAt?.getTime() ?? 0) - createdAt.getTime()).toBeGreaterThan(13 * day);
    expect(aliveGrants(user)).toEqual([]);
  });

  it('D57: whose job Google never names costs one export of a day, and the next one comes', async () => {
    virtual.emulator.control.setSwitches({ namedRetry: 'B' });
    const { user, id } = await connectFailing('30d');
    await virtual.sleep(27 * hour);
    expect(await user.exports(id)).toMatchObject([
      { state: 'failed', errorCode: 'ARCHIVE_UNKNOWN' },
      { state: 'ready', verdict: 'complete' },
    ]);
    await user.cancel(id);
    expect(aliveGrants(user)).toEqual([]);
  });
});

describe('a refusal', () => {
  const connectRefused = async (method: 'initiate' | 'state' | 'check', access: 'once' | '30d') => {
    const user = createUser(virtual);
    virtual.emulator.control.addFault({ method, account: user.email, ...invalid });
    return { user, ...(await user.connect([resource], { access })) };
  };

  it.each([
    ['of every start', 'initiate'],
    ['of the question for the access', 'check'],
  ] as const)('D57: %s ends a time-based consent, and the authorization is reset', async (_name, method) => {
    const { user, id } = await connectRefused(method, '30d');
    expect(await virtual.ended(id)).toMatchObject({
      state: 'failed',
      errorCode: 'GOOGLE_REFUSED',
      resetAnswer: 'done',
    });
    expect(user.calls('reset')).toHaveLength(1);
    expect(user.calls('revoke')).toHaveLength(1);
    expect(await virtual.portage.tokens.find(id)).toBeUndefined();
  });

  it('D57: of a look at a job costs a time-based consent that export only', async () => {
    const { user, id } = await connectRefused('state', '30d');
    await virtual.sleep(26 * hour);
    expect(await user.exports(id)).toMatchObject([{ errorCode: 'GOOGLE_REFUSED' }, { state: 'ready' }]);
    await user.cancel(id);
  });

  longIt(
    'D57: of a look at a one-time job keeps the grant while Google keeps the archive, unless the host app ends it',
    async () => {
      const { user, id } = await connectRefused('state', 'once');
      await virtual.sleep(10 * day);
      expect(await user.exports(id)).toMatchObject([{ state: 'failed', errorCode: 'GOOGLE_REFUSED' }]);
      expect(user.calls('reset')).toEqual([]);
      expect(await user.cancel(id)).toMatchObject({ state: 'cancelled', resetAnswer: 'done' });
    },
  );
});
