/** One seed: people connect during faults; when the faults are over and all work has ended, all sources are checked. */
import { setTimeout as pause } from 'node:timers/promises';

import { Client as TemporalClient, Connection } from '@temporalio/client';
import { Client } from 'pg';

import { loadConfig } from '../../../src/config';
import { createDataConverter } from '../../../src/temporal/data-converter';
import { outlineOf } from '../../support/history';
import { checkData, checkLeftovers } from './check-data';
import { checkEndings, checkEvents, checkWorkflows } from './check-endings';
import { checkGrants, checkJobs, checkLocks } from './check-google';
import { checkSecrets, secretsOf } from './check-secrets';
import { checkWebhooks } from './check-webhooks';
import { deploy, type Deployment } from './deployment';
import { collect, readGoogle, type Evidence } from './evidence';
import { carryOut, describeFault, drawSchedule, type Done } from './faults';
import { drawPeople, live, sendMessage, type Doings } from './people';
import { createChance } from './seeded';

export interface Extent {
  readonly people: number;
  /** Faults begin, and people come, within this time. */
  readonly withinMs: number;
  /** After the faults, no awaited work may make no progress for longer. */
  readonly standsStillMs: number;
}

export interface Result {
  readonly consents: number;
  readonly faults: number;
  readonly problems: readonly string[];
  /** For a reader of a failure: the actions with their times and results. */
  readonly story: string;
}

/** @returns the faults; the reason where a part of the deployment is not available */
export async function runSeed(seed: number, extent: Extent): Promise<Result | { readonly missing: string }> {
  const chance = createChance(seed);
  const people = drawPeople(chance, extent.people, extent.withinMs);
  const schedule = drawSchedule(chance, extent.withinMs);
  const deployment = await deploy(seed);
  if ('missing' in deployment) return deployment;
  const secrets = new Set(deployment.secrets);
  const gather = () => {
    for (const secret of secretsOf(readGoogle(deployment))) secrets.add(secret);
  };
  let isWell = false;
  // The emulator deletes expired tokens and codes, which are secrets too.
  const gathering = setInterval(gather, 500);
  try {
    const [faults, doings] = await Promise.all([carryOut(schedule, deployment), live(people, deployment)]);
    const settled = await settle(deployment, doings, extent.standsStillMs);
    gather();
    const evidence = await collect(deployment, faults, doings);
    const problems = [
      ...settled,
      ...deployment.processes.flatMap(({ ownExits }) => ownExits),
      ...checkEndings(evidence),
      ...checkEvents(evidence),
      ...checkWebhooks(evidence, deployment.receiver),
      ...checkJobs(evidence),
      ...checkLocks(evidence),
      ...checkGrants(evidence),
      ...(await checkData(evidence)),
      ...checkLeftovers(evidence),
      ...(await checkWorkflows(deployment)),
      ...(await checkSecrets(deployment, secrets)),
    ];
    isWell = problems.length === 0;
    const story = [describeRun(evidence, faults), ...(isWell ? [] : await outlines(deployment, evidence))].join('\n');
    return { consents: evidence.consents.length, faults: faults.length, problems, story };
  } finally {
    clearInterval(gathering);
    await deployment.stop(!isWell);
  }
}

/**
 * Waits until one-time consents have ended, ends the time-based ones, which have exported by then, and waits for them.
 *
 * @returns the work that was not finished, and made no progress for so long
 */
async function settle(deployment: Deployment, doings: Doings, standsStillMs: number): Promise<string[]> {
  const since = new Date().toISOString();
  const client = new Client(deployment.databaseUrl);
  await client.connect();
  try {
    const look = async (statement: string): Promise<string[]> =>
      (await client.query<{ entry: string }>(statement)).rows.map(({ entry }) => entry);
    // A busy machine is slow, so the wait lasts while there is progress: fewer rows are left, or exports change.
    const wait = async (what: string, statement: string): Promise<string[]> => {
      let before: string | undefined;
      let movedAt = Date.now();
      for (;;) {
        const remaining = (await look(statement)).toSorted();
        if (remaining.length === 0) return [];
        if (remaining.join() !== before) movedAt = Date.now();
        before = remaining.join();
        if (Date.now() > movedAt + standsStillMs) return [`waited in vain for ${what}: ${remaining.join('; ')}`];
        await pause(500);
      }
    };
    const problems: string[] = [];
    problems.push(
      ...(await wait(
        'sessions that hold a grant',
        `select id as entry from connect_sessions where sealed_grant is not null`,
      )),
    );
    const open = `select c.id || ' ' || c.user_id || ' ' || c.state || coalesce(' ' || (
        select string_agg(e.resource || ' ' || e.state, ', ') from exports e where e.consent_id = c.id and e.ended_at is null
      ), '') as entry from consents c where c.ended_at is null`;
    problems.push(
      ...(await wait('the end of one-time consents', `${open} and c.access_type is distinct from 'time_based'`)),
    );
    const left = [...doings.left].map((userId) => `'${userId}'`).join();
    if (left !== '')
      problems.push(...(await wait('the end of revoked consents', `${open} and c.user_id in (${left})`)));
    const unexported = `${open} and not exists (
        select from exports e where e.consent_id = c.id and e.state = 'ready' and e.ended_at > '${since}'
      )`;
    problems.push(...(await wait('a new export of time-based consents', unexported)));
    const unended = await look(`select id as entry from consents where ended_at is null`);
    await Promise.all(unended.map((id) => sendMessage(id, 'cancel', deployment, doings)));
    problems.push(...(await wait('the end of time-based consents', open)));
    const unread = `select id || ' ' || coalesce(records_state, '') as entry from exports
      where state = 'ready' and data_deletion_at is null and records_state is distinct from 'complete'`;
    problems.push(...(await wait('records of exports', unread)));
    problems.push(
      ...(await wait(
        'deleted data',
        `select id as entry from consents where data_deletion_at is not null and data_deleted_at is null`,
      )),
    );
    problems.push(
      ...(await wait(
        'webhooks',
        `select event_id || ' ' || tries as found from webhook_deliveries where state = 'pending'`,
      )),
    );
    const isReady = () =>
      fetch(`${deployment.url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
    const readyBy = Date.now() + standsStillMs;
    while (!(await isReady())) {
      if (Date.now() > readyBy) return [...problems, 'the server is not ready again'];
      await pause(500);
    }
    return problems;
  } finally {
    await client.end();
  }
}

/** The last events of workflows of consents that did not end, and the folder of the logs. */
async function outlines({ temporalAddress, home, environment }: Deployment, evidence: Evidence): Promise<string[]> {
  const connection = await Connection.connect({ address: temporalAddress });
  try {
    const client = new TemporalClient({ connection, dataConverter: createDataConverter(loadConfig(environment)) });
    const open = evidence.consents.filter(({ endedAt }) => endedAt === null).slice(0, 6);
    const texts = await Promise.all(open.map(({ id }) => outlineOf(client, id).catch(String)));
    return [`logs are kept in ${home}`, ...texts.map((text) => text.split('\n').slice(-40).join('\n'))];
  } finally {
    await connection.close();
  }
}

function describeRun({ consents, exports, google, doings }: Evidence, faults: readonly Done[]): string {
  const time = (at: number | Date) => new Date(at).toISOString().slice(11, 23);
  const ends = (rows: readonly { state: string }[]) => {
    const counts = new Map<string, number>();
    for (const { state } of rows) counts.set(state, (counts.get(state) ?? 0) + 1);
    return [...counts].map(([state, count]) => `${count} ${state}`).join(', ');
  };
  return [
    `${consents.length} consents: ${ends(consents)}; ${exports.length} exports: ${ends(exports)}`,
    `${google.grants.length} grants and ${google.jobs.length} jobs at Google; ${doings.lost} tries to connect came to nothing`,
    ...faults.map(({ fault, from, to }) => `${time(from)}..${time(to)} ${describeFault(fault)}`),
  ].join('\n');
}
