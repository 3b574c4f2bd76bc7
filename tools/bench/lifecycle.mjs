// The life of a consent: Portage's own workflows, with database and emulator, against a bare workflow on the same server.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { compare } from './compare.mjs';
import { openBare } from './lifecycle/bare.mjs';
import { startCpuWatch } from './lifecycle/cpu.mjs';
import { startGoogle } from './lifecycle/google.mjs';
import { openOurs } from './lifecycle/ours.mjs';
import { startTemporal } from './lifecycle/temporal.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const built = (path) => createRequire(import.meta.url)(join(root, 'dist', path));
const { createLogger } = built('log.js');
const { installRuntime } = built('worker/start-worker.js');

const client = { id: 'bench', secret: 'bench-secret' };
const runs = 3;
/** So short that with enough consents an export is always due: the work is the limit, not the waiting. */
const dayMs = 5_000;

/** @param args how many consents a run has; a postgres:// URL of an empty database in place of PGlite */
export async function bench(args) {
  const databaseUrl = args.find((arg) => arg.startsWith('postgres'));
  const count = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 150);
  const folder = mkdtempSync(join(tmpdir(), 'portage-bench-'));
  const stops = [];
  try {
    const temporal = await startTemporal(folder);
    stops.push(() => temporal.stop());
    const logger = createLogger('error');
    installRuntime(logger);
    console.log(
      `${count} consents of one resource at once, database ${databaseUrl === undefined ? 'PGlite' : 'PostgreSQL'}`,
    );
    for (const repeats of [true, false]) {
      const google = await startGoogle({ root, client, dayMs });
      const ours = await openOurs({ folder, databaseUrl, temporal, google, client, dayMs, repeats, logger });
      try {
        await compareCycles({ temporal, google, ours, count, repeats });
      } finally {
        await ours.close();
        await google.stop();
      }
    }
  } finally {
    for (const stop of stops.reverse()) await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compareCycles({ temporal, google, ours, count, repeats }) {
  const what = repeats ? 'cycles of time-based exports' : 'one-time consents, from their start to their end';
  const { activities, events } = await warmUp({ google, ours, repeats });
  const rival = await openBare({ address: temporal.address, repeats, activities });
  const figures = { ours: { starts: [] }, rival: { starts: [] } };
  const pids = { 'Temporal’s server': temporal.pid, 'the worker’s process': process.pid, emulator: google.pid };

  const run = (name, contender) => async () => {
    await contender.prepare(count);
    figures[name].starts.push(await rateOf(count, () => contender.start()));
    const stopWork = await contender.work();
    // Time-based ones are measured in the middle of their lives: about as many exports are under way at the beginning
    // of the measured time as at its end.
    const [warm, measured] = repeats ? [2 * count, 3 * count] : [0, count];
    if (repeats) {
      await until(contender, count);
      await google.runClock();
    }
    await until(contender, warm);
    const cpuSince = startCpuWatch(pids);
    const rate = await rateOf(measured, () => until(contender, warm + measured));
    figures[name].cpu = cpuSince(measured);
    await stopWork();
    await contender.clear();
    return rate;
  };
  try {
    await compare(what, 'per second', runs, {
      ours: run('ours', ours),
      rival: run('rival', rival),
      rivalName: `a bare workflow of ${activities} activities as well`,
    });
    console.log(`events: ours ${events}, the bare one’s ${6 * activities} and those of its start and end`);
    for (const name of ['ours', 'rival']) console.log(`CPU for each, ${name}: ${figures[name].cpu}`);
    const [mine, theirs] = [figures.ours.starts, figures.rival.starts];
    await compare('starts', 'per second', runs, {
      ours: () => mine.shift(),
      rival: () => theirs.shift(),
      rivalName: 'bare workflows',
    });
  } finally {
    await rival.close();
  }
}

/** Runs two consents, the time-based ones for a few days, and reads how much a cycle of the first one took. */
async function warmUp({ google, ours, repeats }) {
  await ours.prepare(2);
  await ours.start();
  const stopWork = await ours.work();
  await until(ours, 2);
  await google.runClock();
  if (repeats) await until(ours, 8);
  await stopWork();
  const cycle = await ours.cycleOf();
  await ours.clear();
  return cycle;
}

/** Waits until this many cycles have finished. */
async function until(contender, cycles) {
  const givesUpAt = performance.now() + 300_000;
  for (let finished = 0; finished < cycles; finished = await contender.finished()) {
    if (performance.now() > givesUpAt) throw new Error(`only ${finished} of ${cycles} cycles in five minutes`);
    await pause(50);
  }
}

/** How many a second, when `count` are done by one call. */
async function rateOf(count, call) {
  const startedAt = performance.now();
  await call();
  return count / ((performance.now() - startedAt) / 1_000);
}
