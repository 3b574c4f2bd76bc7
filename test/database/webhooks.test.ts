// The outbox of webhooks: positions without gaps, one delivery for each endpoint that wants an event, and its order.
import { asc, eq } from 'drizzle-orm';

import { recordEvent } from '../../src/database/write-events';
import { events, webhookDeliveries } from '../../src/database/schema';
import { createWebhookStore } from '../../src/database/webhooks';
import { failingForMs } from '../../src/domain/webhook-retries';
import { eventTypes } from '../../src/events/event-types';
import { at, later, onEveryDatabase, type Stage } from './databases';

const tried = { at: at.toISOString(), status: 500, durationMs: 3, answer: 'no' };
const attemptAt = (minutes: number) => ({ ...tried, at: later(minutes).toISOString() });

async function endpointOf(stage: Stage, eventTypes?: Parameters<typeof recordEvent>[1]['type'][]) {
  const webhooks = createWebhookStore(stage.db, stage.vault);
  const session = await stage.session();
  const { hostAppId } = session;
  const { endpoint } = await webhooks.createEndpoint({ hostAppId, url: 'https://app.example', eventTypes, at });
  return { webhooks, session, hostAppId, endpoint };
}

onEveryDatabase((story) => {
  story(
    'numbers the events of a host app without gaps, however many transactions write and fail at once',
    async (stage) => {
      const { hostAppId, id } = await stage.session();
      const write = (number: number) =>
        stage.db.transaction(async (tx) => {
          const data = { connectSessionId: id };
          await recordEvent(tx, { hostAppId, type: 'connect_session.expired', data, at: later(number) });
          if (number % 3 === 0) throw new Error('changed its mind');
        });
      await Promise.allSettled(Array.from({ length: 30 }, (_, number) => write(number)));
      const recorded = await stage.db
        .select({ position: events.position })
        .from(events)
        .where(eq(events.hostAppId, hostAppId))
        .orderBy(asc(events.position));
      expect(recorded.map(({ position }) => position)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    },
  );

  story('has nothing to send where the change was taken back', async (stage) => {
    const { webhooks, endpoint, hostAppId, session } = await endpointOf(stage);
    const data = { connectSessionId: session.id };
    const change = stage.db.transaction(async (tx) => {
      await recordEvent(tx, { hostAppId, type: 'connect_session.expired', data, at });
      throw new Error('changed its mind');
    });
    await expect(change).rejects.toThrow('changed its mind');
    expect(await webhooks.nextDelivery({ endpointId: endpoint.id, stream: session.id })).toBeUndefined();
  });

  story('makes a delivery for each endpoint that wants the type, and none for others', async (stage) => {
    const all = await endpointOf(stage);
    const { webhooks, hostAppId, session } = all;
    const make = (types: ('consent.paused' | 'consent.connected')[]) =>
      webhooks.createEndpoint({ hostAppId, url: 'https://other.example', eventTypes: types, at });
    const { endpoint: some } = await make(['consent.connected']);
    const { endpoint: none } = await make(['consent.paused']);
    const { endpoint: off } = await make(['consent.connected']);
    await webhooks.disableEndpoint(off.id, 'operator', at);
    const other = await endpointOf(stage);
    const consentId = await stage.consent({ session });

    const rows = await stage.db.select().from(webhookDeliveries).orderBy(asc(webhookDeliveries.position));
    const typesOf = async (endpointId: string) => {
      const ids = rows
        .filter((row) => row.endpointId === endpointId && row.stream === consentId)
        .map((row) => row.eventId);
      const recorded = await stage.eventsOf(consentId);
      return recorded.filter(({ id }) => ids.includes(id)).map(({ type }) => type);
    };
    expect(await typesOf(all.endpoint.id)).toEqual(['consent.connected']);
    // Those of a connect session are a stream of their own.
    expect(rows.map((row) => row.stream)).toContain(session.id);
    expect(await typesOf(some.id)).toEqual(['consent.connected']);
    for (const { id } of [none, off, other.endpoint]) expect(await typesOf(id)).toEqual([]);
    // The event of the disabled endpoint goes to the other endpoints of its host app.
    expect(rows.filter(({ stream }) => stream === 'app').map(({ endpointId }) => endpointId)).toContain(
      all.endpoint.id,
    );
  });

  story('gives a stream that is due to one caller, and again when nothing came of it', async (stage) => {
    const { webhooks, endpoint, session } = await endpointOf(stage);
    const stream = await stage.consent({ session });
    const own = async (minutes: number) =>
      (await webhooks.claimDue(later(minutes), 1_000)).filter(
        (each) => each.endpointId === endpoint.id && each.stream === stream,
      );
    const claims = await Promise.all([own(1), own(1), own(1)]);
    expect(claims.flat()).toEqual([{ endpointId: endpoint.id, stream }]);
    expect(await own(1.5)).toEqual([]);
    expect(await own(3)).toEqual([{ endpointId: endpoint.id, stream }]);
    await webhooks.releaseClaim({ endpointId: endpoint.id, stream });
    expect(await own(3)).toEqual([{ endpointId: endpoint.id, stream }]);
  });

  story('gives a stream with its waiting events, and then with later ones', async (stage) => {
    const { webhooks, endpoint, session } = await endpointOf(stage);
    const stream = await stage.consent({ session });
    const where = { endpointId: endpoint.id, stream };
    const own = async (minutes: number) =>
      (await webhooks.claimDue(later(minutes), 1_000)).filter(
        (each) => each.endpointId === endpoint.id && each.stream === stream,
      );
    const deliver = async () => {
      const due = await webhooks.nextDelivery(where);
      if (due === undefined) throw new Error('nothing to deliver');
      await webhooks.recordAttempt(due.delivery, { ...tried, status: 200 }, { kind: 'delivered' });
      return due.event.type;
    };
    await stage.consents.setPaused(stream, true, at);
    expect(await own(1)).toEqual([where]);
    expect(await deliver()).toBe('consent.connected');
    await stage.consents.setPaused(stream, false, at);
    // Its workflow continues with the next one.
    expect(await own(1.5)).toEqual([]);
    expect(await deliver()).toBe('consent.paused');
    // The workflow may have ended before this one came.
    expect(await own(1.5)).toEqual([where]);
    expect(await deliver()).toBe('consent.resumed');
  });

  story('goes through a stream in order, and past an event only when it is delivered or failed', async (stage) => {
    const { webhooks, endpoint, session } = await endpointOf(stage);
    const stream = await stage.consent({ session });
    await stage.consents.setPaused(stream, true, later(1));
    await stage.consents.setPaused(stream, false, later(2));
    const where = { endpointId: endpoint.id, stream };
    const next = () => webhooks.nextDelivery(where);

    const first = await next();
    expect(first?.event.type).toBe('consent.connected');
    if (first === undefined) throw new Error('nothing to deliver');
    await webhooks.recordAttempt(first.delivery, tried, { kind: 'retry', nextAt: later(10) });
    const again = await next();
    expect(again).toMatchObject({ event: { id: first.event.id }, delivery: { tries: 1, attempts: [tried] } });
    expect(again?.delivery.nextAt).toEqual(later(10));
    // The wait is the workflow's, until it is late.
    const due = async (minutes: number) =>
      (await webhooks.claimDue(later(minutes), 1_000)).some(
        (each) => each.endpointId === endpoint.id && each.stream === stream,
      );
    expect([await due(9), await due(10.5), await due(11.5)]).toEqual([false, false, true]);

    await webhooks.recordAttempt(first.delivery, tried, { kind: 'failed' });
    const second = await next();
    expect(second?.event.type).toBe('consent.paused');
    if (second === undefined) throw new Error('nothing to deliver');
    await webhooks.recordAttempt(second.delivery, { ...tried, status: 200 }, { kind: 'delivered' });
    // Recorded twice, as by a repeated step.
    await webhooks.recordAttempt(second.delivery, tried, { kind: 'failed' });
    expect((await next())?.event.type).toBe('consent.resumed');

    expect((await webhooks.listFailures(endpoint.id, 10)).map(({ event }) => event.id)).toEqual([first.event.id]);
    expect(await webhooks.replay(endpoint.id, 'failures', later(20))).toBe(1);
    expect(await next()).toMatchObject({ event: { id: first.event.id }, delivery: { tries: 0, state: 'pending' } });
    expect(await webhooks.replay(endpoint.id, { eventId: second.event.id }, later(20))).toBe(1);
    expect(await webhooks.replay(endpoint.id, { since: at }, later(20))).toBe(4);
    expect(await webhooks.replay(endpoint.id, { since: later(0.5) }, later(20))).toBe(2);
  });

  story('disables an endpoint that is gone, or took nothing for days, and notifies the others', async (stage) => {
    const { webhooks, endpoint, hostAppId, session } = await endpointOf(stage);
    const other = await webhooks.createEndpoint({ hostAppId, url: 'https://b.example', eventTypes: undefined, at });
    const stream = await stage.consent({ session });
    const fail = async (endpointId: string, minutes: number, kind: 'gone' | 'retry') => {
      const due = await webhooks.nextDelivery({ endpointId, stream });
      if (due === undefined) throw new Error('nothing to deliver');
      return webhooks.recordAttempt(due.delivery, attemptAt(minutes), { kind, nextAt: later(minutes) });
    };
    const days = failingForMs / 60_000;
    expect(await fail(other.endpoint.id, 0, 'retry')).toBeUndefined();
    expect(await fail(other.endpoint.id, days - 1, 'retry')).toBeUndefined();
    expect(await fail(other.endpoint.id, days, 'retry')).toBe('failing');
    expect(await webhooks.nextDelivery({ endpointId: other.endpoint.id, stream })).toBeUndefined();
    const due = await webhooks.nextDelivery({ endpointId: endpoint.id, stream: 'app' });
    expect(due?.event).toMatchObject({
      type: 'webhook_endpoint.disabled',
      data: { endpointId: other.endpoint.id, reason: 'failing' },
    });
    expect(await fail(endpoint.id, 1, 'gone')).toBe('gone');
    expect(await webhooks.findEndpoint(endpoint.id)).toMatchObject({ state: 'disabled', disabledReason: 'gone' });
    expect(await webhooks.enableEndpoint(endpoint.id, later(2))).toBe(true);
    expect(await webhooks.nextDelivery({ endpointId: endpoint.id, stream })).toMatchObject({ delivery: { tries: 0 } });
  });

  story('rotates secrets with an overlap', async (stage) => {
    const { webhooks, endpoint } = await endpointOf(stage);
    const [before] = webhooks.secretsOf(endpoint, at);
    const fresh = await webhooks.rotateSecrets(endpoint.id, 60 * 60_000, at);
    const rotated = await webhooks.findEndpoint(endpoint.id);
    if (rotated === undefined) throw new Error('the endpoint is gone');
    expect(webhooks.secretsOf(rotated, later(59))).toEqual([fresh, before]);
    expect(webhooks.secretsOf(rotated, later(60))).toEqual([fresh]);
    expect(await stage.everyRow()).not.toContain('whsec_');
  });

  story('keeps every event of a consent’s life within its type', async (stage) => {
    const { session } = await endpointOf(stage);
    const consentId = await stage.consent({ session });
    await stage.consents.setPaused(consentId, true, at);
    await stage.consents.setPaused(consentId, false, at);
    const takeover = { by: consentId, because: 'no_account_hint', resources: ['chrome.history'] } as const;
    await stage.consents.supersede(consentId, [takeover], at);
    await stage.consents.end(consentId, 'completed', undefined, at);
    const recorded = await stage.eventsOf(consentId);
    expect(new Set(recorded.map(({ type }) => type)).size).toBe(5);
    for (const { type, data } of recorded) expect(eventTypes[type].data.strict().parse(data)).toEqual(data);
  });
});
