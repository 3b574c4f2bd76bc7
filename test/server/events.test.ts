// The events of a host app, read from a position on: the bodies of webhooks, in order, none left out, and waited for.
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { sql } from 'drizzle-orm';

import { createWebhookActivities, type StreamState } from '../../src/activities/deliver-webhooks';
import { recordEvent } from '../../src/database/write-events';
import { newId } from '../../src/database/ids';
import { eventTypeNames, type EventType } from '../../src/domain/states';
import { appStream } from '../../src/domain/webhook-retries';
import { eventTypes } from '../../src/events/event-types';
import { createLogger } from '../../src/log';
import type { Problem } from '../../src/problem-details';
import { createEventWaiters } from '../../src/server/event-waiters';
import { createWebhookSender } from '../../src/webhooks/send';
import { startApiServer, type ApiServer } from '../support/api-server';
import { until } from '../support/until';
import { startWebhookReceiver } from '../support/webhook-receiver';

const at = new Date('2026-03-01T09:30:00.000Z');
const waiters = 20;
let server: ApiServer;
let isStopped = false;
beforeAll(async () => (server = await startApiServer()));
afterAll(() => (isStopped ? undefined : server.stop()));

interface Page {
  readonly items: readonly { id: string; type: string; position: number }[];
  readonly nextAfter: number;
}
interface App {
  readonly hostAppId: string;
  record(type: EventType, ids?: { consentId?: string; exportId?: string }): Promise<void>;
  ask(query: string, signal?: AbortSignal): Promise<Response>;
  read(query: string): Promise<Page>;
}
async function newApp(): Promise<App> {
  const { hostApp, key } = await server.portage.hostApps.createApiKey(`app ${crypto.randomUUID()}`);
  const hostAppId = hostApp.id;
  const ask = (query: string, signal?: AbortSignal) =>
    fetch(`${server.url}/v1/events${query}`, {
      headers: { authorization: `Bearer ${key}` },
      ...(signal && { signal }),
    });
  return {
    hostAppId,
    ask,
    record: (type, ids) =>
      recordEvent(server.portage.database.db, { hostAppId, type, ...ids, data: eventTypes[type].example, at }),
    async read(query) {
      const answer = await ask(query);
      expect(answer.status).toBe(200);
      return (await answer.json()) as Page;
    },
  };
}
const types = ({ items }: Page) => items.map(({ type }) => type);
const positions = ({ items }: Page) => items.map(({ position }) => position);

it('an event of every type is the body that a webhook sends', async () => {
  const app = await newApp();
  const [receiver, sender] = [await startWebhookReceiver(), createWebhookSender({ networks: ['127.0.0.0/8'] })];
  try {
    const { activityDependencies, webhooks } = server.portage;
    const { endpoint } = await webhooks.createEndpoint({
      ...{ hostAppId: app.hostAppId, url: receiver.url, eventTypes: undefined, at },
    });
    const ids = { consentId: newId('con'), exportId: newId('exp') };
    const streams = new Set<string>([ids.consentId, appStream]);
    for (const type of eventTypeNames) {
      const isOfExport = type.startsWith('export.') || type === 'records.available' || type === 'data.deleted';
      const { connectSessionId } = eventTypes[type].example as { connectSessionId?: string };
      if (isOfExport) await app.record(type, ids);
      else if (type.startsWith('consent.')) await app.record(type, { consentId: ids.consentId });
      else await app.record(type);
      if (connectSessionId !== undefined) streams.add(connectSessionId);
    }
    const steps = createWebhookActivities({ ...activityDependencies, webhookSender: sender });
    const environment = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR', () => undefined) });
    for (const stream of streams) {
      await environment.run<[], StreamState, () => Promise<StreamState>>(() =>
        steps.deliverWebhooks({ endpointId: endpoint.id, stream }),
      );
    }
    const sent = receiver.received.toSorted((one, other) => one.event.position - other.event.position);
    const page = await app.read('?limit=100');
    expect(types(page)).toEqual(eventTypeNames);
    expect(page.items.map((event) => JSON.stringify(event))).toEqual(sent.map(({ body }) => body));
  } finally {
    await sender.close();
    await receiver.stop();
  }
});

describe('a page of events', () => {
  it('begins after a position and names the start of the next one', async () => {
    const app = await newApp();
    for (let number = 0; number < 5; number += 1) await app.record('consent.paused', { consentId: newId('con') });
    const first = await app.read('?limit=2');
    expect([positions(first), first.nextAfter]).toEqual([[1, 2], 2]);
    const second = await app.read(`?limit=100&after=${first.nextAfter}`);
    expect([positions(second), second.nextAfter]).toEqual([[3, 4, 5], 5]);
    expect(await app.read('?after=5')).toEqual({ items: [], nextAfter: 5 });
    expect(await (await newApp()).read('')).toEqual({ items: [], nextAfter: 0 });
  });

  it('of some types goes past the events of others', async () => {
    const app = await newApp();
    for (const type of ['consent.paused', 'consent.resumed', 'consent.paused', 'consent.paused'] as const) {
      await app.record(type, { consentId: newId('con') });
    }
    const resumed = await app.read('?types=consent.resumed,export.ready');
    expect([positions(resumed), resumed.nextAfter]).toEqual([[2], 4]);
    const paused = await app.read('?types=consent.paused&limit=2');
    expect([positions(paused), paused.nextAfter]).toEqual([[1, 3], 3]);
    expect(await app.read('?types=export.ready&after=2')).toEqual({ items: [], nextAfter: 4 });
  });

  it('passes over ten thousand events of other types at most, and a wait continues behind them', async () => {
    const app = await newApp();
    const { db } = server.portage.database;
    await db.execute(sql`
      insert into events (id, host_app_id, type, consent_id, data, created_at, position)
      select 'evt_' || ${app.hostAppId}::text || place, ${app.hostAppId}::text, 'consent.paused', 'con_1', '{}'::jsonb, now(), place
      from generate_series(1, 10001) place`);
    await db.execute(sql`update host_apps set last_event_position = 10001 where id = ${app.hostAppId}`);
    await app.record('consent.resumed', { consentId: newId('con') });
    expect(await app.read('?types=consent.resumed')).toEqual({ items: [], nextAfter: 10_000 });
    const next = await app.read('?types=consent.resumed&wait=30');
    expect([positions(next), next.nextAfter]).toEqual([[10_002], 10_002]);
  });

  it('leaves out no event while others are being written', async () => {
    const app = await newApp();
    const { db } = server.portage.database;
    let isDone = false;
    const write = (number: number) =>
      db.transaction(async (tx) => {
        const data = eventTypes['consent.paused'].example;
        const about = { hostAppId: app.hostAppId, type: 'consent.paused' as const, consentId: newId('con') };
        await recordEvent(tx, { ...about, data, at });
        if (number % 4 === 0) throw new Error('changed its mind');
      });
    const writing = Promise.allSettled(Array.from({ length: 40 }, (_, number) => write(number))).then(
      () => (isDone = true),
    );
    const read: number[] = [];
    for (let after = 0, isLast = false; !isLast;) {
      isLast = isDone;
      const page = await app.read(`?limit=7&after=${after}`);
      isLast &&= page.items.length === 0;
      read.push(...positions(page));
      after = page.nextAfter;
    }
    await writing;
    expect(read).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  });

  it('holds nothing of another host app', async () => {
    const [one, other] = [await newApp(), await newApp()];
    await one.record('consent.paused', { consentId: newId('con') });
    expect(await other.read('?limit=100')).toEqual({ items: [], nextAfter: 0 });
  });

  it.each([
    ['after=-1', 'after'],
    ['after=1.5', 'after'],
    ['after=9007199254740993', 'after'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['wait=31', 'wait'],
    ['wait=', 'wait'],
    ['types=', 'types'],
    ['types=export.ready,export.reday', 'types'],
    ['types=export.ready&types=export.failed', 'types'],
    ['type=export.ready', 'type'],
    // Of another installation, or of one that was restored from an old backup.
    ['after=1', 'after'],
  ])('is refused for %s, and the answer names the parameter', async (query, parameter) => {
    const answer = await (await newApp()).ask(`?${query}`);
    const { status, code, errors } = (await answer.json()) as Problem;
    expect([status, code, errors?.map((each) => each.parameter)]).toEqual([400, 'REQUEST_INVALID', [parameter]]);
  });
});

describe('a caller that waits for an event', () => {
  it('gets it when it is written, and events of other types only move the position', async () => {
    const app = await newApp();
    const all = app.read('?wait=30');
    const some = app.read('?wait=30&types=consent.resumed');
    await app.record('consent.paused', { consentId: newId('con') });
    expect(types(await all)).toEqual(['consent.paused']);
    await app.record('consent.resumed', { consentId: newId('con') });
    const page = await some;
    expect([positions(page), page.nextAfter]).toEqual([[2], 2]);
  });

  it('gets an empty page when the time is over', async () => {
    const app = await newApp();
    await app.record('consent.paused', { consentId: newId('con') });
    expect(await app.read('?wait=1&types=consent.resumed')).toEqual({ items: [], nextAfter: 1 });
  });

  it('is looked up together with all others, and not after that', async () => {
    const { events } = server.portage;
    const looked: (readonly string[])[] = [];
    let isAway = true;
    const counting = {
      newestPositions: (ids: readonly string[]) => {
        looked.push(ids);
        if (isAway) return Promise.reject(new Error('the database is unreachable'));
        return events.newestPositions(ids);
      },
    };
    const logger = createLogger('error', { write: () => undefined });
    const waiting = createEventWaiters({ events: counting, logger }, { lookEveryMs: 1 });
    const [one, other] = [await newApp(), await newApp()];
    const { signal } = new AbortController();
    const waits = [one, one, other].map(({ hostAppId }) => waiting.wait({ hostAppId, after: 0 }, 30_000, signal));
    const gone = new AbortController();
    const left = waiting.wait({ hostAppId: other.hostAppId, after: 5 }, 30_000, gone.signal);
    await until('some looks', () => Promise.resolve(looked.length > 3 ? true : undefined));
    expect(looked[0]?.toSorted()).toEqual([one.hostAppId, other.hostAppId].toSorted());
    isAway = false;
    await one.record('consent.paused', { consentId: newId('con') });
    await other.record('consent.paused', { consentId: newId('con') });
    expect(await Promise.all(waits)).toEqual([true, true, true]);
    gone.abort();
    expect(await left).toBe(false);
    expect(waiting.count()).toBe(0);
    await waiting.stop();
    const { length } = looked;
    expect(await waiting.wait({ hostAppId: one.hostAppId, after: 0 }, 30_000, signal)).toBe(false);
    expect(looked.length).toBe(length);
  });

  /** Takes all places of a host app. Of one request more than there are places, one is answered at once. */
  const fill = async (app: App, signal?: AbortSignal) => {
    const asked = Array.from({ length: waiters + 1 }, () => app.ask('?wait=30', signal));
    const [refused, index] = await Promise.race(asked.map(async (answer, place) => [await answer, place] as const));
    return { refused, waiting: asked.filter((_answer, place) => place !== index) };
  };

  it('has one of a few places, which a caller that hangs up releases', async () => {
    const app = await newApp();
    // Began to wait before the others, and still waits.
    let isControlAnswered = false;
    const controlEnd = new AbortController();
    const control = (await newApp()).ask('?wait=30', controlEnd.signal).then(
      () => (isControlAnswered = true),
      () => undefined,
    );
    const gone = new AbortController();
    const { waiting, refused } = await fill(app, gone.signal);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('10');
    expect(((await refused.json()) as Problem).code).toBe('TOO_MANY_REQUESTS');
    // Another host app has places of its own, and a caller that does not wait needs none.
    expect(await (await newApp()).read('?wait=1')).toEqual({ items: [], nextAfter: 0 });
    expect(await app.read('')).toEqual({ items: [], nextAfter: 0 });
    gone.abort();
    await Promise.allSettled(waiting);
    await until('a place', async () => ((await app.ask('?wait=1')).status === 200 ? true : undefined));
    expect(isControlAnswered).toBe(false);
    controlEnd.abort();
    await control;
  });

  it('is answered when the server stops', async () => {
    const { waiting } = await fill(await newApp());
    isStopped = true;
    const [, ...answers] = await Promise.all([
      server.stop(),
      ...waiting.map(async (answer) => (await answer).json() as Promise<Page>),
    ]);
    expect(answers).toEqual(waiting.map(() => ({ items: [], nextAfter: 0 })));
  });
});
