// Old events are deleted: delivered ones in the order of their positions, and none that still has to be sent.
import { asc, eq } from 'drizzle-orm';

import { createEventPruning } from '../../src/database/event-pruning';
import { createEventStore } from '../../src/database/read-events';
import { recordEvent } from '../../src/database/write-events';
import { createIdempotencyKeyStore } from '../../src/database/idempotency-keys';
import { createOwnSecrets } from '../../src/database/own-secrets';
import { events, idempotencyKeys, webhookDeliveries, webhookEndpoints } from '../../src/database/schema';
import { createWebhookStore } from '../../src/database/webhooks';
import { at, later, onEveryDatabase, type Stage } from './databases';

const day = 24 * 60;
const keptMs = 30 * day * 60_000;

async function newApp(stage: Stage, { connected = true } = {}) {
  const webhooks = createWebhookStore(stage.db, stage.vault);
  const { hostAppId, id } = await stage.session();
  const endpoint = connected
    ? (await webhooks.createEndpoint({ hostAppId, url: 'https://app.example', eventTypes: undefined, at })).endpoint
    : undefined;
  const addEvent = (minutes: number) =>
    stage.db.transaction((tx) =>
      recordEvent(tx, {
        ...{ hostAppId, type: 'connect_session.expired', data: { connectSessionId: id }, at: later(minutes) },
      }),
    );
  const positions = async () => {
    const rows = await stage.db
      .select({ position: events.position })
      .from(events)
      .where(eq(events.hostAppId, hostAppId))
      .orderBy(asc(events.position));
    return rows.map(({ position }) => position);
  };
  const deliver = async (minutes: number, kind: 'delivered' | 'failed' = 'delivered') => {
    const due = await webhooks.nextDelivery({ endpointId: endpoint?.id ?? '', stream: id });
    if (due === undefined) throw new Error('nothing to deliver');
    const tried = { at: later(minutes).toISOString(), status: 200, durationMs: 1, answer: '' };
    await webhooks.recordAttempt(due.delivery, tried, { kind });
  };
  const pruning = createEventPruning(stage.db);
  const prune = (minutes: number, limit = 100) => pruning.pruneOld(later(minutes), keptMs, limit);
  return { webhooks, hostAppId, sessionId: id, endpoint, addEvent, positions, deliver, pruning, prune };
}

onEveryDatabase((story) => {
  story('removes old events, and returns the oldest that remains', async (stage) => {
    const app = await newApp(stage, { connected: false });
    for (const days of [0, 1, 2, 3]) await app.addEvent(days * day);
    expect(await createEventStore(stage.db).keptEvents(app.hostAppId)).toEqual({ oldest: 1, newest: 4 });
    await app.prune(30 * day);
    expect(await app.positions()).toEqual([1, 2, 3, 4]);
    await app.prune(31 * day + 1);
    expect(await app.positions()).toEqual([3, 4]);
    expect(await createEventStore(stage.db).keptEvents(app.hostAppId)).toEqual({ oldest: 3, newest: 4 });
    // In parts, where there is much.
    await app.prune(100 * day, 1);
    expect(await app.positions()).toEqual([4]);
    await app.prune(100 * day);
    expect(await createEventStore(stage.db).keptEvents(app.hostAppId)).toEqual({ oldest: 5, newest: 4 });
    await app.addEvent(101 * day);
    expect(await app.positions()).toEqual([5]);
  });

  story('keeps undelivered events, and all later ones', async (stage) => {
    const app = await newApp(stage);
    for (const days of [0, 1, 2]) await app.addEvent(days * day);
    await app.deliver(10);
    await app.prune(200 * day);
    // The first one went, with its delivery; the second one waits for the endpoint.
    expect(await app.positions()).toEqual([2, 3]);
    await app.deliver(200 * day, 'failed');
    await app.deliver(201 * day);
    await app.prune(220 * day);
    // Their deliveries have just ended, and can be looked at.
    expect(await app.positions()).toEqual([2, 3]);
    await app.prune(230 * day + 1);
    expect(await app.positions()).toEqual([3]);
    await app.prune(232 * day);
    expect(await app.positions()).toEqual([]);
    expect(await createEventStore(stage.db).keptEvents(app.hostAppId)).toEqual({ oldest: 4, newest: 3 });
  });

  story('gives up events that a disabled endpoint has never accepted', async (stage) => {
    const app = await newApp(stage);
    const endpointId = app.endpoint?.id ?? '';
    await app.addEvent(0);
    await app.webhooks.disableEndpoint(endpointId, 'operator', later(1));
    const state = async () => {
      const rows = await stage.db.select().from(webhookDeliveries).where(eq(webhookDeliveries.endpointId, endpointId));
      return rows.map((row) => row.state);
    };
    await app.prune(30 * day);
    expect(await state()).toEqual(['pending']);
    await app.prune(30 * day + 1);
    expect(await state()).toEqual(['failed']);
    await app.prune(60 * day + 2);
    expect(await state()).toEqual([]);
  });

  story('keeps who is known to have connected the same account, as long as it names a user', async (stage) => {
    const app = await newApp(stage, { connected: false });
    const about = { hostAppId: app.hostAppId, at };
    const shared = { sharedAccountId: 'acc_01jd8m6n5ze3bv9d2rm4w5x6y7', userId: 'user-1' };
    await stage.db.transaction((tx) => recordEvent(tx, { ...about, type: 'consent.account_shared', data: shared }));
    await app.addEvent(0);
    await app.prune(31 * day);
    expect(await app.positions()).toEqual([1]);
    // For a reader by position, it is gone.
    expect(await createEventStore(stage.db).keptEvents(app.hostAppId)).toEqual({ oldest: 3, newest: 2 });
  });

  story('removes a deleted endpoint an hour later, with deliveries that were made meanwhile', async (stage) => {
    const app = await newApp(stage);
    const endpointId = app.endpoint?.id ?? '';
    await app.addEvent(0);
    await app.webhooks.deleteEndpoint(endpointId, later(0));
    // An event that was being written did not see the deletion.
    await stage.db.update(webhookEndpoints).set({ state: 'enabled' }).where(eq(webhookEndpoints.id, endpointId));
    await app.addEvent(1);
    await stage.db.update(webhookEndpoints).set({ state: 'deleted' }).where(eq(webhookEndpoints.id, endpointId));
    const rows = () => stage.db.$count(webhookEndpoints, eq(webhookEndpoints.id, endpointId));
    await app.prune(60);
    expect(await rows()).toBe(1);
    expect((await app.prune(61)).endpoints).toBe(1);
    expect(await rows()).toBe(0);
  });

  story('removes answers for idempotency keys after a day', async (stage) => {
    const app = await newApp(stage, { connected: false });
    const store = createIdempotencyKeyStore(stage.db, createOwnSecrets(stage.db, stage.vault));
    await store.begin({ hostAppId: app.hostAppId, key: 'a key', content: '' }, at);
    const rows = () => stage.db.$count(idempotencyKeys, eq(idempotencyKeys.hostAppId, app.hostAppId));
    await app.prune(day);
    expect(await rows()).toBe(1);
    await app.prune(day + 1);
    expect(await rows()).toBe(0);
  });
});
