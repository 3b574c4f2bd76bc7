// Every operation of the API with requests made by chance from docs/openapi.json, allowed ones and spoiled ones, against a
// whole Portage on either database: no answer is a fault of the server's, and every refusal names the fault.
// Each answer is held against the document as well (test/setup/check-answers.ts).
import fc from 'fast-check';

import { ApiDocument, type DescribedOperation } from '../../support/api-document';
import { generatedRequest, type GeneratedRequest, type Known } from '../../support/generated-request';
import { startTestPortage, type TestPortage } from '../../support/portage';

const document = new ApiDocument();
/** The names that a refusal of the request itself has to contain: the field, the parameter or the header. */
const invalid = 'REQUEST_INVALID';

interface Seen {
  readonly status: number;
  readonly code: string | undefined;
}

// What a request may be is checked before either database is asked: fewer requests show their difference.
describe.each([
  ['PostgreSQL', false, 40],
  ['the embedded database', true, 20],
])('on %s', (_name, embedded, requestsOfEach) => {
  let portage: TestPortage;
  let known: Known;
  let adminKey: string;
  const statuses = new Map<string, Set<number>>();

  beforeAll(async () => {
    portage = await startTestPortage({
      embedded,
      environment: { API_REQUESTS_PER_MINUTE: '1000000', PAGE_REQUESTS_PER_MINUTE: '1000000' },
    });
    const imported = await portage.import({ resources: ['myactivity.search'], userId: 'user-1' });
    const { consentId: active } = await portage.connect({
      resources: ['youtube.comments'],
      userId: 'user-2',
      decision: { access: '180d' },
    });
    const session = await portage.api.createConnectSession({ userId: 'user-3', resources: ['chrome.history'] });
    await portage.api.createConnectSession({ userId: 'user-4', resources: ['chrome.history'] });
    const endpoint = await portage.portage.webhooks.createEndpoint({
      hostAppId: (await portage.portage.consents.find(imported.id))?.hostAppId ?? '',
      ...{ url: 'https://app.example.com/webhooks', eventTypes: undefined, at: portage.portage.now() },
    });
    const newKey = () => portage.portage.hostApps.createApiKey('Test host app', { scopes: ['admin'] });
    adminKey = (await newKey()).key;
    const keyIds = [(await newKey()).keyId, (await newKey()).keyId];
    const ids: Record<string, readonly string[]> = {
      'connect-sessions': [session.id],
      consents: [imported.id, ...(active === undefined ? [] : [active])],
      exports: imported.exports.map(({ id }) => id),
      'webhook-endpoints': [endpoint.endpoint.id],
      'api-keys': keyIds,
    };
    const numbers = ['1', '2'];
    known = {
      inPath: (path, name) => {
        if (name === 'id') return ids[path.split('/')[2] ?? ''] ?? [];
        if (['number', 'part', 'entry'].includes(name)) return numbers;
        return name === 'userId' ? ['user-4'] : [];
      },
      fields: {
        resources: [['myactivity.search'], ['youtube.comments', 'chrome.history']],
        resource: ['myactivity.search', 'youtube.comments'],
        url: ['https://app.example.com/webhooks'],
        returnUrl: ['https://app.example.com/connected'],
        since: [new Date(Date.now() - 30 * 86_400_000).toISOString()],
        records: [{ kinds: ['activity'] }],
        // A host app may have a hundred keys: most of them end soon.
        ...{ expiresInSeconds: [1], overlapSeconds: [0] },
        renewsConsentId: active === undefined ? ['con_1'] : [active],
      },
      bodies: {
        // Exactly one of four fields is allowed.
        replayWebhookEvents: { failures: true },
        createConnectSession: { userId: 'user-5', resources: ['myactivity.search'] },
      },
    };
  });
  afterAll(async () => {
    await portage.stop();
  });

  async function send({ method, path, headers, body }: GeneratedRequest): Promise<Seen> {
    const answer = await fetch(portage.url + path, {
      ...{ method, headers, redirect: 'manual' as const },
      ...(body === undefined ? {} : { body }),
    });
    if (answer.status < 400) {
      // A stream is read to its end, since its faults come late.
      await answer.arrayBuffer();
      return { status: answer.status, code: undefined };
    }
    const problem = (await answer.json()) as { code?: string; detail?: string; errors?: readonly object[] };
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    if (answer.status >= 500) throw new Error(`${answer.status} ${JSON.stringify(problem)}`);
    expect(problem.code).toMatch(/^[A-Z_]+$/);
    expect(problem.detail).not.toBe('');
    if (problem.code === invalid) expect(problem.errors?.length).toBeGreaterThan(0);
    return { status: answer.status, code: problem.code };
  }

  const run = async (operation: DescribedOperation) => {
    const seen = new Set<number>();
    statuses.set(operation.operationId, seen);
    const requests = generatedRequest(document, operation, { key: adminKey, known });
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const { status, code } = await send(request);
        seen.add(status);
        // A request that the document allows may name a missing resource, but is not refused for its form.
        if (request.isAllowed && code === 'UNSUPPORTED_MEDIA_TYPE') throw new Error('an allowed request was refused');
      }),
      { numRuns: requestsOfEach },
    );
  };

  // Deletions come last: all other requests would get 404 for deleted resources.
  const ordered = document.operations.toSorted(
    (one, other) => Number(one.method === 'DELETE') - Number(other.method === 'DELETE'),
  );
  it.each(ordered.map((operation) => [operation.operationId, operation] as const))(
    '%s answers every request as documented',
    (_id, operation) => run(operation),
  );

  it('reached each operation: with success, and with a refusal where there is something to refuse', () => {
    const unreached = [...statuses].filter(([, seen]) => ![...seen].some((status) => status < 400)).map(([id]) => id);
    // A code that confirms a session is given to a browser only.
    expect(unreached).toEqual(['confirmConnectSession']);
    const unrefused = [...statuses].filter(([, seen]) => ![...seen].some((status) => status >= 400)).map(([id]) => id);
    expect(unrefused).toEqual([]);
  });
});
