// Webhooks: events of Portage delivered by its worker and its workflows, against a bare HTTP client that sends the same posts.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compare } from './compare.mjs';
import { startCpuWatch } from './lifecycle/cpu.mjs';
import { inParallel } from './lifecycle/in-parallel.mjs';
import { startTemporal } from './lifecycle/temporal.mjs';
import { call, hangUp } from './load/http-call.mjs';
import { startReceiver } from './load/webhook-receiver.mjs';
import { openWebhookSource } from './load/webhook-source.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const ours = (path) => createRequire(import.meta.url)(join(root, 'dist', path));
const { createLogger } = ours('log.js');
const { installRuntime } = ours('worker/start-worker.js');

const endpointCount = 10;
/** The number of events of each consent; an endpoint gets them one after the other. */
const eventsPerConsent = 10;
/** As many as Portage's worker: ten to each endpoint. */
const postsAtOnce = 100;

/**
 * @param args how many deliveries a run has, 10,000 by default, and how many runs, 3 by default; a postgres:// URL of
 * an   empty database in place of PGlite
 */
export async function bench(args) {
  const databaseUrl = args.find((arg) => arg.startsWith('postgres'));
  const [deliveries = 10_000, runs = 3] = args.filter((arg) => /^\d+$/.test(arg)).map(Number);
  const folder = mkdtempSync(join(tmpdir(), 'portage-bench-'));
  const stops = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const temporal = await startTemporal(folder);
    stops.push(() => temporal.stop());
    const receiver = await startReceiver();
    stops.push(() => receiver.stop(), hangUp);
    const logger = createLogger('error');
    installRuntime(logger);
    const events = Math.round(deliveries / endpointCount);
    const consents = Math.ceil(events / eventsPerConsent);
    const urls = Array.from({ length: endpointCount }, (_, number) => `${receiver.url}/endpoints/${number}`);
    const source = await openWebhookSource({ folder, databaseUrl, temporal, logger, urls, consents });
    stops.push(() => source.close());
    const database = databaseUrl === undefined ? 'PGlite' : 'PostgreSQL';
    console.log(
      `${events} events of ${consents} consents to ${endpointCount} endpoints, database ${database}, ${availableParallelism()} cores`,
    );
    await compareRates({ source, receiver, temporal, events, runs });
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function compareRates({ source, receiver, temporal, events, runs }) {
  const deliveries = events * endpointCount;
  const pids = { 'Temporal’s server': temporal.pid, 'the sender’s process': process.pid, receiver: receiver.pid };
  let posts = [];
  const rateOf = async (who, send) => {
    await receiver.forget();
    const cpuSince = startCpuWatch(pids);
    const startedAt = performance.now();
    await send();
    const seconds = (performance.now() - startedAt) / 1_000;
    console.log(
      `${who}: ${seconds.toFixed(1)} s; CPU for each: ${cpuSince(deliveries)}; load average ${loadavg()[0].toFixed(1)}`,
    );
    return deliveries / seconds;
  };
  await compare('webhooks delivered', 'per second', runs, {
    ours: async () => {
      const recordedAt = performance.now();
      await source.record(events);
      console.log(`events stored: ${Math.round((events / (performance.now() - recordedAt)) * 1_000)} per second`);
      posts = await source.posts();
      const before = await source.histories();
      let stopWork;
      try {
        const rate = await rateOf('ours, from the start of the worker', async () => {
          stopWork = await source.work();
          await source.delivered();
        });
        const { runs: ended, events: kept } = await source.histories();
        const perDelivery = ((kept - before.events) / deliveries).toFixed(2);
        console.log(
          `Temporal: ${ended - before.runs} runs, ${perDelivery} events in their histories for each delivery`,
        );
        return rate;
      } finally {
        await stopWork?.();
        checkReport(await receiver.report(), deliveries, await source.repeats());
      }
    },
    rival: async () => {
      const rate = await rateOf('bare', () =>
        inParallel(posts, ({ url, ...post }) => call(url, { method: 'POST', ...post }, 204), postsAtOnce),
      );
      const { received } = await receiver.report();
      if (received !== deliveries) throw new Error(`the receiver got ${received} of ${deliveries} bare posts`);
      return rate;
    },
    rivalName: `a bare HTTP client with ${postsAtOnce} posts at once`,
  });
}

/** A lost event, or one out of order, makes the exit code 1. */
function checkReport({ received, different, repeated, outOfOrder }, deliveries, repeats) {
  const lost = deliveries - different;
  console.log(`received ${received}: lost ${lost}, sent twice ${repeated}, out of order ${outOfOrder}`);
  if (repeats > 0) console.log(`deliveries that took more than one try so far: ${repeats}`);
  if (lost > 0 || outOfOrder > 0) process.exitCode = 1;
}
