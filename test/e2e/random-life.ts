/**
 * One random life: a person, their consents, and the actions on them; the steps change it, always-true.ts checks it.
 */
import { createConsentMessages, type ConsentMessages } from '../../src/temporal/client/consent-messages';
import { createConsentProgress } from '../../src/temporal/client/consent-progress';
import { createTemporalCalls } from '../../src/temporal/client/temporal-calls';
import type { Consent } from '../../src/database/consents';
import type { Export } from '../../src/database/exports';
import { createUser, type VirtualUser } from '../support/virtual-users';
import type { VirtualPortage } from '../support/virtual-portage';

/** Taken for 30 or 180 days, and taken once: at Google a person cannot hold both kinds of access to one resource. */
export const dailyResources = ['myactivity.search', 'chrome.history', 'maps.starred_places'] as const;
export const onceResources = ['myactivity.shopping', 'myactivity.maps'] as const;

/** A consent, and the actions on it. */
export interface Lived {
  readonly id: string;
  readonly user: VirtualUser;
  /** Its grants at Google: one, and one more for each renewal by a new grant. */
  readonly grantIds: string[];
  readonly endRequests: Set<'cancel' | 'delete'>;
  renewals: number;
  /** When its workflow was lost last. */
  lostAt: number;
}

/** The stored rows of a consent at one moment. */
export interface Stored {
  readonly lived: Lived;
  readonly consent: Consent;
  readonly exports: readonly Export[];
}

export interface Life {
  readonly virtual: VirtualPortage;
  readonly messages: ConsentMessages;
  /** One, or two who have connected the same Google account. */
  readonly users: readonly VirtualUser[];
  readonly consents: Lived[];
  /** Jobs that were started past Portage. */
  readonly foreignJobs: Set<string>;
  /** Numbers of the emulator's requests that were not Portage's. */
  readonly foreignCalls: Set<number>;
  /** When the person took everything back at Google. */
  readonly leftAt: number[];
  /** When the workers were last replaced: a step may then run twice. */
  restartedAt: number;
  /** The rows at the last look. */
  before: readonly Stored[];
  /** How many of the emulator's requests and of the log's lines were looked at. */
  callsSeen: number;
  linesSeen: number;
}

export function beginLife(virtual: VirtualPortage, { isShared }: { isShared: boolean }): Life {
  const first = createUser(virtual);
  const { client } = virtual.environment;
  const { consents } = virtual.portage;
  // An answer that waits for a retry would need time to pass, and time stands still.
  const calls = createTemporalCalls({ client, address: 'the time-skipping server', answerWithinMs: 2_000 });
  const messages = createConsentMessages({
    calls,
    taskQueue: virtual.config.temporal.taskQueue,
    policy: virtual.config.policy,
    consents,
    progress: createConsentProgress(calls),
    now: virtual.portage.now,
  });
  return {
    virtual,
    messages,
    users: isShared ? [first, createUser(virtual, first.email)] : [first],
    consents: [],
    foreignJobs: new Set(),
    foreignCalls: new Set(),
    leftAt: [],
    restartedAt: 0,
    before: [],
    callsSeen: virtual.emulator.control.requests().at(-1)?.number ?? 0,
    linesSeen: virtual.logLines.length,
  };
}

/** The stored rows of every consent of the life, in the order of the consents. */
export async function lookUp({ consents, virtual }: Life): Promise<Stored[]> {
  return Promise.all(
    consents.map(async (lived) => ({
      lived,
      consent: await lived.user.find(lived.id),
      exports: await virtual.portage.exports.listByConsent(lived.id),
    })),
  );
}

/** The requests that the emulator got for the person's account since the last look. */
export function newCalls(life: Life) {
  return (life.users[0]?.calls() ?? []).filter(({ number }) => number > life.callsSeen);
}

/** What happened, for a reader of a failure. */
export async function liveThrough(life: Life): Promise<string> {
  const stored = await lookUp(life);
  const time = (at: Date | null) => at?.toISOString() ?? '-';
  const consents = stored.flatMap(({ lived, consent, exports }) => [
    `${consent.id} of ${consent.userId ?? '-'}: ${consent.state} ${consent.errorCode ?? ''} ${consent.accessType ?? ''}` +
      ` ${time(consent.createdAt)}..${time(consent.endedAt)} grant until ${time(consent.endsAt)}` +
      ` granted ${consent.grantedResources.join()} superseded ${consent.supersededResources.join()}` +
      ` batched ${time(consent.batchedAt)} paused ${time(consent.pausedAt)} reset ${consent.resetAnswer ?? '-'}` +
      ` end requests ${[...lived.endRequests].join()}`,
    ...exports.map(
      (row) =>
        `  ${row.resource} ${row.cycle} [${row.resources.join()}] ${row.state} ${row.verdict ?? ''} ${row.errorCode ?? ''}` +
        ` asked ${time(row.requestedAt)} locked ${time(row.lockedUntil)} started ${time(row.initiatedAt)}` +
        ` ended ${time(row.endedAt)} job ${row.archiveJobId ?? '-'}`,
    ),
  ]);
  const calls = (life.users[0]?.calls() ?? [])
    .filter(({ method }) => method !== 'state' && method !== 'download' && method !== 'connections')
    .slice(-60)
    .map(
      (each) => `  ${each.at} ${each.method} ${each.resources?.join() ?? ''} ${each.status ?? '?'} ${each.fault ?? ''}`,
    );
  const jobs = (life.users[0]?.jobs() ?? []).map(
    (job) =>
      `  ${job.jobId} ${new Date(job.requestedAt).toISOString()} ${job.resources.join()} ${job.outcome}` +
      ` until ${new Date(job.finishAt).toISOString()} retry ${job.attempt}` +
      `${job.cancelledAt === undefined ? '' : ' cancelled'}${life.foreignJobs.has(job.jobId) ? ' foreign' : ''}`,
  );
  return [`now ${time(await life.virtual.now())}`, ...consents, 'calls:', ...calls, 'jobs:', ...jobs].join('\n');
}
