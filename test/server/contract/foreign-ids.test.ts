// Nothing of one host app is reached with the key of another one: every operation of docs/openapi.json that takes an id,
// with the ids of the other host app.
import fc from 'fast-check';

import { ApiDocument, type DescribedOperation } from '../../support/api-document';
import { startApiServer, type ApiServer } from '../../support/api-server';
import { allowedValue } from '../../support/generated-request';
import { storeExport } from '../../support/stored-export';

const document = new ApiDocument();

let server: ApiServer;
/** The resources of the other host app, by the collection in the path. */
let foreign: Readonly<Record<string, string>>;
let otherKey: string;

beforeAll(async () => {
  server = await startApiServer();
  const stored = await storeExport(server.portage, { parts: [Buffer.from('a part'), Buffer.from('another one')] });
  otherKey = stored.apiKey;
  const created = await fetch(`${server.url}/v1/connect-sessions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${otherKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      userId: 'user-1',
      resources: ['myactivity.search'],
      returnUrl: 'https://app.example.com/connected',
    }),
  });
  const { portage } = server;
  const hostAppId = (await portage.consents.find(stored.consentId))?.hostAppId ?? '';
  const url = 'https://app.example.com/webhooks';
  const { endpoint } = await portage.webhooks.createEndpoint({
    hostAppId,
    url,
    eventTypes: undefined,
    at: portage.now(),
  });
  foreign = {
    'connect-sessions': ((await created.json()) as { id: string }).id,
    consents: stored.consentId,
    exports: stored.exportId,
    'webhook-endpoints': endpoint.id,
    // The other host app has no other key: its requests show whether this one was revoked.
    'api-keys': (await portage.hostApps.authenticate(otherKey, portage.now())).keyId,
  };
});
afterAll(() => server.stop());

/** Bodies of operations with a rule that no schema has. */
const bodies: Readonly<Record<string, unknown>> = {
  replayWebhookEvents: { failures: true },
  changeWebhookEndpoint: { eventTypes: null },
};

const example = (schema: Parameters<typeof allowedValue>[1]) =>
  fc.sample(allowedValue(document, schema), { numRuns: 1, seed: 7 })[0];

/** The address of an operation with ids of the other host app, and numbers that its export has. */
function addressOf({ operationId, path }: DescribedOperation): string {
  return path.replaceAll(/\{(\w+)\}/g, (_text, name: string) => {
    if (name !== 'id') return '1';
    const id = foreign[path.split('/')[2] ?? ''];
    if (id === undefined) throw new Error(`this test has no id of another host app for ${operationId}`);
    return id;
  });
}

async function call(key: string, operation: DescribedOperation): Promise<Response> {
  const { method, body, operationId } = operation;
  return fetch(server.url + addressOf(operation), {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(bodies[operationId] ?? example(body)) }),
  });
}

const withId = document.operations.filter(({ path }) => path.includes('{id}'));
const shown = withId.filter(({ method, path }) => method === 'GET' && path.endsWith('/{id}'));

async function stateOfTheOther(): Promise<unknown[]> {
  return Promise.all(shown.map(async (operation) => (await call(otherKey, operation)).json() as Promise<unknown>));
}

describe('an id of another host app', () => {
  it.each(withId.map((operation) => [operation.operationId, operation] as const))(
    'is not there for %s, and nothing happens to it',
    async (_id, operation) => {
      const before = await stateOfTheOther();
      const answer = await call(server.apiKey, operation);
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, 'NOT_FOUND']);
      expect(await stateOfTheOther()).toEqual(before);
    },
  );

  it('is available to its own host app', async () => {
    for (const operation of shown) expect((await call(otherKey, operation)).status).toBe(200);
    expect(shown.length).toBeGreaterThan(2);
  });
});
