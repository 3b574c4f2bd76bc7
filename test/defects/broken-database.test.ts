// The connection to PostgreSQL is ended at every statement of the callback and of an export: no process ends, nothing is
// lost, and no unknown grant is active.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';

import { createCallActivities, createHeavyActivities } from '../../src/activities';
import { loadConfig } from '../../src/config';
import { PortageError } from '../../src/domain/error-codes';
import { usualLimits } from '../../src/domain/timeouts';
import { createPortageApi } from '../../src/dev/portage-api';
import { freePort } from '../support/free-port';
import { startEmulator, type Emulator } from '../../src/emulator';
import { createLogger } from '../../src/log';
import { openPortage, type Portage } from '../../src/portage';
import { createReadiness } from '../../src/readiness/readiness';
import { createApp } from '../../src/server/app';
import { createRefusalCounter } from '../../src/server/audit-refusals';
import { createEventWaiters } from '../../src/server/event-waiters';
import { createHeldGrants } from '../../src/server/resume-held-grants';
import { createSemaphore } from '../../src/semaphore';
import { createBrowser } from '../support/browser';
import { longIt } from '../support/long';
import { quickPolicy, testClient, testVaultKeys } from '../support/portage';
import { startTestPostgres, type TestDatabase } from '../support/postgres';
import { watchStatements, type Statements } from '../support/statements';

let postgres: TestDatabase | undefined;
let emulator: Emulator;
let portage: Portage;
let server: Server;
let statements: Statements;
let apiKey: string;
let dataDir: string;
const unhandled: unknown[] = [];
const note = (error: unknown) => void unhandled.push(error);
/** As after some minutes, for work that is repeated only then. */
let aheadMs = 0;

beforeAll(async () => {
  const started = await startTestPostgres();
  if ('missing' in started) {
    process.stderr.write(`Broken connections were not tried. ${started.missing}\n`);
    return;
  }
  postgres = started;
  dataDir = mkdtempSync(join(tmpdir(), 'portage-test-broken-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  emulator = await startEmulator({
    jobDurationMs: 0,
    clients: [{ ...testClient, redirectUris: [`${url}/oauth/callback`] }],
  });
  const config = loadConfig({
    PUBLIC_URL: url,
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: postgres.url,
    VAULT_KEYS: testVaultKeys,
    GOOGLE_CLIENT_ID: testClient.clientId,
    GOOGLE_CLIENT_SECRET: testClient.clientSecret,
    GOOGLE_EMULATOR_URL: emulator.url,
    GOOGLE_CALLS_PER_MINUTE: '1000000',
    ...quickPolicy,
  });
  portage = await openPortage(config, () => new Date(Date.now() + aheadMs), usualLimits);
  await portage.database.migrate();
  server = createServer(createApp(serverDependencies()));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  ({ key: apiKey } = await portage.hostApps.createApiKey('Test host app', { confirmation: false }));
  statements = await watchStatements(postgres.url);
  process.on('uncaughtException', note);
});

afterAll(async () => {
  process.off('uncaughtException', note);
  if (postgres === undefined) return;
  await statements.stop();
  server.close();
  server.closeAllConnections();
  await emulator.stop();
  await portage.close();
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

afterEach(() => {
  aheadMs = 0;
  expect(unhandled.splice(0)).toEqual([]);
});

/** Without Temporal: its calls are not checked here. */
function serverDependencies() {
  const logger = createLogger('error', { write: () => undefined });
  const pace = { everyMs: 60_000, retryMs: 1_000, withinMs: 1_000, quickWithinMs: 1_000 };
  return {
    ...portage,
    readiness: createReadiness({ ...pace, checks: [], logger, now: portage.now }),
    consentStarter: { tryStart: () => Promise.resolve() },
    signalRenewal: () => Promise.resolve(),
    deleteUser: () => Promise.reject(new Error('no user is deleted here')),
    messages: {
      send: () => Promise.reject(new Error('no message is sent here')),
      exportNow: () => Promise.reject(new Error('no export is asked for here')),
    },
    refusals: createRefusalCounter({ ...portage, logger }),
    eventWaiters: createEventWaiters({ ...portage, logger }),
    inGrantTurn: createSemaphore(6),
    inConfirmationTurn: createSemaphore(2),
    logger,
  };
}

const resource = 'myactivity.search';
let users = 0;

interface Connected {
  readonly userId: string;
  readonly accountId: string;
  readonly callback: Response;
}

/** Goes to Google and back as a new user with an account of its own; `onCallback` is called right before the callback. */
async function connect(access: 'once' | '30d', onCallback: () => void, renews?: Connected): Promise<Connected> {
  users += 1;
  const userId = renews?.userId ?? `user-${users}`;
  const accountId =
    renews?.accountId ??
    emulator.control.addAccount({ email: `user-${users}@example.com`, name: `User ${users}` }).accountId;
  const api = createPortageApi({ url: portage.config.publicUrl, apiKey });
  const renewsConsentId = renews === undefined ? undefined : (await consentsOf(userId))[0]?.id;
  const session = await api.createConnectSession({
    userId,
    resources: [resource],
    ...(renewsConsentId === undefined ? {} : { renewsConsentId }),
  });
  const browser = createBrowser();
  emulator.control.decideNext({ access, account: accountId });
  const toCallback = await browser.follow(await browser.continueToGoogle(session.connectUrl));
  onCallback();
  return { userId, accountId, callback: await browser.follow(toCallback) };
}

const consentsOf = (userId: string) =>
  portage.consents.page({ state: undefined, userId, before: undefined, limit: 10 });

/** The newest grant that lives at Google is one that a consent holds the tokens of; older ones of the account end with it. */
async function expectNoUnknownGrant({ userId, accountId }: Connected): Promise<void> {
  const live = emulator.control.state.grants.filter(
    (each) => each.accountId === accountId && each.endedAt === undefined,
  );
  const held = await Promise.all((await consentsOf(userId)).map(({ id }) => portage.tokens.find(id)));
  const known = held.flatMap((tokens) => (tokens === undefined ? [] : [tokens.accessToken, tokens.refreshToken]));
  for (const grant of live.slice(-1)) {
    const tokens = emulator.control.state.accessTokens.filter(({ grantId }) => grantId === grant.grantId);
    expect(known).toEqual(expect.arrayContaining([tokens.at(-1)?.token]));
  }
}

const untilStored = async () => {
  aheadMs = 3 * 60_000;
  await createHeldGrants(serverDependencies()).keepAll();
  aheadMs = 0;
};

describe.each(['before', 'after'] as const)('D58: a connection that ends %s each statement', (when) => {
  const breakCallback = async (isRenewal: boolean) => {
    if (postgres === undefined) return;
    const outcomes = new Set<string>();
    for (let number = 0; ; number += 1) {
      statements.watch();
      const before = isRenewal ? await connect('30d', () => undefined) : undefined;
      const connected = await connect('30d', () => statements.watch({ number, when }), before);
      const [isHit, statement] = [statements.wasHit(), statements.seen[number] ?? ''];
      statements.watch();
      await untilStored();
      await expectNoUnknownGrant(connected);
      const consents = await consentsOf(connected.userId);
      expect(consents.length).toBeLessThanOrEqual(1);
      outcomes.add(`${connected.callback.status} ${consents.length}`);
      // Once the exchange was made, the grant is stored in the end.
      const isExchanged = emulator.control.state.grants.some(({ accountId }) => accountId === connected.accountId);
      if (isExchanged) expect([statement, consents.length]).toEqual([statement, 1]);
      if (!isHit) break;
    }
    // Some answers come before the exchange, and one run is undisturbed.
    expect([...outcomes]).toEqual(expect.arrayContaining(['303 1', `503 ${isRenewal ? 1 : 0}`]));
  };

  // Answers that come too late lose the most: the statement has already run.
  (when === 'after' ? it : longIt)('of the callback of a new consent loses no grant', () => breakCallback(false));
  longIt('of the callback of a renewal loses no grant', () => breakCallback(true));

  longIt('of an export and of its end loses nothing, and starts one job', async () => {
    if (postgres === undefined) return;
    statements.watch();
    const connected = await connect('once', () => undefined);
    const [consent] = await consentsOf(connected.userId);
    if (consent === undefined) throw new Error('there is no consent');
    const consentId = consent.id;
    const { policy } = portage.config;
    const activities = {
      ...createCallActivities(portage.activityDependencies),
      ...createHeavyActivities(portage.activityDependencies),
    };
    const quiet = { logger: new DefaultLogger('ERROR') };
    let hits = 0;
    /** As Temporal does it: again and again, each try broken off at the next statement, until one is done undisturbed. */
    const step = async <T>(run: () => Promise<T>): Promise<T> => {
      for (let number = 0; ; number += 1) {
        statements.watch({ number, when });
        const result = await new MockActivityEnvironment({ attempt: 1 }, quiet).run(run).then(
          (value) => ({ value: value as T }),
          (error: unknown) => ({ error }),
        );
        const isHit = statements.wasHit();
        statements.watch();
        hits += Number(isHit);
        if ('value' in result && !isHit) return result.value;
        if ('error' in result) {
          if (!isHit) throw result.error;
          expect(result.error).toBeInstanceOf(PortageError);
          expect(result.error).toMatchObject({ code: 'DATABASE_UNAVAILABLE', retryable: true });
        }
      }
    };
    const request = { consentId, resource, resources: [resource], cycle: 1, policy };
    await step(() => activities.openConsent({ consentId, policy }));
    const started = await step(() => activities.initiateExport(request));
    const row = (await portage.exports.page(consentId, { before: undefined, limit: 2 }))[0];
    if (row === undefined) throw new Error(`there is no export: ${JSON.stringify(started)}`);
    const place = { consentId, exportId: row.id, archiveJobId: row.archiveJobId ?? '' };
    await step(() => activities.awaitArchive({ ...place, policy }));
    await step(() => activities.downloadArchive(place));
    await step(() => activities.verifyExport(place));
    await step(() => activities.readRecords(place));
    await step(() => activities.resetAuthorization({ consentId }));
    await step(() => activities.endConsent({ consentId, state: 'completed' }));

    expect(hits).toBeGreaterThan(60);
    const [ended] = await portage.exports.page(consentId, { before: undefined, limit: 2 });
    expect(ended).toMatchObject({ state: 'ready', verdict: 'complete', recordsState: 'complete' });
    expect(emulator.control.state.jobs.filter(({ accountId }) => accountId === connected.accountId)).toHaveLength(1);
    expect(await portage.consents.find(consentId)).toMatchObject({
      state: 'completed',
      // A reset whose record was broken off is repeated, and Google knows the grant no longer.
      resetAnswer: when === 'before' ? 'already_ended' : 'done',
    });
    expect(await portage.tokens.find(consentId)).toBeUndefined();
    await expectNoUnknownGrant(connected);
    const events = (await portage.consents.listEvents(consentId)).map(({ type }) => type);
    expect(events).toEqual([
      'consent.connected',
      'export.started',
      'export.ready',
      'records.available',
      'consent.ended',
    ]);
  });
});
