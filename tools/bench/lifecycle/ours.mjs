// Our side: Portage's own stores, worker and workflows, with a database and the emulator.
import { createHash, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inParallel } from './in-parallel.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const require = createRequire(import.meta.url);
const { Client, Connection } = require('@temporalio/client');
const { isNotNull } = require('drizzle-orm');
const ours = (path) => require(join(root, 'dist', path));
const { loadConfig } = ours('config/index.js');
const { consents, exportsTable } = ours('database/schema.js');
const { openPortage } = ours('portage.js');
const { createConsentWorkflows } = ours('temporal/client/consent-workflows.js');
const { startWorker } = ours('worker/start-worker.js');

const resource = 'myactivity.shopping';
/** The same for both kinds of consents, which share the database. */
const vaultKeys = `bench:${randomBytes(32).toString('base64')}`;

/**
 * @param folder for data
 * @param databaseUrl a PostgreSQL database; undefined for PGlite
 * @param repeats time-based consents, whose exports follow each other; else one-time ones
 */
export async function openOurs({ folder, databaseUrl, temporal, google, client, dayMs, repeats, logger }) {
  const config = loadConfig({
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    DATA_DIR: folder,
    VAULT_KEYS: vaultKeys,
    GOOGLE_CLIENT_ID: client.id,
    GOOGLE_CLIENT_SECRET: client.secret,
    GOOGLE_EMULATOR_URL: google.url,
    GOOGLE_CALLS_PER_MINUTE: '1000000',
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_TASK_QUEUE: `ours-${repeats}`,
    POLL_MIN: '1s',
    POLL_MAX: '1s',
    EXPORT_EVERY: `${dayMs}ms`,
    EXPORT_MARGIN: '1ms',
    WINDOW_OVERLAP: '1s',
    LAST_EXPORT_BEFORE_END: '1s',
    RENEWAL_REMINDERS: '1s',
  });
  const portage = await openPortage(config);
  await portage.database.migrate();
  const { db } = portage.database;
  const countEnded = () =>
    repeats
      ? db.$count(exportsTable, isNotNull(exportsTable.endedAt))
      : db.$count(consents, isNotNull(consents.endedAt));
  const { hostApp } = await portage.hostApps.createApiKey('bench');
  const connection = await Connection.connect({ address: temporal.address });
  const { dataConverter } = portage;
  const { workflow } = new Client({ connection, dataConverter });
  const consentWorkflows = createConsentWorkflows({
    client: new Client({ connection, dataConverter }),
    address: temporal.address,
    taskQueue: config.temporal.taskQueue,
    consents: portage.consents,
    timeoutMs: 60_000,
    now: portage.now,
  });
  const workflowsOf = (consentId) => [`consent/${consentId}`, `export/${consentId}/${resource}`];
  let waiting = [];
  let endedBefore = 0;
  let users = 0;

  /** The same steps as the connect page and the callback, up to the stored consent. */
  const connect = async () => {
    users += 1;
    const email = `user-${users}@example.com`;
    const verifier = randomBytes(32).toString('base64url');
    const codeChallenge = createHash('sha256').update(verifier).digest('base64url');
    const authorizeUrl = portage.oauth.authorizeUrl({ state: 'bench', codeChallenge, resources: [resource] });
    const code = await google.consent({ authorizeUrl, email, access: repeats ? '180d' : 'once' });
    const { refreshTokenExpiresAt, ...grant } = await portage.oauth.exchangeCode(code, verifier);
    const at = new Date();
    const { id } = await portage.connectSessions.create({
      hostAppId: hostApp.id,
      userId: email,
      resources: [resource],
      at,
      expiresAt: new Date(at.getTime() + 3_600_000),
    });
    const session = await portage.connectSessions.find(id);
    const accessType = repeats ? 'time_based' : undefined;
    const consentId = await portage.consents.create({
      ...grant,
      session,
      accessType,
      endsAt: refreshTokenExpiresAt,
      at,
    });
    return portage.consents.find(consentId);
  };

  return {
    /** Stores consents whose workflows are still to be started. */
    async prepare(count) {
      await google.stopClock();
      waiting = [];
      for (let index = 0; index < count; index += 1) waiting.push(await connect());
      endedBefore = await countEnded();
    },
    async start() {
      await inParallel(waiting, (consent) => consentWorkflows.start(consent, config.policy));
    },
    async work() {
      const dependencies = portage.activityDependencies;
      const { temporal: place, policy } = config;
      const worker = await startWorker({ temporal: place, dataConverter, dependencies, logger, policy });
      return () => worker.stop();
    },
    finished: async () => (await countEnded()) - endedBefore,
    /** Ends the remaining consents; to be called when no worker runs. */
    async clear() {
      if (!repeats) return;
      const ids = waiting.flatMap(({ id }) => workflowsOf(id));
      await inParallel(ids, (id) => workflow.getHandle(id).terminate());
    },
    /** The cost of one cycle of the first consent: the number of activities, and of all events. */
    async cycleOf() {
      const events = [];
      for (const id of workflowsOf(waiting[0].id))
        events.push(...((await workflow.getHandle(id).fetchHistory()).events ?? []));
      const names = events.map((event) => event.activityTaskScheduledEventAttributes?.activityType?.name);
      const starts = names.flatMap((name, index) => (name === 'initiateExport' ? [index] : []));
      const cycle = repeats ? names.slice(starts[1], starts[2]) : names;
      return { activities: cycle.filter((name) => name !== undefined).length, events: cycle.length };
    },
    async close() {
      await connection.close();
      await portage.database.close();
    },
  };
}
