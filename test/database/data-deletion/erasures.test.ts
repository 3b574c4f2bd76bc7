// The end of a user's deletion: recorded once, when nothing of the user is left, and without the user's id.
import { and, eq } from 'drizzle-orm';

import { createDataDeletionStore } from '../../../src/database/data-deletion';
import { connectSessions, events } from '../../../src/database/schema';
import { eventTypes } from '../../../src/events/event-types';
import { at, later, onEveryDatabase, type Stage } from '../databases';

const userId = 'canary-user';

async function newUser(stage: Stage) {
  const dataDeletion = createDataDeletionStore(stage.db, stage.audit);
  const { hostApp } = await stage.hostApps.createApiKey(`app ${crypto.randomUUID()}`);
  const hostAppId = hostApp.id;
  const session = () => stage.session({ hostAppId, userId });
  const connect = async () => stage.consent({ session: await session() });
  const begin = () => dataDeletion.beginUser({ hostAppId, userId }, later(1));
  const end = async (id: string) => {
    await dataDeletion.beginConsent(id, later(2));
    await stage.consents.end(id, 'deleted', undefined, later(2));
    await dataDeletion.concludeConsent(id, later(3));
  };
  const erasedEvents = async () => {
    const rows = await stage.db
      .select()
      .from(events)
      .where(and(eq(events.hostAppId, hostAppId), eq(events.type, 'user.erased')));
    return rows.map(({ data, consentId }) => ({ data, consentId }));
  };
  return { dataDeletion, hostAppId, session, connect, begin, end, erasedEvents };
}

onEveryDatabase((story) => {
  story('is recorded once, after the last of the user’s consents, with the ids of all', async (stage) => {
    const user = await newUser(stage);
    const [one, other] = [await user.connect(), await user.connect()];
    await user.session();
    const { erasureId } = await user.begin();
    expect(erasureId).toMatch(/^ers_/);
    expect(await user.erasedEvents()).toEqual([]);
    await user.end(one);
    expect(await user.erasedEvents()).toEqual([]);
    // Asked for again, it is the same deletion.
    expect((await user.begin()).erasureId).toBe(erasureId);
    await user.end(other);
    await user.end(other);
    const recorded = await user.erasedEvents();
    expect(recorded).toEqual([
      { consentId: null, data: { erasureId, consentIds: expect.arrayContaining([one, other]) as string[] } },
    ]);
    expect((recorded[0]?.data['consentIds'] as string[]).length).toBe(2);
    expect(eventTypes['user.erased'].data.strict().parse(recorded[0]?.data)).toEqual(recorded[0]?.data);
    expect(await user.begin()).toMatchObject({ erasureId: undefined, consentIds: [] });
    expect(await user.erasedEvents()).toHaveLength(1);
  });

  story('is recorded once also when the last consents are deleted at the same time', async (stage) => {
    const user = await newUser(stage);
    const consents = await Promise.all(Array.from({ length: 4 }, () => user.connect()));
    await user.begin();
    await Promise.all(consents.map((id) => user.end(id)));
    expect(await user.erasedEvents()).toHaveLength(1);
  });

  story('is recorded at once for a user who has no consent', async (stage) => {
    const user = await newUser(stage);
    await user.session();
    const { erasureId } = await user.begin();
    expect(await user.erasedEvents()).toEqual([{ consentId: null, data: { erasureId, consentIds: [] } }]);
    await user.begin();
    expect(await user.erasedEvents()).toHaveLength(1);
  });

  story('waits for an answer of Google that is being stored', async (stage) => {
    const user = await newUser(stage);
    const session = await user.session();
    const answered = { state: 'started' as const, oauthStateUsedAt: at };
    await stage.db.update(connectSessions).set(answered).where(eq(connectSessions.id, session.id));
    const { erasureId } = await user.begin();
    expect(await user.erasedEvents()).toEqual([]);
    await stage.connectSessions.endWithout({ ...session, ...answered }, 'failed', 'CONNECT_INTERRUPTED', later(2));
    expect(await user.erasedEvents()).toEqual([{ consentId: null, data: { erasureId, consentIds: [] } }]);
  });

  story('is not recorded when a consent of the user is deleted, and the user is not', async (stage) => {
    const user = await newUser(stage);
    const id = await user.connect();
    await user.end(id);
    expect(await user.erasedEvents()).toEqual([]);
  });
});
