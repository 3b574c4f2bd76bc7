// From a connect link to the end of a consent, as rows: single use, all or nothing, nothing secret readable.
import { count, eq, sql } from 'drizzle-orm';

import type { ConnectSession } from '../../src/database/connect-sessions';
import { connectAttempts, consents as consentTable, events, tokens as tokenTable } from '../../src/database/schema';
import { hashSecret, newSecret } from '../../src/database/random-secrets';
import { at, later, onEveryDatabase } from './databases';

const flow = (changes: { oauthState?: string; browser?: string; at?: Date } = {}) => ({
  browser: 'browser-of-the-user',
  oauthState: newSecret(),
  sealedCodeVerifier: 'k1.sealed',
  at,
  ...changes,
});

const twenty = <T>(action: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: 20 }, (_, index) => action(index)));

onEveryDatabase((story) => {
  describe('a host app', () => {
    story('is made with its first API key and keeps its id with the second', async ({ hostApps }) => {
      const name = `app ${newSecret()}`;
      const [one, two] = [await hostApps.createApiKey(name), await hostApps.createApiKey(name)];
      expect(two.hostApp).toEqual(one.hostApp);
      expect(two.key).not.toBe(one.key);
      expect(await hostApps.findByApiKey(one.key)).toMatchObject({ id: one.hostApp.id, name });
      expect(await hostApps.findByApiKey(two.key)).toMatchObject({ id: one.hostApp.id, name });
    });

    story('is one and the same when its keys are made at once', async ({ hostApps }) => {
      const name = `app ${newSecret()}`;
      const made = await twenty(() => hostApps.createApiKey(name));
      expect(new Set(made.map(({ hostApp }) => hostApp.id)).size).toBe(1);
      expect(new Set(made.map(({ key }) => key)).size).toBe(20);
    });

    story('has its key stored as a hash and nowhere in words', async (stage) => {
      const { key, keyId } = await stage.hostApps.createApiKey(`app ${newSecret()}`);
      const rows = await stage.everyRow();
      expect(rows).not.toContain(key);
      expect(rows).not.toContain(key.slice('ptg_'.length));
      expect(rows).not.toContain(hashSecret(key));
      const listed = (await stage.hostApps.listApiKeys()).find(({ id }) => id === keyId);
      expect(Object.keys(listed ?? {}).sort()).toEqual([
        'createdAt',
        'expiresAt',
        'hostApp',
        'id',
        'lastUsedAt',
        'name',
        'revokedAt',
        'scopes',
        'state',
      ]);
    });

    story('is not found by a key that is unknown, or revoked, which is done once', async ({ hostApps }) => {
      const { key, keyId } = await hostApps.createApiKey(`app ${newSecret()}`);
      expect(await hostApps.findByApiKey(`${key}x`)).toBeUndefined();
      expect(await hostApps.revokeApiKey(keyId, at)).toBe(true);
      expect(await hostApps.revokeApiKey(keyId, at)).toBe(false);
      expect(await hostApps.revokeApiKey('key_of_nobody', at)).toBe(false);
      expect(await hostApps.findByApiKey(key)).toBeUndefined();
    });
  });

  describe('a connect session', () => {
    story('is found by its link, which is stored as a hash', async (stage) => {
      const { hostApp } = await stage.hostApps.createApiKey(`app ${newSecret()}`);
      const request = { hostAppId: hostApp.id, userId: 'u', resources: ['chrome.history'], returnUrl: undefined };
      const { id, link } = await stage.connectSessions.create({ ...request, at, expiresAt: later(60) });
      expect(await stage.connectSessions.findByLink(link)).toMatchObject({ id, state: 'created', userId: 'u' });
      expect(await stage.connectSessions.findByLink(`${link}x`)).toBeUndefined();
      expect(await stage.everyRow()).not.toContain(link);
    });

    story('D33: takes an answer with its state once, however many come at once', async (stage) => {
      const session = await stage.session();
      const started = flow();
      expect(await stage.connectSessions.start(session.id, started)).toBe(true);
      expect(await stage.connectSessions.findByOAuthState(started.oauthState)).toMatchObject({ id: session.id });
      const other = flow();
      expect(await stage.connectSessions.start(session.id, other)).toBe(true);
      const states = [started.oauthState, other.oauthState];
      const taken = await twenty((index) => stage.connectSessions.takeAnswer(states[index % 2] ?? '', later(1)));
      expect(taken.filter((each) => each !== undefined)).toHaveLength(1);
      expect(await stage.connectSessions.start(session.id, flow())).toBe(false);
    });

    story('has no code verifier any more when it has led to a consent or renewed one', async (stage) => {
      const verifiers = async (id: string) => {
        const rows = await stage.db.select().from(connectAttempts).where(eq(connectAttempts.sessionId, id));
        return rows.map(({ sealedCodeVerifier }) => sealedCodeVerifier !== null).toSorted();
      };
      const answered = async (session: ConnectSession) => {
        const [first, second] = [flow(), flow()];
        await stage.connectSessions.start(session.id, first);
        await stage.connectSessions.start(session.id, second);
        await stage.connectSessions.takeAnswer(first.oauthState, later(1));
        expect(await verifiers(session.id)).toEqual([false, true]);
        return session;
      };
      const session = await answered(await stage.session());
      const consentId = await stage.consent({ session });
      expect(await verifiers(session.id)).toEqual([false, false]);
      const { hostAppId } = session;
      const renewal = await answered(await stage.session({ hostAppId, renewsConsentId: consentId }));
      await stage.connectSessions.endRenewed(renewal.id, consentId, later(2));
      expect(await verifiers(renewal.id)).toEqual([false, false]);
    });

    story('belongs to the first browser that opens it, however many open it at once', async (stage) => {
      const session = await stage.session();
      const opened = await twenty((index) => stage.connectSessions.open(session.id, `browser-${index}`));
      expect(opened.filter(Boolean)).toHaveLength(1);
      const own = `browser-${opened.indexOf(true)}`;
      expect(await stage.connectSessions.open(session.id, own)).toBe(true);
      expect(await stage.connectSessions.start(session.id, flow({ browser: 'another' }))).toBe(false);
      expect(await stage.connectSessions.start(session.id, flow({ browser: own }))).toBe(true);
    });

    story('started again keeps the earlier states, up to ten, each with its own verifier', async (stage) => {
      const session = await stage.session();
      const flows = Array.from({ length: 12 }, (_, index) => ({
        ...flow({ at: later(index) }),
        sealedCodeVerifier: `k1.${index}`,
      }));
      for (const each of flows) await stage.connectSessions.start(session.id, each);
      const known = await Promise.all(
        flows.map(({ oauthState }) => stage.connectSessions.findByOAuthState(oauthState)),
      );
      expect(known.map((each) => each?.id)).toEqual([
        ...Array<undefined>(2).fill(undefined),
        ...Array<string>(10).fill(session.id),
      ]);
      const taken = await stage.connectSessions.takeAnswer(flows[2]?.oauthState ?? '', later(13));
      expect(taken).toMatchObject({ session: { id: session.id }, sealedCodeVerifier: 'k1.2' });
      expect(await stage.connectSessions.takeAnswer(flows[3]?.oauthState ?? '', later(13))).toBeUndefined();
      // Still known, so that its browser can be led on.
      expect(await stage.connectSessions.findByOAuthState(flows[3]?.oauthState ?? '')).toMatchObject({
        id: session.id,
      });
    });

    story('cannot be started from the moment it expires', async (stage) => {
      const session = await stage.session({ expiresAt: later(10) });
      expect(await stage.connectSessions.start(session.id, flow({ at: later(10) }))).toBe(false);
      expect(await stage.connectSessions.start(session.id, flow({ at: new Date(later(10).getTime() - 1) }))).toBe(true);
    });

    story('D15: belongs to the browser that started it, whose cookie is stored as a hash', async (stage) => {
      const session = await stage.session();
      const browser = newSecret();
      await stage.connectSessions.start(session.id, flow({ browser }));
      const consentId = await stage.consent({ session });
      expect(await stage.connectSessions.isBrowserOf(consentId, browser)).toBe(true);
      expect(await stage.connectSessions.isBrowserOf(consentId, 'another')).toBe(false);
      expect(await stage.connectSessions.isBrowserOf('con_of_nobody', browser)).toBe(false);
      expect(await stage.everyRow()).not.toContain(browser);
      expect(await stage.connectSessions.findByConsent(consentId)).toMatchObject({ id: session.id });
    });

    story(
      'D58: ends automatically, once, when it can bring no grant any more, and then keeps nothing waiting',
      async (stage) => {
        const [left, answered, open] = [await stage.session(), await stage.session(), await stage.session()];
        const created = await stage.session({ userLabel: 'a…@example.com' });
        const [ofLeft, ofAnswered] = [flow(), flow()];
        await stage.connectSessions.start(left.id, ofLeft);
        await stage.connectSessions.start(answered.id, ofAnswered);
        await stage.connectSessions.start(open.id, flow());
        await stage.connectSessions.takeAnswer(ofAnswered.oauthState, later(1));
        const endDead = async (minutes: number) => {
          const own = [left, answered, open, created].map(({ id }) => id);
          const ended = await stage.connectSessions.endDead(later(minutes), 1_000);
          return ended.flatMap(({ id, state, errorCode }) => (own.includes(id) ? [[id, state, errorCode]] : []));
        };
        const isConnecting = (session: typeof left, minutes: number) =>
          stage.connectSessions.isConnecting(session.hostAppId, 'user-1', later(minutes));

        // Its answer is being stored, which takes a moment.
        expect(await isConnecting(answered, 5)).toBe(true);
        expect(await endDead(5)).toEqual([]);
        expect(await isConnecting(answered, 6)).toBe(false);
        expect(await endDead(6)).toEqual([[answered.id, 'failed', 'CONNECT_INTERRUPTED']]);
        expect(await stage.db.select().from(events).where(eq(events.hostAppId, answered.hostAppId))).toMatchObject([
          {
            type: 'connect_session.failed',
            data: { connectSessionId: answered.id, reason: 'CONNECT_INTERRUPTED' },
          },
        ]);
        expect(await endDead(6)).toEqual([]);
        expect(await isConnecting(left, 59)).toBe(true);

        const consentId = await stage.consent({ session: open });
        expect((await endDead(60)).sort()).toEqual([
          [left.id, 'expired', null],
          [created.id, 'expired', null],
        ]);
        expect(await stage.connectSessions.find(open.id)).toMatchObject({ state: 'connected', consentId });
        expect(await stage.connectSessions.find(created.id)).toMatchObject({ state: 'expired', userLabel: null });

        // A later answer is not accepted; an answer that was already being stored is stored.
        expect(await stage.connectSessions.takeAnswer(ofLeft.oauthState, later(61))).toBeUndefined();
        expect(await isConnecting(left, 62)).toBe(false);
        const late = await stage.consent({ session: answered });
        expect(await stage.connectSessions.find(answered.id)).toMatchObject({
          state: 'connected',
          consentId: late,
        });
      },
    );

    story('shows whether its user is at Google’s screen', async (stage) => {
      const session = await stage.session();
      const { hostAppId } = session;
      const userId = session.userId ?? '';
      const isConnecting = (when: Date) => stage.connectSessions.isConnecting(hostAppId, userId, when);
      expect(await isConnecting(at)).toBe(false);
      await stage.connectSessions.start(session.id, flow());
      expect(await isConnecting(later(1))).toBe(true);
      expect(await isConnecting(later(60))).toBe(false);
      expect(await stage.connectSessions.isConnecting(hostAppId, 'user-2', later(1))).toBe(false);
      await stage.consent({ session });
      expect(await isConnecting(later(1))).toBe(false);
    });

    story('that was declined or failed records one event', async (stage) => {
      const [declined, failed] = [await stage.session(), await stage.session()];
      await stage.connectSessions.endWithout(declined, 'declined', 'CONSENT_DECLINED', later(1));
      await stage.connectSessions.holdGrant(failed.id, 'k1.sealed');
      await stage.connectSessions.endWithout(failed, 'failed', 'OAUTH_CODE_REFUSED', later(1));
      const recorded = await stage.db.select().from(events).where(eq(events.hostAppId, declined.hostAppId));
      expect(recorded).toMatchObject([
        {
          type: 'connect_session.declined',
          data: { connectSessionId: declined.id, reason: 'CONSENT_DECLINED' },
          createdAt: later(1),
        },
      ]);
      expect(await stage.db.select().from(events).where(eq(events.hostAppId, failed.hostAppId))).toMatchObject([
        {
          type: 'connect_session.failed',
          data: { connectSessionId: failed.id, reason: 'OAUTH_CODE_REFUSED' },
        },
      ]);
      expect(await stage.connectSessions.find(failed.id)).toMatchObject({
        state: 'failed',
        errorCode: 'OAUTH_CODE_REFUSED',
        sealedCodeVerifier: null,
        sealedGrant: null,
      });
    });

    story('D58: whose grant is held is found until a consent holds it, and is not ended after that', async (stage) => {
      const session = await stage.session();
      const heldBefore = async (when: Date) =>
        (await stage.connectSessions.withHeldGrant(when, 100)).filter(({ id }) => id === session.id).length;
      const started = flow();
      await stage.connectSessions.start(session.id, started);
      await stage.connectSessions.takeAnswer(started.oauthState, later(1));
      await stage.connectSessions.holdGrant(session.id, 'k1.sealed');
      expect([await heldBefore(later(1)), await heldBefore(later(2))]).toEqual([0, 1]);
      const consentId = await stage.consent({ session });
      expect(await heldBefore(later(2))).toBe(0);
      // As of a callback that got no answer when the consent was stored.
      await stage.connectSessions.endWithout(session, 'failed', 'NOT_READY', later(3));
      expect(await stage.connectSessions.find(session.id)).toMatchObject({ state: 'connected', consentId });
    });
  });

  describe('a consent', () => {
    story('is stored with its tokens, the end of its session and its event', async (stage) => {
      const session = await stage.session();
      await stage.connectSessions.start(session.id, flow());
      const endsAt = later(30 * 24 * 60);
      const id = await stage.consent({ session, accessType: 'time_based', endsAt });
      expect(await stage.consents.find(id)).toMatchObject({
        state: 'active',
        userId: 'user-1',
        accessType: 'time_based',
        requestedResources: ['chrome.history', 'myactivity.search'],
        grantedResources: ['chrome.history'],
        endsAt,
        endedAt: null,
      });
      expect(await stage.connectSessions.find(session.id)).toMatchObject({
        state: 'connected',
        consentId: id,
        sealedCodeVerifier: null,
      });
      expect(await stage.tokens.find(id)).toEqual({
        accessToken: 'access-1',
        accessTokenExpiresAt: later(60),
        refreshToken: 'refresh-1',
        googleClientId: null,
      });
      expect(await stage.eventsOf(id)).toMatchObject([{ type: 'consent.connected', hostAppId: session.hostAppId }]);
    });

    story('is not stored in part when the last step fails', async (stage) => {
      const rowsOf = async () => ({
        consents: await stage.db.select({ rows: count() }).from(consentTable),
        tokens: await stage.db.select({ rows: count() }).from(tokenTable),
        events: await stage.db.select({ rows: count() }).from(events),
      });
      const session = await stage.session();
      const before = await rowsOf();
      await expect(stage.consent({ session: { ...session, id: 'cns_of_nobody' } })).rejects.toThrow('cns_of_nobody');
      await expect(stage.consent({ session: { ...session, hostAppId: 'app_of_nobody' } })).rejects.toThrow();
      // The event is the last row to be written.
      const name = sql.identifier('refuses_events_of_one_grant');
      await stage.owner.execute(
        sql`alter table events add constraint ${name} check (data->'granted'->>0 <> 'refused')`,
      );
      await expect(stage.consent({ session, resources: ['refused'] })).rejects.toThrow();
      await stage.owner.execute(sql`alter table events drop constraint ${name}`);
      expect(await rowsOf()).toEqual(before);
      expect(await stage.connectSessions.find(session.id)).toEqual(session);
    });

    story('is made once per session, also when the answer to its storing was lost', async (stage) => {
      const session = await stage.session();
      const ids = await twenty(() => stage.consent({ session }));
      expect(new Set(ids).size).toBe(1);
      expect(await stage.eventsOf(ids[0] ?? '')).toHaveLength(1);
    });

    story('waits for its workflow, oldest first, until one is started', async (stage) => {
      const [old, young] = [await stage.consent({ at: later(-200) }), await stage.consent({ at: later(-100) })];
      const waiting = async () => {
        const ids = (await stage.consents.withoutWorkflow(1_000)).map(({ id }) => id);
        return ids.filter((id) => id === old || id === young);
      };
      expect(await waiting()).toEqual([old, young]);
      expect((await stage.consents.withoutWorkflow(1)).map(({ id }) => id)).toEqual([old]);
      await stage.consents.markWorkflowStarted(old, later(1));
      await stage.consents.markWorkflowStarted(old, later(2));
      expect(await waiting()).toEqual([young]);
      expect(await stage.consents.find(old)).toMatchObject({ workflowStartedAt: later(1) });
      await stage.consents.end(young, 'revoked', undefined, at);
      expect(await waiting()).toEqual([]);
    });

    story('is listed newest first, by state and user, page by page', async (stage) => {
      const all = { state: undefined, userId: undefined, before: undefined, limit: 100 };
      const userId = `user ${crypto.randomUUID()}`;
      const ids: string[] = [];
      for (let count = 0; count < 3; count += 1) {
        ids.unshift(await stage.consent({ session: await stage.session({ userId }) }));
      }
      const [newest = '', middle = '', oldest = ''] = ids;
      const listed = async (page: Partial<Parameters<typeof stage.consents.page>[0]>) =>
        (await stage.consents.page({ ...all, ...page })).map(({ id }) => id);
      expect((await listed({})).slice(0, 3)).toEqual(ids);
      expect(await listed({ userId })).toEqual(ids);
      expect(await listed({ userId, limit: 2 })).toEqual([newest, middle]);
      expect(await listed({ userId, before: middle })).toEqual([oldest]);
      await stage.consents.end(middle, 'revoked', undefined, later(1));
      expect(await listed({ userId, state: 'revoked' })).toEqual([middle]);
      expect(await listed({ userId, state: 'active' })).toEqual([newest, oldest]);
      expect(await listed({ userId: 'nobody' })).toEqual([]);
    });

    story('lists its newest events, and no other consent’s', async (stage) => {
      const session = await stage.session();
      const id = await stage.consent({ session });
      const { hostAppId } = session;
      await stage.consent({ session: await stage.session({ hostAppId }) });
      await stage.consents.setPaused(id, true, later(1));
      await stage.consents.setPaused(id, false, later(2));
      const types = async (limit: number) =>
        (await stage.consents.newestEvents({ id, hostAppId }, limit)).map(({ type }) => type);
      expect(await types(2)).toEqual(['consent.resumed', 'consent.paused']);
      expect(await types(10)).toEqual(['consent.resumed', 'consent.paused', 'consent.connected']);
    });

    story('ends once: its tokens are gone and one event records it', async (stage) => {
      const id = await stage.consent();
      await twenty((index) =>
        stage.consents.end(id, index % 2 === 0 ? 'completed' : 'failed', undefined, later(index)),
      );
      const { state, endedAt } = (await stage.consents.find(id)) ?? {};
      expect(['completed', 'failed']).toContain(state);
      await stage.consents.end(id, 'revoked', 'GRANT_ENDED', later(99));
      expect(await stage.consents.find(id)).toMatchObject({ state, endedAt, errorCode: null });
      expect(await stage.tokens.find(id)).toBeUndefined();
      expect((await stage.eventsOf(id)).map(({ type }) => type)).toEqual(['consent.connected', 'consent.ended']);
    });

    story('has the code of the error that ended it', async (stage) => {
      const id = await stage.consent();
      await stage.consents.end(id, 'revoked', 'GRANT_ENDED', later(5));
      expect(await stage.consents.find(id)).toMatchObject({
        state: 'revoked',
        errorCode: 'GRANT_ENDED',
        endedAt: later(5),
      });
      expect((await stage.eventsOf(id)).at(-1)).toMatchObject({
        type: 'consent.ended',
        data: { state: 'revoked', reason: 'GRANT_ENDED' },
      });
    });

    story('lists the other consents of its user that a reset would harm', async (stage) => {
      const session = await stage.session();
      const { hostAppId } = session;
      const consentOf = async (userId: string) =>
        stage.consent({ session: await stage.session({ hostAppId, userId }) });
      const own = await stage.consent({ session });
      const [active, ending, ended] = [await consentOf('user-1'), await consentOf('user-1'), await consentOf('user-1')];
      await consentOf('user-2');
      await stage.consent();
      await stage.consents.beginEnding(ending);
      await stage.consents.end(ended, 'completed', undefined, at);
      const siblings = async (id: string) => {
        const consent = await stage.consents.find(id);
        return consent === undefined ? [] : (await stage.consents.activeSiblings(consent)).map((each) => each.id);
      };
      expect(await siblings(own)).toEqual([active]);
      expect(await siblings(active)).toEqual([own]);
      expect((await siblings(ending)).sort()).toEqual([own, active].sort());
    });

    story('keeps the requested end; a deletion is not replaced by a cancellation', async (stage) => {
      const id = await stage.consent();
      const wanted = async () => (await stage.consents.find(id))?.stopWanted;
      expect(await wanted()).toBeNull();
      await stage.consents.requestStop(id, 'cancelled');
      expect(await wanted()).toBe('cancelled');
      await stage.consents.requestStop(id, 'deleted');
      await stage.consents.requestStop(id, 'cancelled');
      expect(await wanted()).toBe('deleted');
    });

    story('does not come back from its end', async (stage) => {
      const id = await stage.consent();
      await stage.consents.end(id, 'completed', undefined, at);
      await stage.consents.beginEnding(id);
      expect(await stage.consents.find(id)).toMatchObject({ state: 'completed' });
    });
  });
});
