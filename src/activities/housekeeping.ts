/** The steps of a round of housekeeping; each one goes over a bounded number of rows. */
import { log } from '@temporalio/activity';

import type { Consent } from '../database/consents';
import { isOutage, PortageError } from '../domain/error-codes';
import { overdueSince } from '../domain/overdue-exports';
import type { Policy } from '../domain/policy';
import { sweepReadings } from '../records/read/sweep-readings';
import type { ActivityDependencies } from './dependencies';
import { keptGrantActivities, type KeptGrantDependencies } from './end-kept-grants';
import { cancellationSignal } from './progress';

/** Which consents a round looks at: so many, from the first one after this id. */
export interface Page {
  readonly policy: Policy;
  readonly after: string;
  readonly limit: number;
}

/** Starts the missing workflows of consents (temporal/client/consent-workflows.ts). */
export interface ConsentWorkflowStarter {
  /** Starts the workflow unless it runs. */
  start(consent: Consent, policy: Policy): Promise<void>;
  /** Whether it is open. */
  isRunning(consentId: string): Promise<boolean>;
}

/** Starts the workflows that send webhooks (temporal/client/webhook-workflows.ts). */
export interface WebhookWorkflowStarter {
  /** Starts what is due. @returns how many */
  wakeDue(policy: Policy, limit: number): Promise<number>;
}

type HousekeepingDependencies = Pick<
  ActivityDependencies,
  | 'consents'
  | 'connectSessions'
  | 'exports'
  | 'googleClients'
  | 'records'
  | 'storage'
  | 'eventPruning'
  | 'eventRetentionMs'
  | 'now'
> &
  KeptGrantDependencies & {
    readonly consentWorkflows: ConsentWorkflowStarter;
    readonly webhookWorkflows: WebhookWorkflowStarter;
  };

/** A step that was called off, or lost its worker, has stored its last object long before this. */
const sweepAfterMs = 3_600_000;
/** Rounds come every minute; this is how long none may have come to its end. */
const sweepWithinMs = 8 * 24 * 3_600_000;
/** Each one costs the storage a listing. */
const sweptAtOnce = 20;

/** Rows of one kind that a round removes: more than 7,000,000 in a day. */
const prunedAtOnce = 5_000;

export function createHousekeepingActivities(deps: HousekeepingDependencies) {
  const { consents, connectSessions, exports, records, now, consentWorkflows, webhookWorkflows } = deps;

  const start = createStart(consentWorkflows);

  return {
    ...keptGrantActivities(deps),

    /** Starts the workflow of stored consents that have none, because Temporal did not answer at the callback. */
    async startMissing({ policy, limit }: Page): Promise<void> {
      for (const consent of await consents.withoutWorkflow(limit)) {
        cancellationSignal().throwIfAborted();
        await start(consent, policy, 'consent workflow started late');
      }
    },

    /**
     * Starts the workflow again for each consent that has not ended and whose workflow does not run: it was terminated,
     * it failed, or Temporal lost it. It continues from the state in the database.
     *
     * @returns the id after which the next round begins
     */
    async reviveConsents({ policy, after, limit }: Page): Promise<{ after: string }> {
      const page = await consents.listActive(after, limit);
      for (const { id } of page) {
        cancellationSignal().throwIfAborted();
        if (await consentWorkflows.isRunning(id)) continue;
        // It may have ended meanwhile, or never have been started, which is seen to elsewhere.
        const consent = await consents.find(id);
        if (consent === undefined || consent.endedAt !== null || consent.workflowStartedAt === null) continue;
        await start(consent, policy, 'consent workflow was gone and is started again');
      }
      return { after: page.length < limit ? '' : (page.at(-1)?.id ?? '') };
    },

    /** Records an event, once for each export, that a deadline is near. */
    async tellDelayed({ policy, limit }: Page): Promise<void> {
      for (const { row, deadlineAt } of await exports.listDelayed(policy, now(), limit)) {
        const { id, consentId, resource, state } = row;
        if (await exports.recordDelay(id, deadlineAt, now())) {
          log.warn('export is near its deadline', {
            consentId,
            exportId: id,
            resource,
            exportState: state,
            deadlineAt,
          });
        }
      }
    },

    /**
     * Ends connect sessions that can bring no grant any more. One whose answer was taken by a server that died may have led
     * to a grant at Google that nobody knows (docs/known-defects.md D58).
     */
    async endDeadSessions({ limit }: Page): Promise<void> {
      for (const { id, state, errorCode } of await connectSessions.endDead(now(), limit)) {
        const about = { connectSessionId: id, errorCode };
        if (state === 'failed') log.warn('connect session ended whose answer was not stored', about);
        else log.info('connect session expired', about);
      }
    },

    /**
     * Ends connect sessions that their host app did not confirm in time, and starts the workflows that give their grants
     * back. One that does not start now is started as a consent without a workflow.
     */
    async endUnconfirmed({ policy, limit }: Page): Promise<void> {
      for (const session of await connectSessions.listUnconfirmed(now(), limit)) {
        cancellationSignal().throwIfAborted();
        const consentId = await consents.endUnconfirmed(session, now());
        if (consentId === undefined) continue;
        log.warn('a connect session was not confirmed in time', { connectSessionId: session.id, consentId });
        const consent = await consents.find(consentId);
        if (consent !== undefined) await start(consent, policy, 'an unconfirmed grant is given back');
      }
    },

    /** Deletes the objects of interrupted readings whose exports have ended. */
    async sweepReadings({ limit }: Page): Promise<void> {
      const at = now().getTime();
      const time = { from: new Date(at - sweepWithinMs), to: new Date(at - sweepAfterMs) };
      for (const row of await records.listBrokenOff(time, Math.min(limit, sweptAtOnce))) {
        const objects = await sweepReadings(deps, row, cancellationSignal());
        const about = { consentId: row.consentId, exportId: row.id, objects };
        if (objects > 0) log.info('what broken-off readings stored was removed', about);
      }
    },

    /** Starts the workflows of events that wait to be sent: every worker does so as well, and sooner. */
    async wakeWebhooks({ policy, limit }: Page): Promise<void> {
      await webhookWorkflows.wakeDue(policy, limit);
    },

    /**
     * Removes old events and deliveries, old answers for idempotency keys, deleted webhook endpoints, and the secrets of Google
     * clients that nothing uses any more.
     */
    pruneOld: () => pruneOld(deps),

    /** Exports that ended before their records were read, each consent's in the order in which they are to be read. */
    async findOverdueRecords(): Promise<{ consentId: string; ids: string[] }[]> {
      return records.listOverdue({ consents: 20, exports: 10 });
    },

    /** Logs a warning for consents that have not ended and should have exported again a day ago. */
    async findOverdue({ policy, after, limit }: Page): Promise<void> {
      const page = await consents.listActive(after, limit);
      const newest = await exports.newestOfConsents(page.map(({ id }) => id));
      const overdue = page.flatMap((consent) => {
        const rows = newest.filter(({ consentId }) => consentId === consent.id);
        return overdueSince(policy, consent, rows, now()).map((each) => ({ consentId: consent.id, ...each }));
      });
      if (overdue.length > 0) log.warn('exports are overdue', { overdue });
    },
  };
}

async function pruneOld(deps: HousekeepingDependencies): Promise<void> {
  const { eventPruning, eventRetentionMs, googleClients, now } = deps;
  const pruned = await eventPruning.pruneOld(now(), eventRetentionMs, prunedAtOnce);
  if (Object.values(pruned).some((count) => count > 0)) log.info('old rows were removed', { ...pruned });
  const clientIds = await googleClients.forgetUnused(now());
  if (clientIds.length > 0) log.info('secrets of Google clients that nothing uses were deleted', { clientIds });
}

/** One that cannot be started now is met again; it keeps no other from being started. */
function createStart(consentWorkflows: ConsentWorkflowStarter) {
  return async (consent: Consent, policy: Policy, message: string): Promise<void> => {
    try {
      await consentWorkflows.start(consent, policy);
      log.warn(message, { consentId: consent.id });
    } catch (error) {
      // Where Temporal is away, no other could be started either.
      if (error instanceof PortageError && isOutage(error.code)) throw error;
      log.warn('consent workflow could not be started', { consentId: consent.id, error });
    }
  };
}
