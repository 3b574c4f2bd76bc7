// One step of a stream of webhooks, with a real receiver: the result of each answer, and the content of a repeat.
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';

import { createWebhookActivities } from '../../src/activities/deliver-webhooks';
import { openDatabase } from '../../src/database/open-database';
import type { OpenDatabase } from '../../src/database/database';
import { createWebhookStore, type WebhookStream } from '../../src/database/webhooks';
import { createWebhookSender } from '../../src/webhooks/send';
import { createStage } from '../database/databases';
import { embeddedDatabase } from '../support/database';
import { away, startWebhookReceiver, taken, type WebhookReceiver } from '../support/webhook-receiver';

const hour = 3_600_000;
const sender = createWebhookSender({ networks: ['127.0.0.0/8'], timeoutMs: 60_000 });
let clock = new Date('2026-03-01T10:00:00.000Z');
let database: OpenDatabase;
let receiver: WebhookReceiver;
let stage: ReturnType<typeof createStage>;
let webhooks: ReturnType<typeof createWebhookStore>;

beforeAll(async () => {
  database = await openDatabase(await embeddedDatabase());
  stage = createStage(database.db);
  webhooks = createWebhookStore(database.db, stage.vault);
  receiver = await startWebhookReceiver();
});
afterAll(async () => {
  await sender.close();
  await receiver.stop();
  await database.close();
});
beforeEach(() => {
  receiver.received.splice(0);
  receiver.answer(taken);
});

const step = (stream: WebhookStream, store: typeof webhooks = webhooks): Promise<{ waitMs: number | null }> => {
  const deps = { webhooks: store, webhookSender: sender, publicUrl: 'https://portage.example', now: () => clock };
  const steps = createWebhookActivities(deps);
  return new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR', () => undefined) }).run<
    [],
    { waitMs: number | null },
    () => Promise<{ waitMs: number | null }>
  >(() => steps.deliverWebhooks(stream));
};

/** An endpoint at the receiver, and a stream with the events of a consent that was paused and resumed. */
async function newStream(): Promise<WebhookStream> {
  const session = await stage.session();
  const { endpoint } = await webhooks.createEndpoint({
    ...{ hostAppId: session.hostAppId, url: receiver.url, eventTypes: undefined, at: clock },
  });
  const stream = await stage.consent({ session, at: clock });
  await stage.consents.setPaused(stream, true, clock);
  await stage.consents.setPaused(stream, false, clock);
  return { endpointId: endpoint.id, stream };
}
const typesReceived = () => receiver.received.map(({ event }) => event.type);
const everything = ['consent.connected', 'consent.paused', 'consent.resumed'];

it('sends the waiting events in order, and then has nothing left', async () => {
  const stream = await newStream();
  expect(await step(stream)).toEqual({ waitMs: null });
  expect(typesReceived()).toEqual(everything);
  expect(receiver.received[0]?.event).toEqual({
    ...{ id: receiver.received[0]?.id, type: 'consent.connected', timestamp: clock.toISOString(), position: 2 },
    data: {
      ...{ consentId: stream.stream, requested: ['chrome.history', 'myactivity.search'], granted: ['chrome.history'] },
      others: [],
      links: { consent: `https://portage.example/v1/consents/${stream.stream}` },
    },
  });
  expect(await step(stream)).toEqual({ waitMs: null });
  expect(receiver.received).toHaveLength(3);
});

it('sends an event without a recorded outcome again, with the same bytes', async () => {
  const stream = await newStream();
  const dying = { ...webhooks, recordAttempt: () => Promise.reject(new Error('the worker died')) };
  await expect(step(stream, dying)).rejects.toThrow('the worker died');
  expect(await step(stream)).toEqual({ waitMs: null });
  expect(typesReceived()).toEqual([everything[0], ...everything]);
  const [first, again] = receiver.received;
  expect([again?.id, again?.body]).toEqual([first?.id, first?.body]);
});

it('does not hold the end of the former address against an endpoint that has another one by then', async () => {
  const stream = await newStream();
  const url = `${receiver.url}/other`;
  receiver.answer((response) => {
    receiver.answer(taken);
    void webhooks.changeEndpoint(stream.endpointId, { url }, clock).then(() => response.writeHead(410).end());
  });
  await step(stream);
  expect(await step(stream)).toEqual({ waitMs: null });
  expect(await webhooks.findEndpoint(stream.endpointId)).toMatchObject({ url, state: 'enabled', failingSince: null });
  expect(typesReceived()).toEqual([everything[0], ...everything]);
});

it.each([
  ['a broken connection', away, 5_000],
  ['an error', (response) => void response.writeHead(500).end('no'), 5_000],
  ['a redirect, which is not followed', (response) => void response.writeHead(301, { location: '/' }).end(), 5_000],
  ['429 with a time', (response) => void response.writeHead(429, { 'retry-after': '7200' }).end(), 2 * hour],
  [
    '503 with a time far away',
    (response) => void response.writeHead(503, { 'retry-after': '9999999' }).end(),
    24 * hour,
  ],
] as [string, Parameters<WebhookReceiver['answer']>[0], number][])(
  'after %s, it waits',
  async (_what, answer, pauseMs) => {
    const stream = await newStream();
    receiver.answer(answer);
    const { waitMs } = await step(stream);
    expect(waitMs).toBeGreaterThanOrEqual(pauseMs);
    expect(waitMs).toBeLessThanOrEqual(1.1 * pauseMs);
    // Nothing is sent while it waits, and no later event overtakes it.
    receiver.answer(taken);
    expect((await step(stream)).waitMs).toBe(waitMs);
    expect(typesReceived()).toEqual([everything[0]]);
    clock = new Date(clock.getTime() + (waitMs ?? 0));
    expect(await step(stream)).toEqual({ waitMs: null });
    expect(typesReceived()).toEqual([everything[0], ...everything]);
  },
);

it('410 disables the endpoint, and events that it did not accept are sent when it is enabled again', async () => {
  const stream = await newStream();
  receiver.answer((response) => void response.writeHead(410).end());
  expect(await step(stream)).toEqual({ waitMs: null });
  expect(await webhooks.findEndpoint(stream.endpointId)).toMatchObject({ state: 'disabled', disabledReason: 'gone' });
  receiver.answer(taken);
  expect(await step(stream)).toEqual({ waitMs: null });
  expect(receiver.received).toHaveLength(1);
  await webhooks.enableEndpoint(stream.endpointId, clock);
  expect(await step(stream)).toEqual({ waitMs: null });
  expect(typesReceived()).toEqual([everything[0], ...everything]);
});

it('tries at least ten times over three days, then continues with the next event', async () => {
  const stream = await newStream();
  receiver.answer((response) => void response.writeHead(500).end());
  const startedAt = clock.getTime();
  let tries = 0;
  for (; typesReceived().every((type) => type === everything[0]); tries += 1) {
    const { waitMs } = await step(stream);
    if (waitMs !== null && waitMs > 0) clock = new Date(clock.getTime() + waitMs);
  }
  expect(tries).toBeGreaterThanOrEqual(10);
  expect(clock.getTime() - startedAt).toBeGreaterThanOrEqual(3 * 24 * hour);
  const [failed] = await webhooks.listFailures(stream.endpointId, 10);
  expect(failed?.delivery).toMatchObject({ state: 'failed', tries: 11 });
  expect(failed?.delivery.attempts).toHaveLength(11);
});
