/** The spine: one person's one-time consent, from the connect page to a verified archive and a reset. */
import { consentWorkflowId, exportWorkflowId } from '../../src/workflows/ids';
import { renewedSignal } from '../../src/workflows/signals-and-queries';
import { countEvents, historyText } from '../support/history';
import { longIt } from '../support/long';
import { until } from '../support/program';
import { recordHistory } from '../support/record-history';
import { startTestPortage, testClient, type TestPortage } from '../support/portage';

describe('a one-time consent', () => {
  let portage: TestPortage;

  beforeAll(async () => {
    portage = await startTestPortage();
  });
  afterAll(async () => {
    await portage.stop();
  });

  it('is carried to verified archives, and its grant is reset and deleted', async () => {
    const consent = await portage.import({ resources: ['myactivity.search', 'maps.starred_places'] });

    expect(consent).toMatchObject({ state: 'completed', accessType: 'one_time', errorCode: null });
    expect(consent.exports.map(({ resource, state, verdict }) => ({ resource, state, verdict }))).toEqual(
      expect.arrayContaining([
        { resource: 'myactivity.search', state: 'ready', verdict: 'complete' },
        { resource: 'maps.starred_places', state: 'ready', verdict: 'complete' },
      ]),
    );
    for (const each of consent.exports) expect(each.parts).toHaveLength(each.partsTotal ?? -1);

    const calls = portage.emulator.control.requests().map(({ method }) => method);
    expect(calls.filter((method) => method === 'initiate')).toHaveLength(2);
    expect(calls.filter((method) => method === 'reset')).toHaveLength(1);
    // After the reset nothing is asked of Google but the revocation (docs/google-api.md §8).
    expect(calls.slice(calls.indexOf('reset') + 1)).toEqual(['revoke']);
    expect(calls.lastIndexOf('download')).toBeLessThan(calls.indexOf('reset'));
    await recordHistory(portage.temporal, consentWorkflowId(consent.id), 'one-time-consent');
    await recordHistory(portage.temporal, exportWorkflowId(consent.id, 'myactivity.search'), 'one-time-export');
  });

  it('delivers every stored part to the host app only', async () => {
    const consent = await portage.import({ resources: ['youtube.subscriptions'] });
    const [part] = consent.exports[0]?.parts ?? [];
    const get = (key: string) =>
      fetch(`${portage.url}${part?.path ?? ''}`, { headers: { authorization: `Bearer ${key}` } });

    const answer = await get(portage.apiKey);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(answer.status).toBe(200);
    expect(bytes).toHaveLength(part?.bytes ?? -1);
    expect(bytes.subarray(0, 2).toString()).toBe('PK');

    const { key: foreign } = await portage.portage.hostApps.createApiKey('Another host app');
    expect((await get(foreign)).status).toBe(404);
    expect((await get('pk_wrong')).status).toBe(401);
  });

  it('leaves no token, link or file content in any history or log line', async () => {
    const seen: string[] = [];
    const { consentId } = await portage.connect({ resources: ['myactivity.youtube'] });
    const secrets = portage.emulator.control.state;
    seen.push(...secrets.accessTokens.map(({ token }) => token));
    seen.push(...secrets.grants.flatMap(({ refreshToken }) => refreshToken ?? []));
    seen.push(...secrets.codes.map(({ code }) => code), testClient.clientSecret, portage.apiKey);
    const consent = await portage.ended(consentId ?? '');
    seen.push(...portage.emulator.control.state.accessTokens.map(({ token }) => token));
    expect(seen.length).toBeGreaterThan(5);

    const histories = await Promise.all([
      historyText(portage.temporal, consentWorkflowId(consent.id)),
      historyText(portage.temporal, exportWorkflowId(consent.id, 'myactivity.youtube')),
    ]);
    const written = [...histories, ...portage.logLines].join('\n');
    // The search itself works: it finds permitted values.
    expect(written).toContain(consent.id);
    expect(written).toContain('wait for the archive');
    for (const secret of seen) expect(written).not.toContain(secret);
    expect(written).not.toContain('X-Goog-Signature');
    expect(written).not.toContain('download-storage');
    expect(written).not.toContain('MyActivity.json');
    expect(written).not.toContain('youtube.com/watch');
  });

  it('is asked about again when Google’s answer names no access', async () => {
    const { control } = portage.emulator;
    control.clearRequests();
    control.addFault({ method: 'check', status: 200, body: {} });
    const consent = await portage.import({ resources: ['myactivity.search'], userId: 'unnamed' });
    expect(consent).toMatchObject({ state: 'completed', accessType: 'one_time', exports: [{ state: 'ready' }] });
    expect(control.requests().filter(({ method }) => method === 'check')).toHaveLength(2);
  });

  it('takes a renewal that came before the first task of its workflow', async () => {
    const { id: consentId } = await portage.import({ resources: ['myactivity.search'] });
    // The consent has ended in the database a moment before its workflow, which would take the signal itself.
    await portage.temporal.workflow.getHandle(consentWorkflowId(consentId)).result();
    const { taskQueue } = portage.config.temporal;
    const handle = await portage.temporal.workflow.signalWithStart('consentWorkflow', {
      ...{ workflowId: consentWorkflowId(consentId), taskQueue },
      args: [{ consentId, policy: portage.config.policy }],
      signal: renewedSignal,
      signalArgs: [{ endsAtMs: Date.now() }],
    });
    expect(await handle.result()).toEqual({ state: 'completed', exports: [] });
  });

  longIt('costs at most 42 events per export, and none for a poll', async () => {
    const short = await portage.import({ resources: ['chrome.history'], userId: 'short' });
    const { control } = portage.emulator;
    control.setJobs({ durationMs: 30 * 60_000 });
    control.clearRequests();
    const { consentId = '' } = await portage.connect({ resources: ['chrome.history'], userId: 'long' });
    await until('10 polls', () =>
      Promise.resolve(control.requests().filter(({ method }) => method === 'state').length >= 10 || undefined),
    );
    control.clock.advance(30 * 60_000);
    const long = await portage.ended(consentId);

    const events = (id: string) => countEvents(portage.temporal, exportWorkflowId(id, 'chrome.history'));
    const [fewPolls, manyPolls] = [await events(short.id), await events(long.id)];
    expect(manyPolls).toBeLessThanOrEqual(42);
    expect(manyPolls).toBe(fewPolls);
  });
});
