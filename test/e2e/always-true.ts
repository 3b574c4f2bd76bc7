/** Invariants of every life at every moment (docs/overview.md, "Always true"), each a function that throws. */
import { isDeepStrictEqual } from 'node:util';

import { eq, getTableName, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';

import { consentPrefix } from '../../src/archive/store/segment-seal';
import { exportedResources } from '../../src/database/consents';
import type { Consent } from '../../src/database/consents';
import type { Export } from '../../src/database/exports';
import * as schema from '../../src/database/schema';
import { consentWorkflowId, exportWorkflowId } from '../../src/workflows/ids';
import { historyText } from '../support/history';
import { day, hour, minute } from '../support/virtual-users';
import { take } from './life-steps';
import { dailyResources, lookUp, newCalls, type Life, type Stored } from './random-life';

type Calls = ReturnType<typeof newCalls>;
type Law = (life: Life, stored: readonly Stored[], calls: Calls) => void | Promise<void>;

/**
 * A law that reads more rows may see later changes: it is broken only if nothing changed in between.
 *
 * @throws Error naming the broken law, and the row
 */
export async function checkLaws(life: Life): Promise<void> {
  for (let stored = await lookUp(life); ;) {
    const callsSeen = life.virtual.emulator.control.requests().at(-1)?.number ?? life.callsSeen;
    const linesSeen = life.virtual.logLines.length;
    const broken = await findBroken(life, stored, newCalls(life));
    const now = await lookUp(life);
    if (broken === undefined) {
      life.before = stored;
      life.callsSeen = callsSeen;
      life.linesSeen = linesSeen;
      return;
    }
    if (isDeepStrictEqual(now, stored)) throw broken;
    stored = now;
  }
}

async function findBroken(life: Life, stored: readonly Stored[], calls: Calls): Promise<Error | undefined> {
  for (const [name, law] of Object.entries(laws)) {
    try {
      await law(life, stored, calls);
    } catch (error) {
      return new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
  return undefined;
}

function must(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Error(sentence);
}

const isOver = ({ endedAt }: { endedAt: Date | null }) => endedAt !== null;
const overlap = (one: readonly string[], other: readonly string[]) => one.some((each) => other.includes(each));
/** Why a start may stay unanswered: its result is no longer needed, or it was tried for a day. */
const givenUp: readonly (string | null)[] = ['EXPORT_STOPPED', 'GRANT_ENDED', 'START_OVERDUE'];

/** Every job that Portage started is known to an export, or its request is still being repeated. */
const nothingGrantedIsLost: Law = async (life, stored) => {
  const jobs = life.users[0]?.jobs() ?? [];
  const known = await life.virtual.portage.exports.findByJobs(jobs.map(({ jobId }) => jobId));
  for (const job of jobs) {
    // The retry of a failed job whose answer was lost is followed by another one of the same export.
    const isKnown = jobs.some(({ jobId, originalJobId }) => originalJobId === job.originalJobId && known.has(jobId));
    if (isKnown || life.foreignJobs.has(job.jobId)) continue;
    const owner = stored.find(({ lived }) => lived.grantIds.includes(job.grantId));
    const rows = owner?.exports.filter(({ resources }) => overlap(resources, job.resources)) ?? [];
    const isAwaited = rows.some((row) => !isOver(row) && row.archiveJobId === null);
    const isGivenUp = rows.some(({ errorCode }) => givenUp.includes(errorCode));
    must(isAwaited || isGivenUp, `job ${job.jobId} for ${job.resources.join()} belongs to no export`);
  }
};

/** Portage polls or downloads a job only once its id is stored. */
const jobsAreStoredBeforeTheyAreUsed: Law = async (life, _stored, calls) => {
  const used = calls.filter(({ number }) => !life.foreignCalls.has(number)).flatMap(({ jobId }) => jobId ?? []);
  const known = await life.virtual.portage.exports.findByJobs([...new Set(used)]);
  for (const { method, jobId } of calls) {
    // A job that a refusal names is looked at before it is taken.
    if (jobId === undefined || method === 'state' || !used.includes(jobId)) continue;
    must(known.has(jobId), `${method} of job ${jobId}, which is not stored`);
  }
};

const nothingStaysOpen: Law = async ({ virtual }, stored) => {
  for (const { consent, exports } of stored) {
    const hasTokens = (await virtual.portage.tokens.find(consent.id)) !== undefined;
    const isKept = consent.grantKeptUntil !== null;
    must(
      hasTokens === (!isOver(consent) || isKept),
      `${consent.id} is ${consent.state} and has ${hasTokens ? 'tokens' : 'none'}`,
    );
    if (!isOver(consent)) continue;
    const open = exports.find((row) => !isOver(row));
    must(open === undefined, `${consent.id} has ended and ${open?.id ?? ''} is ${open?.state ?? ''}`);
  }
};

/** A reset ends all grants of the account; of another user who connected it, nothing may be known (docs/known-defects.md D39). */
const noResetHarmsALiveConsent: Law = (life, stored, calls) => {
  for (const { method, at, number, status, fault, grantId = '' } of calls) {
    if (method !== 'reset' && method !== 'revoke') continue;
    if (life.foreignCalls.has(number) || (status !== 200 && fault === undefined)) continue;
    const asker = stored.find(({ lived }) => lived.grantIds.includes(grantId));
    must(asker !== undefined || grantId === '', `${method} at ${at} with a grant of no consent`);
    for (const { consent, lived } of stored) {
      const isOther = consent.id !== asker?.consent.id && lived.user === asker?.lived.user;
      const isLive = consent.state === 'active' && consent.createdAt.getTime() < Date.parse(at);
      must(!isOther || !isLive, `${method} at ${at} by ${asker?.consent.id ?? ''}, while ${consent.id} is active`);
    }
  }
};

/** The newest consent of a user has the loop of a resource, from the moment it asks for anything. */
const oneLoopForEachResource: Law = (_life, stored) => {
  const daily = stored.filter(({ consent }) => consent.state === 'active' && consent.accessType === 'time_based');
  for (const [index, older] of daily.entries()) {
    for (const newer of daily.slice(index + 1)) {
      if (newer.lived.user !== older.lived.user) continue;
      const asked = newer.exports.flatMap(({ resources }) => resources);
      const both = exportedResources(older.consent).filter(
        (resource) => asked.includes(resource) && exportedResources(newer.consent).includes(resource),
      );
      must(both.length === 0, `${older.consent.id} and ${newer.consent.id} both export ${both.join()}`);
    }
  }
};

/** After a refusal that names a time, the same request comes then or later. */
const locksAreWaitedOut: Law = (life) => {
  const user = life.users[0];
  if (user === undefined) return;
  const jobs = user.jobs().filter(({ attempt, accessType }) => attempt === 0 && accessType === 'time_based');
  const { Q1 } = life.virtual.emulator.control.state.switches;
  const waiting = new Map<string, { from: number; until: number }>();
  for (const call of user.calls('initiate')) {
    if (life.foreignCalls.has(call.number)) continue;
    const at = Date.parse(call.at);
    const resources = call.resources ?? [];
    const owner = life.consents.find(({ grantIds }) => grantIds.includes(call.grantId ?? ''));
    const who = `${owner?.id ?? call.grantId ?? ''} ${[...resources].sort().join()}`;
    const lock = waiting.get(who);
    // A step that a worker did not finish is repeated by the next one, and a new batch that was lost asks again.
    const isRepeated = [life.restartedAt, owner?.lostAt ?? 0].some(
      (lostAt) => (lock?.from ?? 0) <= lostAt && lostAt <= at,
    );
    if (lock !== undefined && !isRepeated) {
      must(at >= lock.until, `${who} asks at ${call.at}, locked until ${new Date(lock.until).toISOString()}`);
    }
    waiting.delete(who);
    const locks = jobs.filter(
      (job) => job.requestedAt <= at && at < job.requestedAt + day && (Q1 === 'B' || overlap(job.resources, resources)),
    );
    const isRefused = (call.status === 429 || call.status === 400) && call.fault === undefined;
    if (!isRefused || locks.length === 0) continue;
    waiting.set(who, { from: at, until: Math.min(...locks.map(({ requestedAt }) => requestedAt + day)) });
  }
};

/** Tokens and codes as the emulator makes them, and signatures of links. */
const secret = /ya29\.a0[\w-]{20}|1\/\/0e[\w-]{20}|4\/0A[\w-]{20}|X-Goog-Signature=/;

const noSecretIsLogged: Law = ({ virtual, linesSeen }) => {
  const line = virtual.logLines.slice(linesSeen).find((each) => secret.test(each));
  must(line === undefined, `a secret is in the log: ${line ?? ''}`);
};

const tables = Object.values<unknown>(schema).filter((each) => is(each, PgTable));

const noSecretIsStored: Law = async ({ virtual }) => {
  const { db } = virtual.portage.database;
  for (const table of tables) {
    const rows = await db
      .select({ one: sql`1` })
      .from(table)
      .where(sql`${table}::text ~ ${secret.source}`)
      .limit(1);
    must(rows.length === 0, `a token or a link is in a row of ${getTableName(table)}`);
  }
};

const successMeansVerified: Law = async ({ virtual, before }, stored) => {
  const known = new Set(before.flatMap(({ exports }) => exports.filter(isOver).map(({ id }) => id)));
  for (const row of stored.flatMap(({ exports }) => exports)) {
    if (row.state !== 'ready' && row.state !== 'partial') continue;
    must(
      (row.state === 'ready') === (row.verdict === 'complete'),
      `${row.id} is ${row.state} and ${row.verdict ?? ''}`,
    );
    if (known.has(row.id) || row.dataDeletionAt !== null) continue;
    const { length } = await virtual.portage.exports.listParts(row.id);
    must(length === row.partsTotal, `${row.id} is ${row.state} with ${length} of ${row.partsTotal ?? NaN} parts`);
  }
};

/** A step that runs twice may download a part again that was being verified; no other phase goes back. */
const stages: Readonly<Record<Export['state'], number>> = {
  initiating: 0,
  waiting: 1,
  downloading: 2,
  verifying: 2,
  reading: 2,
  ready: 3,
  partial: 3,
  failed: 3,
};

const statesMoveForwards: Law = ({ before }, stored) => {
  for (const { consent, exports } of before) {
    const now = stored.find((each) => each.consent.id === consent.id);
    must(now !== undefined, `${consent.id} is gone`);
    const isBack = now.consent.state === 'active' && consent.state !== 'active';
    must(!isBack && (!isOver(consent) || now.consent.state === consent.state), `${consent.id} was ${consent.state}`);
    for (const row of exports) {
      const next = now.exports.find(({ id }) => id === row.id);
      must(next !== undefined, `${row.id} is gone`);
      must(stages[next.state] >= stages[row.state], `${row.id} was ${row.state} and is ${next.state}`);
      must(!isOver(row) || next.state === row.state, `${row.id} ended as ${row.state} and is ${next.state}`);
    }
  }
};

/** Whether the user revoked the grant, or a user who is not known to share the account ended it. */
function wasRevoked(life: Life, { createdAt }: Consent): boolean {
  return life.users.length > 1 || life.leftAt.some((at) => at >= createdAt.getTime());
}

const endsSayWhy: Law = (life, stored) => {
  for (const { consent, lived, exports } of stored) {
    const { state, endsAt, endedAt } = consent;
    const isTrue: Partial<Record<Consent['state'], boolean>> = {
      completed: consent.accessType === 'one_time' && exports.every((row) => row.state !== 'failed'),
      expired: endsAt !== null && endedAt !== null && endedAt.getTime() > endsAt.getTime() - hour,
      revoked: wasRevoked(life, consent),
      cancelled: lived.endRequests.has('cancel'),
      deleted: lived.endRequests.has('delete'),
      superseded: consent.grantedResources.every((each) => consent.supersededResources.includes(each)),
      failed: consent.errorCode !== null,
    };
    must(isTrue[state] ?? true, `${consent.id} ended as ${state}`);
    const orphan = exports.find(({ errorCode }) => errorCode === 'GRANT_ENDED');
    must(
      orphan === undefined || wasRevoked(life, consent) || state === 'expired' || isNearEnd(consent, orphan),
      `${orphan?.id ?? ''} of ${consent.id} lost its grant`,
    );
  }
};

const isNearEnd = ({ endsAt }: Consent, { endedAt }: Export) =>
  endsAt !== null && endedAt !== null && endedAt.getTime() > endsAt.getTime() - hour;

const eachFactIsRecordedOnce: Law = async ({ virtual }, stored) => {
  for (const { consent, exports, lived } of stored) {
    const events = await virtual.portage.consents.listEvents(consent.id);
    const count = (type: string, exportId?: string) =>
      events.filter((event) => event.type === type && (exportId === undefined || event.exportId === exportId)).length;
    must(count('consent.connected') === 1, `${consent.id} was connected ${count('consent.connected')} times`);
    must(count('consent.ended') === Number(isOver(consent)), `${consent.id} ended ${count('consent.ended')} times`);
    must(count('consent.renewed') <= lived.renewals, `${consent.id} was renewed ${count('consent.renewed')} times`);
    must(count('data.deleted') <= 1, `${consent.id} was deleted ${count('data.deleted')} times`);
    const paused = events.map(({ type }) => type).filter((type) => /^consent\.(paused|resumed)$/.test(type));
    must(
      paused.every((type, index) => type === `consent.${index % 2 === 0 ? 'paused' : 'resumed'}`),
      paused.join(),
    );
    for (const { id, state, endedAt, initiatedAt } of exports) {
      const ends = (['ready', 'partial', 'failed'] as const).map((end) => [end, count(`export.${end}`, id)] as const);
      for (const [end, times] of ends) {
        must(
          times === Number(endedAt !== null && state === end),
          `${id} is ${state} and recorded ${times} times as ${end}`,
        );
      }
      must(count('export.started', id) <= Number(initiatedAt !== null), `${id} was started more than once`);
      must(count('export.delayed', id) <= 1, `${id} was delayed more than once`);
    }
  }
};

const deletedMeansGone: Law = async ({ virtual }, stored) => {
  const { portage } = virtual;
  for (const { consent, exports } of stored) {
    if (consent.dataDeletedAt === null) continue;
    const parts = (await portage.exports.partsOf(exports.map(({ id }) => id))).values();
    must(
      [...parts].every(({ length }) => length === 0),
      `${consent.id} is deleted and has parts`,
    );
    const objects = portage.storage.list(consentPrefix(consent.id))[Symbol.asyncIterator]();
    must((await objects.next()).done === true, `${consent.id} is deleted and has objects`);
    const { db } = portage.database;
    const [key] = await db.select().from(schema.dataKeys).where(eq(schema.dataKeys.consentId, consent.id));
    must(key?.sealedKey == null, `${consent.id} is deleted and has its key`);
  }
};

const laws = {
  nothingGrantedIsLost,
  jobsAreStoredBeforeTheyAreUsed,
  nothingStaysOpen,
  noResetHarmsALiveConsent,
  oneLoopForEachResource,
  locksAreWaitedOut,
  noSecretIsLogged,
  noSecretIsStored,
  successMeansVerified,
  statesMoveForwards,
  endsSayWhy,
  eachFactIsRecordedOnce,
  deletedMeansGone,
} as const satisfies Record<string, Law>;

/**
 * Once Google works again, every resource of a live consent is exported within its turn: a day, times the consents that
 * may have to share one lock.
 */
export async function checkThatLivesGoOn(life: Life): Promise<void> {
  const { virtual } = life;
  const from = await virtual.now();
  const isHealthy = ({ consent }: Stored) =>
    consent.state === 'active' &&
    consent.accessType === 'time_based' &&
    consent.pausedAt === null &&
    (consent.endsAt?.getTime() ?? 0) > from.getTime() + 12 * day;
  const due = (await lookUp(life)).filter(isHealthy);
  // A job that runs for 30 hours may be under way, and a pause of its own after it.
  const longest = (due.length + 3) * day;
  for (let passed = 0; ; passed += 6 * hour) {
    const missing = (await lookUp(life))
      .filter((each) => due.some(({ lived }) => lived === each.lived))
      .flatMap(({ consent, exports }) =>
        exportedResources(consent)
          .filter((resource) => (dailyResources as readonly string[]).includes(resource))
          .filter((resource) => consent.state === 'active' && !exports.some((row) => isFresh(row, resource, from)))
          .map((resource) => `${resource} of ${consent.id}`),
      );
    if (missing.length === 0) return;
    must(passed < longest, `in ${longest / day} days nothing came of ${missing.join(' and ')}`);
    await virtual.sleep(6 * hour);
    await checkLaws(life);
  }
}

const isFresh = ({ state, resources, initiatedAt }: Export, resource: string, from: Date) =>
  (state === 'ready' || state === 'partial') &&
  resources.includes(resource) &&
  (initiatedAt?.getTime() ?? 0) > from.getTime() - minute;

/** Each consent ends on request, also on repeated ones, and leaves histories without a fault or a secret. */
export async function checkThatLivesEnd(life: Life): Promise<void> {
  const { virtual } = life;
  for (const { consent, lived } of await lookUp(life)) {
    if (!isOver(consent))
      await take(life, { do: 'send', message: 'cancel', whom: life.consents.indexOf(lived), times: 1 });
    await virtual.ended(consent.id);
    await checkLaws(life);
  }
  for (const { consent } of await lookUp(life)) {
    must(isOver(consent), `${consent.id} is ${consent.state}`);
    const { client } = virtual.environment;
    const text = await historyText(client, consentWorkflowId(consent.id));
    const prefix = exportWorkflowId(consent.id, '');
    const loops = [...new Set([...text.matchAll(/"workflowId":"([^"]+)"/g)].map((match) => match[1] ?? ''))];
    const texts = await Promise.all(
      loops.filter((id) => id.startsWith(prefix)).map((workflowId) => historyText(client, workflowId)),
    );
    for (const each of [text, ...texts]) {
      must(!secret.test(each), `a secret is in a history of ${consent.id}`);
      // A message that comes while a task is completed has the task repeated, by design of Temporal.
      const causes = [...each.matchAll(/WORKFLOW_TASK_FAILED_CAUSE_\w+/g)].map(([cause]) => cause);
      const faults = causes.filter((cause) => cause !== 'WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND');
      must(faults.length === 0, `a task of ${consent.id} failed: ${faults.join()}`);
    }
  }
}
