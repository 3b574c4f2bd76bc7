// A burst of users who all come back from Google at the same moment: every one has to become a consent.
import { availableParallelism, loadavg } from 'node:os';
import { startCpuWatch } from './lifecycle/cpu.mjs';
import { inParallel } from './lifecycle/in-parallel.mjs';
import { countMessages, describeDurations } from './load/durations.mjs';
import { hangUp } from './load/http-call.mjs';
import { startInstance } from './load/instance.mjs';
import { createUsers } from './load/users.mjs';

const resources = ['myactivity.shopping'];
/** The defaults of the configuration, in place of the short times of `portage dev`: Google takes minutes to hours. */
const environment = { POLL_MIN: '5 minutes', POLL_MAX: '60 minutes' };

/** @param args how many callbacks, 1,000 by default; a postgres:// URL of an empty database in place of PGlite */
export async function bench(args) {
  const databaseUrl = args.find((arg) => arg.startsWith('postgres'));
  const count = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 1_000);
  const instance = await startInstance({ databaseUrl, jobDuration: '1h', environment });
  try {
    const users = createUsers({ instance, resources, access: '180d' });
    const startedAt = performance.now();
    const prepared = await inParallel(
      Array.from({ length: count }, (_, number) => number),
      users.prepare,
      20,
    );
    const database = databaseUrl === undefined ? 'PGlite' : 'PostgreSQL';
    console.log(
      `${count} callbacks at once, database ${database}, ${availableParallelism()} cores; prepared in ${since(startedAt)}`,
    );
    await measure(instance, users, prepared);
  } finally {
    await hangUp();
    await instance.stop();
  }
}

/** Sends all callbacks at once; the host app confirms each as its user comes back. A missing consent makes the exit code 1. */
async function measure({ pids, warnings }, users, prepared) {
  const cpuSince = startCpuWatch(pids);
  const startedAt = performance.now();
  const outcomes = await Promise.all(prepared.map((user) => connect(users, user, startedAt)));
  console.log(`all answered in ${since(startedAt)}; load average ${loadavg()[0].toFixed(1)}`);
  console.log(`CPU for each: ${cpuSince(prepared.length)}`);
  for (const [what, name] of [
    ['the callback', 'callbackMs'],
    ['callback and confirmation', 'ms'],
  ]) {
    const durations = outcomes.flatMap((outcome) => outcome[name] ?? []);
    if (durations.length > 0) console.log(`  ${what}: ${describeDurations(durations)}`);
  }
  const consents = await storedConsents(users, prepared);
  console.log(`consents: ${consents.size} of ${prepared.length}`);
  const errors = outcomes.flatMap(({ error }) => error?.message ?? []);
  if (consents.size === prepared.length && errors.length === 0) return;
  process.exitCode = 1;
  for (const line of [...countMessages(errors), 'Portage’s log warns:', ...warnings()]) console.log(line);
}

/** @returns milliseconds since the burst began: `callbackMs` of the callback, `ms` with the confirmation; or the error */
async function connect(users, user, startedAt) {
  let callbackMs;
  try {
    const code = await users.comeBack(user);
    callbackMs = performance.now() - startedAt;
    await users.confirm(user, code);
    return { callbackMs, ms: performance.now() - startedAt };
  } catch (error) {
    return { callbackMs, error };
  }
}

/** The ids of consents that the API shows, each of its own session and user. */
async function storedConsents(users, prepared) {
  const ids = await inParallel(prepared, async ({ id, userId }) => {
    const { state, consentId } = await users.api(`/connect-sessions/${id}`);
    if (state !== 'connected') return undefined;
    const consent = await users.api(`/consents/${consentId}`);
    return consent.userId === userId && consent.state === 'active' ? consentId : undefined;
  });
  return new Set(ids.filter((id) => id !== undefined));
}

const since = (startedAt) => `${((performance.now() - startedAt) / 1_000).toFixed(1)} s`;
