// Webhooks over virtual days: deliveries to a receiver after a long outage, and the restart of unsent ones.
import { webhookWorkflowId } from '../../src/workflows/ids';
import { startVirtualPortage, type VirtualPortage } from '../support/virtual-portage';
import { recordHistory } from '../support/record-history';
import { away, startWebhookReceiver, taken, type WebhookReceiver } from '../support/webhook-receiver';

const hour = 3_600_000;
let virtual: VirtualPortage;
let receiver: WebhookReceiver;

beforeAll(async () => {
  receiver = await startWebhookReceiver();
  virtual = await startVirtualPortage({ environment: { WEBHOOK_PRIVATE_NETWORKS: '127.0.0.0/8' } });
});
afterAll(async () => {
  await virtual.stop();
  await receiver.stop();
});

it('a receiver that is unreachable for 70 hours gets every event, in the order of each consent', async () => {
  const { portage, environment } = virtual;
  const { webhooks, consents, connectSessions, hostApps, now } = portage;
  const { hostApp } = await hostApps.createApiKey('Has webhooks');
  const { endpoint } = await webhooks.createEndpoint({
    ...{ hostAppId: hostApp.id, url: receiver.url, eventTypes: undefined, at: now() },
  });
  receiver.answer(away);
  /** Its events come without a call to Temporal, as when Temporal is unreachable. */
  const endedConsent = async (): Promise<string> => {
    const at = now();
    const order = { hostAppId: hostApp.id, userId: 'user-1', resources: ['chrome.history'], returnUrl: undefined };
    const { id } = await connectSessions.create({ ...order, at, expiresAt: new Date(at.getTime() + hour) });
    const session = await connectSessions.find(id);
    if (session === undefined) throw new Error('no session');
    const consentId = await consents.create({
      ...{ session, resources: ['chrome.history'], accessType: undefined, endsAt: undefined, at },
      tokens: { accessToken: 'any', accessTokenExpiresAt: at, refreshToken: undefined },
    });
    await consents.setPaused(consentId, true, at);
    await consents.end(consentId, 'cancelled', undefined, at);
    return consentId;
  };
  const ids = [await endedConsent(), await endedConsent()];
  expect(receiver.received).toEqual([]);

  const round = await virtual.keepHouse();
  await virtual.sleep(70 * hour);
  const tries = receiver.received.length;
  expect(tries).toBeGreaterThanOrEqual(2 * 9);
  expect(new Set(receiver.received.map(({ event }) => event.type))).toEqual(
    new Set(['connect_session.connected', 'consent.connected']),
  );

  receiver.received.splice(0);
  receiver.answer(taken);
  await virtual.sleep(24 * hour);
  const expected = ['consent.connected', 'consent.paused', 'consent.ended'];
  const ofConsents = receiver.received.filter(({ event }) => event.type !== 'connect_session.connected');
  for (const id of ids) {
    const own = ofConsents.filter(({ event }) => event.data.consentId === id);
    expect(own.map(({ event }) => event.type)).toEqual(expected);
  }
  expect(ofConsents).toHaveLength(2 * expected.length);
  expect(receiver.received).toHaveLength(2 * expected.length + 2);
  // Nothing is left, so the workflows have ended; a test of the endpoint starts one again.
  const workflowId = webhookWorkflowId(endpoint.id, ids[0] ?? '');
  expect((await environment.client.workflow.getHandle(workflowId).describe()).status.name).toBe('COMPLETED');
  await recordHistory(environment.client, workflowId, 'webhook-retried');
  await recordHistory(environment.client, round, 'housekeeping-wakes-webhooks');

  await webhooks.testEndpoint(endpoint.id, now());
  await virtual.keepHouse();
  const app = environment.client.workflow.getHandle(webhookWorkflowId(endpoint.id, 'app'));
  await app.result();
  expect(receiver.received.at(-1)?.event.type).toBe('webhook_endpoint.test');
  await recordHistory(environment.client, app.workflowId, 'webhook');
});
