/** Activities one at a time against the emulator, with their own database: requests, answers and rows. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';

import { createArchiveActivities } from '../../src/activities/export/archive-activities';
import { createConsentActivities } from '../../src/activities/consent/consent-activities';
import { createStartActivity } from '../../src/activities/export/start-export';
import { loadConfig } from '../../src/config';
import { createCallPacing } from '../../src/database/call-pacing';
import { PortageError } from '../../src/domain/error-codes';
import { startEmulator, type ConsentDecision } from '../../src/emulator';
import { createDataPortability, type DataPortability } from '../../src/google/data-portability';
import { createGrants } from '../../src/google/grants';
import { createOAuth } from '../../src/google/oauth';
import { readFailure } from '../../src/google/parse-error-answer';
import { openPortage } from '../../src/portage';
import { createStage } from '../database/databases';
import { databaseSettings } from '../support/database';
import { testClient, testVaultKeys } from '../support/portage';

export const minute = 60_000;
export const resource = 'myactivity.shopping';

/** In which state a job is when the call about it is repeated. */
export const jobStates = ['running', 'complete', 'failed', 'cancelled', 'gone'] as const;
export type JobState = (typeof jobStates)[number];
/** The fate of the answer to the first call. */
export const answers = ['lost', 'late', 'doubled'] as const;
export type Answer = (typeof answers)[number];
type FaultedMethod = 'initiate' | 'retry' | 'cancel' | 'reset' | 'revoke';

export type GoogleStage = Awaited<ReturnType<typeof openGoogleStage>>;

export async function openGoogleStage() {
  const dataDir = mkdtempSync(join(tmpdir(), 'portage-test-activities-'));
  const redirectUri = 'http://127.0.0.1:9/oauth/callback';
  const emulator = await startEmulator({
    clients: [{ ...testClient, redirectUris: [redirectUri] }],
    clock: { mode: 'set', at: '2026-03-01T09:30:00.000Z' },
    jobDurationMs: 10 * minute,
  });
  const { control } = emulator;
  const database = await databaseSettings();
  const config = loadConfig({
    ...database.settings,
    DATA_DIR: dataDir,
    VAULT_KEYS: testVaultKeys,
    GOOGLE_CLIENT_ID: testClient.clientId,
    GOOGLE_CLIENT_SECRET: testClient.clientSecret,
    GOOGLE_EMULATOR_URL: emulator.url,
    GOOGLE_CALLS_PER_MINUTE: '1000000',
  });
  const now = () => new Date(control.clock.now());
  const portage = await openPortage(config, now);
  await portage.database.migrate();
  const stage = createStage(portage.database.db, portage.vault);

  const options = { ...testClient, redirectUri, endpoints: portage.endpoints, now };
  const google = { oauth: createOAuth(options), dataPortability: createDataPortability(options) };
  /** The requests of calls whose callers gave up: Google gets them when a test lets them land. */
  const underWay: (() => Promise<unknown>)[] = [];
  const late = <T extends object>(peer: T, ...names: readonly (keyof T)[]): T => ({
    ...peer,
    ...Object.fromEntries(
      names.map((name) => [
        name,
        (...asked: unknown[]) => {
          underWay.push(() => (peer[name] as (...all: unknown[]) => Promise<unknown>)(...asked));
          return Promise.reject(new PortageError('GOOGLE_UNAVAILABLE'));
        },
      ]),
    ),
  });

  /** The activities of a worker that reaches Google so. */
  const activitiesOf = ({ oauth, dataPortability }: typeof google) => {
    const pacing = createCallPacing(portage.database.db, { clientId: testClient.clientId, perMinute: 1_000_000 });
    const grants = createGrants({
      tokens: portage.tokens,
      clients: { get: () => Promise.resolve({ oauth, pacing }) },
      now,
    });
    const deps = { ...portage.activityDependencies, grants, dataPortability };
    return { oauth, ...createStartActivity(deps), ...createArchiveActivities(deps), ...createConsentActivities(deps) };
  };
  const patient = activitiesOf(google);
  /** It gives up each call with an effect before Google gets the request. */
  const impatient = activitiesOf({
    oauth: late(google.oauth, 'revoke'),
    dataPortability: late(google.dataPortability, 'initiate', 'retry', 'cancel', 'resetAuthorization'),
  });
  let accounts = 0;

  /** A user with an account, and a consent of theirs, stored as the callback stores it. */
  const connect = async (access: NonNullable<ConsentDecision['access']>) => {
    accounts += 1;
    const account = control.addAccount({ email: `user-${accounts}@example.com`, name: `User ${accounts}` });
    control.decideNext({ access, account: account.email });
    const { verifier, challenge } = await patient.oauth.codePair();
    const url = patient.oauth.authorizeUrl({ state: 'any', codeChallenge: challenge, resources: [resource] });
    const { headers } = await fetch(url, { redirect: 'manual' });
    const code = new URL(headers.get('location') ?? '').searchParams.get('code') ?? '';
    const { tokens, refreshTokenExpiresAt: endsAt } = await patient.oauth.exchangeCode(code, verifier);
    const session = await stage.session({ userId: `user-${accounts}`, at: now() });
    const accessType = endsAt === undefined ? 'one_time' : 'time_based';
    const consentId = await portage.consents.create({
      session,
      resources: [resource],
      accessType,
      endsAt,
      tokens,
      at: now(),
    });

    const { accountId, email } = account;
    const jobs = () => control.state.jobs.filter((job) => job.accountId === accountId);
    const request = { consentId, resource, resources: [resource], cycle: 1, policy: config.policy };
    const row = async () => (await portage.exports.listByConsent(consentId))[0];
    return {
      consentId,
      request,
      row,
      jobs,
      calls: (method: string) =>
        control.requests().filter((each) => each.accountId === accountId && each.method === method),
      aliveGrants: () =>
        control.state.grants.filter((grant) => grant.accountId === accountId && grant.endedAt === undefined),
      /** Sets the fate of the answer to the next call; that of a late one is up to its caller, see `impatient`. */
      befall(method: FaultedMethod, answer: Answer): void {
        if (answer === 'lost') control.addFault({ method, account: email, when: 'after', cut: true });
      },
      /** Brings the newest job into a state. One that is to fail has to be ordered before it starts: see `fail`. */
      bring(state: JobState): void {
        const job = jobs().at(-1);
        if (job === undefined) throw new Error('there is no job');
        if (state === 'running') return;
        if (state === 'cancelled') job.cancelledAt = control.clock.now();
        else control.clock.advance(10 * minute);
        if (state === 'gone') job.discardedAt = control.clock.now();
      },
    };
  };

  return {
    portage,
    emulator,
    policy: config.policy,
    patient,
    impatient,
    connect,
    now,
    /** A worker some of whose calls to Google are others than the usual ones. */
    workerWith: (calls: (usual: DataPortability) => Partial<DataPortability>) =>
      activitiesOf({
        ...google,
        dataPortability: { ...google.dataPortability, ...calls(google.dataPortability) },
      }),
    /** How many late requests Google has not got yet. */
    requestsUnderWay: () => underWay.length,
    /** Lets the late request get to Google, which may refuse it by now, but has to answer. */
    async landed(): Promise<void> {
      const send = underWay.shift();
      if (send === undefined) throw new Error('no request is under way');
      await send().catch((error: unknown) => {
        const { httpStatus } = readFailure(error instanceof PortageError ? error.cause : error);
        if (httpStatus === undefined) throw error;
      });
    },
    /** Runs one try of a step. @param attempt its number, as Temporal counts it */
    run: <T>(step: () => Promise<T>, attempt = 1): Promise<T> =>
      new MockActivityEnvironment({ attempt }, { logger: new DefaultLogger('ERROR') }).run(step),
    /** So many of the next jobs fail. */
    fail: (failNext: number) => control.setJobs({ failNext }),
    reset(): void {
      control.setSwitches('documented');
      control.setJobs({ failNext: 0 });
      control.clearFaults();
      control.clearRequests();
      underWay.length = 0;
    },
    async stop(): Promise<void> {
      await emulator.stop();
      await portage.close();
      await database.remove();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
