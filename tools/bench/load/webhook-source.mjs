// Our side: events in Portage's own database, sent by its worker and its workflows.
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const require = createRequire(import.meta.url);
const ours = (path) => require(join(root, 'dist', path));
const { loadConfig } = ours('config/index.js');
const { recordEvent } = ours('database/write-events.js');
const { newId } = ours('database/ids.js');
const { events, webhookDeliveries } = ours('database/schema.js');
const { eventPayload } = ours('events/payload.js');
const { eventTypes } = ours('events/event-types.js');
const { openPortage } = ours('portage.js');
const { signedHeaders } = ours('webhooks/sign.js');
const { startWorker } = ours('worker/start-worker.js');
const { asc, eq, gt, max } = require('drizzle-orm');
const { Client, Connection } = require('@temporalio/client');

const type = 'export.ready';
const patienceMs = 1_800_000;

/**
 * @param folder for data
 * @param databaseUrl a PostgreSQL database; undefined for PGlite
 * @param urls of the endpoints
 * @param consents how many consents the events are of
 */
export async function openWebhookSource({ folder, databaseUrl, temporal, logger, urls, consents }) {
  const config = loadConfig({
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    DATA_DIR: folder,
    VAULT_KEYS: `bench:${randomBytes(32).toString('base64')}`,
    GOOGLE_CLIENT_ID: 'bench',
    GOOGLE_CLIENT_SECRET: 'bench-secret',
    TEMPORAL_ADDRESS: temporal.address,
    WEBHOOK_PRIVATE_NETWORKS: '127.0.0.0/8',
  });
  const portage = await openPortage(config);
  await portage.database.migrate();
  const { db } = portage.database;
  const { hostApp } = await portage.hostApps.createApiKey('bench');
  const endpoints = [];
  for (const url of urls) {
    const asked = { hostAppId: hostApp.id, url, eventTypes: undefined, at: new Date() };
    endpoints.push((await portage.webhooks.createEndpoint(asked)).endpoint);
  }
  const consentIds = Array.from({ length: consents }, () => newId('con'));
  const connection = await Connection.connect({ address: temporal.address });
  const { workflow } = new Client({ connection });
  let position = 0;

  return {
    /** Stores events, of each consent in turn, with their deliveries. */
    async record(count) {
      const [newest] = await db.select({ position: max(events.position) }).from(events);
      position = newest.position ?? 0;
      for (let number = 0; number < count; number += 1) {
        const subject = {
          hostAppId: hostApp.id,
          type,
          consentId: consentIds[number % consents],
          exportId: newId('exp'),
        };
        const event = { ...subject, data: eventTypes[type].example, at: new Date() };
        await db.transaction((tx) => recordEvent(tx, event));
      }
    },
    /** The requests for the last stored events: `url`, `headers` and `body`. */
    async posts() {
      const at = new Date();
      const recorded = await db
        .select()
        .from(events)
        .where(gt(events.position, position))
        .orderBy(asc(events.position));
      return recorded.flatMap((event) => {
        const body = JSON.stringify(eventPayload(event, config.publicUrl));
        return endpoints.map((endpoint) => ({
          ...{ url: endpoint.url, body },
          headers: {
            ...{ 'content-type': 'application/json', 'user-agent': 'portage-webhooks' },
            ...signedHeaders({ id: event.id, payload: body, at }, portage.webhooks.secretsOf(endpoint, at)),
          },
        }));
      });
    },
    /** Starts a worker. @returns a function that stops it */
    async work() {
      const { dataConverter, activityDependencies: dependencies } = portage;
      const { temporal: place, policy } = config;
      const worker = await startWorker({ temporal: place, dataConverter, dependencies, logger, policy });
      return () => worker.stop();
    },
    /** Waits until the outcome of every delivery is recorded. @throws Error when one is not in half an hour */
    async delivered() {
      const isLeft = eq(webhookDeliveries.state, 'pending');
      const givesUpAt = performance.now() + patienceMs;
      for (let left = await db.$count(webhookDeliveries, isLeft); left > 0;) {
        if (performance.now() > givesUpAt) throw new Error(`${left} deliveries are left after half an hour`);
        await pause(250);
        left = await db.$count(webhookDeliveries, isLeft);
      }
    },
    /** How many deliveries took more than one try. */
    repeats: () => db.$count(webhookDeliveries, gt(webhookDeliveries.tries, 1)),
    /**
     * The histories that Temporal keeps, once every workflow has ended: the number of `runs`, and of all `events` in
     * them. A worker has to run.
     */
    async histories() {
      for (;;) {
        const histories = { runs: 0, events: 0, running: 0 };
        for await (const { historyLength, status } of workflow.list({ query: "WorkflowType = 'webhookWorkflow'" })) {
          histories.runs += 1;
          histories.events += historyLength;
          if (status.name === 'RUNNING') histories.running += 1;
        }
        if (histories.running === 0) return histories;
        await pause(500);
      }
    },
    async close() {
      await connection.close();
      await portage.close();
    },
  };
}
