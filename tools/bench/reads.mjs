// Reads of a host app at a fixed rate from a whole instance, over the API, for a while.
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { startCpuWatch } from './lifecycle/cpu.mjs';
import { inParallel } from './lifecycle/in-parallel.mjs';
import { countMessages, describeDurations } from './load/durations.mjs';
import { call, hangUp } from './load/http-call.mjs';
import { startInstance } from './load/instance.mjs';
import { runOpenLoop } from './load/open-loop.mjs';
import { createUsers } from './load/users.mjs';

const perSecond = 200;
const userCount = 10;
const resources = ['myactivity.search', 'youtube.subscriptions', 'maps.starred_places'];
const pageSize = 50;

/** @param args seconds, 60 by default; a postgres:// URL of an empty database in place of PGlite */
export async function bench(args) {
  const databaseUrl = args.find((arg) => arg.startsWith('postgres'));
  const seconds = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 60);
  const instance = await startInstance({ databaseUrl, environment: { POLL_MIN: '1s', POLL_MAX: '5s' } });
  try {
    const reads = await importUsers(instance);
    const database = databaseUrl === undefined ? 'PGlite' : 'PostgreSQL';
    console.log(`${perSecond} reads a second for ${seconds} s, database ${database}, ${availableParallelism()} cores`);
    await measure(instance, reads, seconds);
  } finally {
    await hangUp();
    await instance.stop();
  }
}

/** Lets users import their data. @returns the reads of them: `what` is read, and its `path` */
async function importUsers(instance) {
  const users = createUsers({ instance, resources, access: 'once', historyDays: 90 });
  const numbers = Array.from({ length: userCount }, (_, number) => number);
  const ended = await inParallel(numbers, async (number) => {
    const user = await users.prepare(number);
    const { consentId } = await users.confirm(user, await users.comeBack(user));
    for (;;) {
      const consent = await users.api(`/consents/${consentId}`);
      if (consent.state === 'completed') return { sessionId: user.id, consent };
      if (consent.endedAt !== null) throw new Error(`consent ${consentId} ended as ${consent.state}`);
      await pause(500);
    }
  });
  const records = ended.flatMap(({ consent }) => consent.exports.map((each) => each.records.read));
  console.log(
    `${userCount} users imported ${records.length} exports with ${records.reduce((a, b) => a + b, 0)} records`,
  );
  return ended.flatMap(({ sessionId, consent }) =>
    consent.exports.flatMap(({ id }) => [
      { what: 'a consent', path: `/consents/${consent.id}` },
      { what: 'an export', path: `/exports/${id}` },
      { what: 'the members of an export', path: `/exports/${id}/members` },
      { what: `${pageSize} records of an export`, path: `/exports/${id}/records?limit=${pageSize}` },
      { what: 'a connect session', path: `/connect-sessions/${sessionId}` },
    ]),
  );
}

/** Each read in turn. Prints durations and errors; an error makes the exit code 1. */
async function measure({ url, apiKey, pids, warnings }, reads, seconds) {
  const headers = { authorization: `Bearer ${apiKey}` };
  const readOf = (number) => reads[number % reads.length];
  const cpuSince = startCpuWatch(pids);
  const outcomes = await runOpenLoop({
    ...{ perSecond, seconds },
    send: (number) => call(`${url}/v1${readOf(number).path}`, { headers }),
  });
  console.log(`CPU for each read: ${cpuSince(outcomes.length)}; load average ${loadavg()[0].toFixed(1)}`);
  console.log(`${outcomes.length} reads: ${describeDurations(outcomes.map(({ ms }) => ms))}`);
  for (const what of new Set(reads.map((read) => read.what))) {
    const own = outcomes.filter((_, number) => readOf(number).what === what);
    console.log(`  ${what}: ${describeDurations(own.map(({ ms }) => ms))}`);
  }
  const errors = outcomes.flatMap(({ error }, number) =>
    error === undefined ? [] : [`${readOf(number).what}: ${error.message}`],
  );
  console.log(`errors: ${errors.length}`);
  if (errors.length === 0) return;
  process.exitCode = 1;
  for (const line of [...countMessages(errors), 'Portage’s log warns:', ...warnings()]) console.log(line);
}
