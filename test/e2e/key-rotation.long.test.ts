/** The rotation of the vault key on a Portage that is at work: exports that wait, a download under way, a loop asleep. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client, Connection } from '@temporalio/client';

import { needsOf, reportKeys } from '../../src/commands/key-report';
import { verdicts } from '../../src/commands/key-report-text';
import { rotateEverything, type RotateOptions } from '../../src/commands/rotate-keys';
import { loadConfig } from '../../src/config';
import { vaultChecks } from '../../src/database/schema';
import { createPortageApi, type PortageApi } from '../../src/dev/portage-api';
import { usualLimits } from '../../src/domain/timeouts';
import { startEmulator, type ConsentDecision, type Emulator } from '../../src/emulator';
import { bindListener } from '../../src/listener';
import { createLogger } from '../../src/log';
import { openPortage, type Portage } from '../../src/portage';
import { startProvenWorker } from '../../src/worker/start-proven-worker';
import { startServer } from '../../src/server/start';
import { removeHousekeeping } from '../../src/temporal/client/housekeeping-schedule';
import { createKeyRuns } from '../../src/temporal/client/key-runs';
import { createTemporalCalls } from '../../src/temporal/client/temporal-calls';
import { createVault } from '../../src/vault';
import { installRuntime } from '../../src/worker/start-worker';
import { createStage } from '../database/databases';
import { consentWorkflowId, exportWorkflowId } from '../../src/workflows/ids';
import '../support/built';
import { createBrowser } from '../support/browser';
import { databaseSettings } from '../support/database';
import { freePort } from '../support/free-port';
import { keptHistoryText } from '../support/history';
import { quickPolicy, temporalAddress, testClient } from '../support/portage';
import { until } from '../support/until';

const key = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString('base64')}`;
const oldKey = key('the-old-key', 1);
const newKey = key('the-new-key', 2);
/** The form of an id in a payload, and of a payload in a history's JSON. */
const sealedBy = (id: string) => Buffer.from(id).toString('base64');

/** On a busy machine Temporal may take many seconds for an answer, and a process for its next report. */
const patientMs = 60_000;
/** A running process reports often that it seals, so that a dead one is noticed soon. */
const limits = {
  ...usualLimits,
  temporal: { ...usualLimits.temporal, callMs: patientMs },
  readiness: { ...usualLimits.readiness, everyMs: 1_000, retryMs: 500 },
};
const marginMs = 3_000;
const dayMs = 12_000;

const logLines: string[] = [];
const logger = createLogger('debug', { write: (line: string) => void logLines.push(line) });

describe('a rotation of the vault key', () => {
  let emulator: Emulator;
  let database: Awaited<ReturnType<typeof databaseSettings>>;
  let settings: Record<string, string>;
  let port: number;
  let api: PortageApi;
  let connection: Connection;
  let running: { stop: () => Promise<void> } | undefined;

  beforeAll(async () => {
    installRuntime(logger);
    port = await freePort();
    const url = `http://localhost:${port}`;
    emulator = await startEmulator({
      dayMs,
      jobDurationMs: 200,
      clients: [{ ...testClient, redirectUris: [`${url}/oauth/callback`] }],
    });
    // A first start within a day of twelve seconds is too much for a busy machine.
    emulator.control.setSwitches({ Q12: 'B' });
    database = await databaseSettings();
    settings = {
      PUBLIC_URL: url,
      PORT: String(port),
      DATA_DIR: mkdtempSync(join(tmpdir(), 'portage-rotation-')),
      GOOGLE_CLIENT_ID: testClient.clientId,
      GOOGLE_CLIENT_SECRET: testClient.clientSecret,
      GOOGLE_EMULATOR_URL: emulator.url,
      TEMPORAL_ADDRESS: await temporalAddress(),
      TEMPORAL_TASK_QUEUE: `rotation-${randomUUID()}`,
      EXPORT_EVERY: `${dayMs}ms`,
      EXPORT_MARGIN: '100ms',
      LAST_EXPORT_BEFORE_END: '6s',
      RENEWAL_REMINDERS: '30s',
      RENEWAL_WINDOW: '270s',
      DOWNLOAD_SEGMENT_SIZE: '64 KiB',
      ...quickPolicy,
      // The margins below are for rounds every second.
      HOUSEKEEPING_EVERY: '1s',
      ...database.settings,
    };
    connection = await Connection.connect({ address: settings['TEMPORAL_ADDRESS'] ?? '' });
  });
  afterAll(async () => {
    await running?.stop();
    await removeHousekeeping(new Client({ connection }), settings['TEMPORAL_TASK_QUEUE'] ?? '');
    await connection.close();
    await emulator.stop();
    await database.remove();
    rmSync(settings['DATA_DIR'] ?? '', { recursive: true });
  });

  /** Server and worker with these keys, in place of those that ran before. */
  const start = async (vaultKeys: string): Promise<Portage> => {
    await running?.stop();
    const portage = await openPortage(loadConfig({ ...settings, VAULT_KEYS: vaultKeys }), undefined, limits);
    await portage.database.migrate();
    const worker = await startProvenWorker(portage, logger);
    const listener = await bindListener({ host: '127.0.0.1', port });
    const server = await startServer(portage, logger, { listener });
    running = {
      async stop() {
        await server.stop();
        await worker.stop();
        await portage.close();
        running = undefined;
      },
    };
    return portage;
  };
  /** The same database with other keys, as a command's process has it. */
  const withKeys = (portage: Portage, keys: string): Portage => {
    const { vaultKeys } = loadConfig({ ...settings, VAULT_KEYS: keys });
    const vault = createVault(vaultKeys);
    return { ...portage, vault, dataKeySealer: vault, config: { ...portage.config, vaultKeys } };
  };
  const callsOf = ({ dataConverter, config: { temporal } }: Portage) =>
    createTemporalCalls({
      client: new Client({ connection, dataConverter }),
      address: temporal.address,
      answerWithinMs: patientMs,
    });
  const rotate = (portage: Portage, options: Partial<RotateOptions> = {}) =>
    rotateEverything(portage, callsOf(portage), {
      marginMs,
      stopWithinMs: 300_000,
      print: () => undefined,
      signal: new AbortController().signal,
      ...options,
    });
  const report = (portage: Portage) =>
    reportKeys(portage, createKeyRuns(callsOf(portage), portage.config.temporal), { marginMs });
  const seen = (method: string) => emulator.control.requests().filter((request) => request.method === method).length;

  const connect = async (userId: string, decision: Omit<ConsentDecision, 'account'>): Promise<string> => {
    const { accountId } = emulator.control.addAccount({ email: `${userId}@example.com`, name: userId });
    expect(accountId).not.toBe('');
    const session = await api.createConnectSession({ userId, resources: ['myactivity.search'] });
    emulator.control.decideNext({ ...decision, account: `${userId}@example.com` });
    const browser = createBrowser();
    const callback = await browser.follow(await browser.follow(await browser.continueToGoogle(session.connectUrl)));
    return /\/consents\/(con_\w+)$/.exec(callback.headers.get('location') ?? '')?.[1] ?? '';
  };
  const exportIs = (state: string, consentId: string, cycle = 1) =>
    until(`export ${cycle} of ${consentId} is ${state}`, async () => {
      const { exports } = await api.getConsent(consentId);
      return exports.find((each) => each.cycle === cycle && each.state === state);
    });

  it('D67: keeps every consent alive, and reports when the old key may be removed', async () => {
    let portage = await start(oldKey);
    api = createPortageApi({
      url: settings['PUBLIC_URL'] ?? '',
      apiKey: (await portage.hostApps.createApiKey('App', { confirmation: false })).key,
    });

    const daily = await connect('daily', { access: '180d' });
    await exportIs('ready', daily);
    emulator.control.addFault({ method: 'download', bytesPerSecond: 2_000, times: 1 });
    const downloading = await connect('downloading', { access: 'once' });
    await exportIs('downloading', downloading);
    emulator.control.setJobs({ durationMs: 600_000 });
    const waiting = await connect('waiting', { access: 'once' });
    await exportIs('waiting', waiting);
    // Only the next day of the first consent is to be short from here on.
    emulator.control.setJobs({ durationMs: 200 });

    const [before] = await report(portage);
    expect(before).toMatchObject({ keyId: 'the-old-key', isFirst: true, isProven: true });
    expect(before?.sealed).toMatchObject({ 'data keys': 2, 'access tokens': 3, 'refresh tokens': 3 });
    // Three consents and their loops at least.
    await until('running workflows are visible', async () => {
      const [use] = await report(portage);
      return use?.temporal.known === true && use.temporal.openRuns >= 6;
    });

    // Other bytes under the id of the key are refused, and nothing is written.
    const rows = await createStage(portage.database.db, portage.vault).everyRow();
    const wrong = withKeys(portage, `${newKey},${key('the-old-key', 3)}`);
    const refused = { code: 'VAULT_KEY_WRONG', message: expect.stringContaining('the-old-key') as string };
    await expect(report(wrong)).rejects.toMatchObject(refused);
    await expect(rotate(wrong)).rejects.toMatchObject(refused);
    const dataKeysOf = (text: string) => [...text.matchAll(/the-(?:old|new)-key\.[\w-]+/g)].map(([value]) => value);
    expect(dataKeysOf(await createStage(portage.database.db, portage.vault).everyRow())).toEqual(dataKeysOf(rows));
    expect((await portage.database.db.select().from(vaultChecks)).map(({ keyId }) => keyId)).toEqual(['the-old-key']);

    // While a process seals with the old key, it cannot be rotated away.
    const early = withKeys(portage, `${newKey},${oldKey}`);
    const refusal = rotate(early, { marginMs: patientMs });
    await expect(refusal).rejects.toMatchObject({ code: 'VAULT_KEY_IN_USE' });

    const scheduled = () => logLines.filter((line) => line.includes('"housekeeping scheduled"')).length;
    const scheduledBefore = scheduled();
    portage = await start(`${newKey},${oldKey}`);
    await until('the schedule is sealed with the new key', () => scheduled() > scheduledBefore);
    const inStepAt = Date.now();
    const during = (await report(portage)).find(({ keyId }) => keyId === 'the-old-key');
    if (during?.lastSealedAt === undefined) throw new Error('no use of the old key is recorded');
    expect(needsOf(during).join()).toMatch(/running workflows/);
    // A round that began before needs the old key; on a busy machine, the next process starts later than the margin.
    const longMarginMs = Math.max(marginMs, inStepAt + 1_000 - during.lastSealedAt.getTime());

    // An interrupted rotation is finished by the next one.
    const breaking = new AbortController();
    const broken = rotate(portage, {
      marginMs: longMarginMs,
      signal: breaking.signal,
      print(line) {
        if (line.includes('restarted: consent/')) breaking.abort();
      },
    });
    await expect(broken).rejects.toMatchObject({ name: 'AbortError' });
    const { done, uses } = await rotate(portage, { marginMs: longMarginMs });
    expect({ done, uses: uses.map((use) => [use.keyId, needsOf(use)]) }).toEqual({
      done: true,
      uses: [['the-old-key', []]],
    });
    expect(verdicts(uses)).toMatch(
      /^The key "the-old-key" may be removed: no stored value and no running workflow needs it\. Until \d[^ ]*, Temporal keeps histories of closed workflows that only this key can open\./,
    );
    const wanted = [daily, waiting].flatMap((id) => [consentWorkflowId(id), exportWorkflowId(id, 'myactivity.search')]);
    const open = await until('the restarted workflows are visible', async () => {
      const listed = await createKeyRuns(callsOf(portage), portage.config.temporal).listOpen(new Date());
      return wanted.every((id) => listed.some(({ workflowId }) => workflowId === id)) ? listed : undefined;
    });
    for (const { workflowId } of open) {
      const kept = await keptHistoryText(callsOf(portage).client, workflowId);
      expect(kept).not.toContain(sealedBy('the-old-key'));
    }

    portage = await start(newKey);
    const lines = logLines.length;
    for (const job of emulator.control.state.jobs) job.finishAt = 0;
    for (const consentId of [waiting, downloading]) {
      const ended = await until(`the end of ${consentId}`, async () => {
        const consent = await api.getConsent(consentId);
        return consent.endedAt === null ? undefined : consent;
      });
      expect(ended).toMatchObject({ state: 'completed', exports: [{ cycle: 1, state: 'ready', verdict: 'complete' }] });
    }
    const cycles = (await api.getConsent(daily)).exports.map(({ cycle }) => cycle);
    await exportIs('ready', daily, Math.max(...cycles) + 1);
    expect((await api.getConsent(daily)).state).toBe('active');
    // One job for each one-time consent, also after restarts.
    const oneTime = emulator.control.state.jobs.filter(({ accessType }) => accessType === 'one_time');
    expect(oneTime).toHaveLength(2);
    expect(seen('initiate')).toBe(emulator.control.state.jobs.length);
    expect(logLines.slice(lines).filter((line) => line.includes('VAULT_KEY'))).toEqual([]);
  });

  it('reports that workflows are unknown while Temporal is unreachable, and never that there are none', async () => {
    const portage = await start(`${key('a-third-key', 3)},${newKey}`);
    const away = Connection.lazy({ address: '127.0.0.1:9' });
    const calls = createTemporalCalls({
      client: new Client({ connection: away }),
      address: 'away',
      answerWithinMs: 500,
    });
    try {
      const uses = await reportKeys(portage, createKeyRuns(calls, portage.config.temporal), { marginMs });
      const old = uses.find(({ keyId }) => keyId === 'the-new-key');
      expect(old?.temporal).toMatchObject({ known: false });
      expect(verdicts(uses)).toMatch(/The key "the-new-key" is still needed: .*running workflows: unknown/);
      const print = () => undefined;
      const rotation = await rotateEverything(portage, calls, {
        marginMs,
        print,
        signal: new AbortController().signal,
      });
      expect(rotation.done).toBe(false);
      // Stored values were sealed again nevertheless.
      expect(rotation.uses.find(({ keyId }) => keyId === 'the-new-key')?.sealed).toEqual({});
    } finally {
      await away.close();
    }
  });
});
