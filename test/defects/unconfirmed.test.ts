/** A grant that its host app does not confirm: nothing is exported with it, and it is reset after the deadline. */
import { createUser, hour, minute } from '../support/virtual-users';
import { startVirtualPortage, type VirtualPortage } from '../support/virtual-portage';

const resources = ['myactivity.search'];

describe('a grant without a confirmation', () => {
  let virtual: VirtualPortage;

  beforeAll(async () => {
    virtual = await startVirtualPortage();
  });
  afterAll(async () => {
    await virtual.stop();
  });

  const sessionOf = async (id: string) => {
    const session = await virtual.portage.connectSessions.find(id);
    if (session === undefined) throw new Error(`there is no session ${id}`);
    return session;
  };
  const awaiting = async (user: ReturnType<typeof createUser>, access: 'once' | '30d', renews?: string) => {
    const { sessionId, kept } = await virtual.grant({
      resources,
      userId: user.userId,
      decision: { access, account: user.email },
      requiresConfirmation: true,
      ...(renews === undefined ? {} : { renews }),
    });
    expect(kept).toBeUndefined();
    return sessionId;
  };

  it('D60: is held until the deadline, and then reset without one export', async () => {
    const user = createUser(virtual);
    const sessionId = await awaiting(user, 'once');
    await virtual.sleep(59 * minute);
    await virtual.keepHouse();
    expect(await sessionOf(sessionId)).toMatchObject({ state: 'awaiting_confirmation', consentId: null });
    expect(user.calls().map(({ method }) => method)).not.toContain('reset');

    await virtual.sleep(2 * minute);
    await virtual.keepHouse();
    const { consentId, ...session } = await sessionOf(sessionId);
    expect(session).toMatchObject({ state: 'unconfirmed', errorCode: 'UNCONFIRMED', sealedGrant: null });
    expect(await virtual.ended(consentId ?? '')).toMatchObject({ state: 'unconfirmed', resetAnswer: 'done' });
    expect(user.calls('initiate')).toEqual([]);
    expect([user.calls('reset').length, user.calls('revoke').length]).toEqual([1, 1]);
    expect(await virtual.portage.tokens.find(consentId ?? '')).toBeUndefined();
    const events = await virtual.portage.consents.listEvents(consentId ?? '');
    expect(events.map(({ type }) => type)).toEqual(['consent.ended']);
    // A second round finds nothing more to end.
    await virtual.keepHouse();
    expect(user.calls('reset')).toHaveLength(1);
  });

  it('that was to renew a consent leaves it as it was', async () => {
    const user = createUser(virtual);
    const { id, endsAt } = await user.connect(resources, { access: '30d' });
    await virtual.sleep(2 * hour);
    const before = await virtual.portage.tokens.find(id);
    const sessionId = await awaiting(user, '30d', id);
    expect(await virtual.portage.tokens.find(id)).toEqual(before);

    await virtual.sleep(61 * minute);
    await virtual.keepHouse();
    const { consentId } = await sessionOf(sessionId);
    expect(await virtual.ended(consentId ?? '')).toMatchObject({ state: 'unconfirmed', resetAnswer: 'kept' });
    expect(await user.find(id)).toMatchObject({ state: 'active', endsAt, supersededResources: [] });
    expect([...user.calls('reset'), ...user.calls('revoke')]).toEqual([]);
    await user.cancel(id);
  });

  it('that was confirmed in time is not ended', async () => {
    const user = createUser(virtual);
    const sessionId = await awaiting(user, 'once');
    const { connectSessions } = virtual.portage;
    expect((await connectSessions.confirm(sessionId, virtual.portage.now()))?.confirmedAt).not.toBeNull();
    await virtual.sleep(61 * minute);
    await virtual.keepHouse();
    expect(await sessionOf(sessionId)).toMatchObject({ state: 'awaiting_confirmation' });
    expect(user.calls('reset')).toEqual([]);
  });
});
