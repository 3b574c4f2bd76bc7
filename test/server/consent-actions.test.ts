// A host app's requests for its own consents, on a real Portage: each request takes effect, and a repeat does no harm.
import { startTestPortage, type TestPortage } from '../support/portage';
import { until } from '../support/until';

const resource = 'myactivity.search';

describe('a consent of a host app', () => {
  let portage: TestPortage;
  beforeAll(async () => {
    portage = await startTestPortage();
  });
  afterAll(() => portage.stop());

  const ask = async (method: string, path: string, options: { body?: unknown; key?: string } = {}) => {
    const { body, key = portage.apiKey } = options;
    const answer = await fetch(`${portage.url}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
  };
  const connect = async (userId: string) => {
    const account = `${userId}@example.com`;
    portage.emulator.control.addAccount({ email: account, name: account });
    const { consentId } = await portage.connect({
      resources: [resource],
      userId,
      decision: { access: '180d', account },
    });
    if (consentId === undefined) throw new Error('the user did not get to a consent');
    return consentId;
  };
  const liveGrants = () => portage.emulator.control.state.grants.filter(({ endedAt }) => endedAt === undefined).length;
  const shown = async (id: string, isThere: (json: Record<string, unknown>) => boolean) =>
    until(`what was asked of ${id}`, async () => {
      const { json } = await ask('GET', `/consents/${id}`);
      return isThere(json) ? json : undefined;
    });
  const firstExport = (id: string) =>
    shown(id, ({ exports }) => (exports as { endedAt: unknown }[]).some(({ endedAt }) => endedAt !== null));
  const audited = async (consentId: string) => {
    const entries = await portage.portage.auditLog.page({ consentId, after: '', limit: 1_000 });
    return entries
      .filter(({ actorKind }) => actorKind === 'api_key')
      .map(({ action, object }) => [action, object ?? null]);
  };

  it('is paused, resumed, exported, cancelled and deleted, each twice', async () => {
    const id = await connect('user-of-all');
    await firstExport(id);

    const accepted = (asked: string) => ({ status: 202, json: { id, asked } });
    expect(await ask('POST', `/consents/${id}/pause`)).toEqual(accepted('pause'));
    const { json: paused } = await ask('GET', `/consents/${id}`);
    expect(paused['pausedAt']).not.toBeNull();
    expect(await ask('POST', `/consents/${id}/pause`)).toEqual(accepted('pause'));
    expect((await ask('GET', `/consents/${id}`)).json['pausedAt']).toBe(paused['pausedAt']);
    await until('the loop to be paused', async () => {
      // On a busy machine the worker may not answer in time, which is another answer.
      const { status, json } = await ask('POST', `/consents/${id}/export`);
      return status === 202 && (json['loops'] as { answer: string }[])[0]?.answer === 'paused' ? true : undefined;
    });
    expect(await ask('POST', `/consents/${id}/resume`)).toEqual(accepted('resume'));
    expect((await ask('GET', `/consents/${id}`)).json['pausedAt']).toBeNull();
    expect(await ask('POST', `/consents/${id}/resume`)).toEqual(accepted('resume'));

    // Google's lock of 24 hours counts from the first export.
    for (const body of [{ resource }, { resource }]) {
      // The workflow reads a moment later that the consent is resumed.
      const exported = await until('the loop to be resumed', async () => {
        const answer = await ask('POST', `/consents/${id}/export`, { body });
        if (answer.status !== 202) return undefined;
        const [loop] = answer.json['loops'] as { answer: string }[];
        return loop?.answer === 'paused' ? undefined : answer;
      });
      const locked = { loop: resource, answer: 'locked', exportId: null, lockedUntil: expect.any(String) as string };
      expect(exported).toEqual({ status: 202, json: { id, asked: 'export', resource, loops: [locked] } });
    }
    const ungranted = await ask('POST', `/consents/${id}/export`, { body: { resource: 'chrome.history' } });
    expect([ungranted.status, ungranted.json['code']]).toEqual([403, 'SCOPE_MISSING']);
    expect((await ask('POST', `/consents/${id}/export`, { body: { resource: 'No resource' } })).status).toBe(400);

    expect(await ask('POST', `/consents/${id}/cancel`)).toEqual(accepted('cancel'));
    expect(await ask('POST', `/consents/${id}/cancel`)).toEqual(accepted('cancel'));
    await shown(id, ({ state }) => state === 'cancelled');
    expect(liveGrants()).toBe(0);
    expect(await ask('POST', `/consents/${id}/cancel`)).toEqual(accepted('cancel'));
    for (const word of ['pause', 'resume', 'export']) {
      const refused = await ask('POST', `/consents/${id}/${word}`);
      expect([refused.status, refused.json['code']]).toEqual([409, 'CONSENT_ENDED']);
    }

    expect(await ask('DELETE', `/consents/${id}`)).toEqual(accepted('delete'));
    await shown(id, ({ dataDeletedAt }) => dataDeletedAt !== null);
    expect(await ask('DELETE', `/consents/${id}`)).toEqual(accepted('delete'));

    // A repeat has an entry of its own.
    const entries = (await audited(id)).map(([action, object]) => `${action ?? ''} ${object ?? ''}`.trim());
    expect(entries.filter((entry, index) => entry !== entries[index - 1])).toEqual([
      ...['consent.paused', 'consent.export_requested', 'consent.resumed'],
      ...[`consent.export_requested ${resource}`, 'consent.cancelled', 'consent.deleted'],
    ]);
    expect(entries.filter((entry) => entry === 'consent.paused')).toHaveLength(2);
  });

  it('that is live is deleted with its grant', async () => {
    const id = await connect('user-to-delete');
    expect((await ask('DELETE', `/consents/${id}`)).status).toBe(202);
    expect((await ask('DELETE', `/consents/${id}`)).status).toBe(202);
    await shown(id, ({ state, dataDeletedAt }) => state === 'deleted' && dataDeletedAt !== null);
    expect(liveGrants()).toBe(0);
    const refused = await ask('POST', `/consents/${id}/cancel`);
    expect([refused.status, refused.json['code']]).toEqual([409, 'CONSENT_ENDED']);
  });

  it('is left alone by another host app, and by a key without manage', async () => {
    const id = await connect('user-to-keep');
    const { hostApps, consents } = portage.portage;
    const other = await hostApps.createApiKey('Another host app', { scopes: ['connect', 'read', 'manage'] });
    const reader = await hostApps.createApiKey('Test host app', { scopes: ['connect', 'read'] });
    const requests = ['pause', 'resume', 'export', 'cancel'].map((word) => ['POST', `/consents/${id}/${word}`]);
    for (const [method = '', path = ''] of [...requests, ['DELETE', `/consents/${id}`]]) {
      const foreign = await ask(method, path, { key: other.key });
      expect([path, foreign.status, foreign.json['code']]).toEqual([path, 404, 'NOT_FOUND']);
      const unscoped = await ask(method, path, { key: reader.key });
      expect([path, unscoped.status, unscoped.json['code']]).toEqual([path, 403, 'API_KEY_LACKS_MANAGE']);
    }
    expect(await consents.find(id)).toMatchObject({ pausedAt: null, stopWanted: null, endedAt: null });
    expect(await audited(id)).toEqual([]);
  });
});
