/** The steps of a round of housekeeping; each one handles a bounded number of rows. */
import { log } from '@temporalio/activity';

import type { Consent } from '../database/consents';
import { isOutage, PortageError } from '../domain/error-codes';
import { overdueSince } from '../domain/overdue-exports';
import type { Policy } from '../domain/policy';
import { sweepReadings } from '../records/read/sweep-readings';
import type { ActivityDependencies } from './dependencies';
import { keptGrantActivities, type KeptGrantDependencies } from './end-kept-grants';
import { cancellationSignal } from './progress';

/** The consents that a round looks at: `limit` of them, from the first one after this id. */
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
  /** Starts the workflows that are due. @returns their number */
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

/** A step that was cancelled, or whose worker died, has stored its last object long before this time. */
const sweepAfterMs = 3_600_000;
/**
 * A round does not look at exports that ended longer ago than this. Since a round runs every minute, objects are left
 * behind only if all rounds fail for this long.
 */
const sweepWithinMs = 8 * 24 * 3_600_000;
/** Each one costs the storage a listing. */
const sweptAtOnce = 20;

/** Rows of one kind that a round removes: more than 7,000,000 a day. */
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
        // The consent may have ended meanwhile. Or its workflow was never started, which another step handles.
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
     * Ends connect sessions that can no longer lead to a grant. If the server died that had taken Google's answer,
     * Google may have given a grant that Portage does not know (docs/known-defects.md D58).
     */
    async endDeadSessions({ limit }: Page): Promise<void> {
      for (const { id, state, errorCode } of await connectSessions.endDead(now(), limit)) {
        const about = { connectSessionId: id, errorCode };
        if (state === 'failed') log.warn('connect session ended whose answer was not stored', about);
        else log.info('connect session expired', about);
      }
    },

    /**
     * Ends connect sessions that their host app did not confirm in time, and starts the workflows that reset their
     * grants. A workflow that does not start now is started later, as for any consent without a workflow.
     */
    async endUnconfirmed({ policy, limit }: Page): Promise<void> {
      for (const session of await connectSessions.listUnconfirmed(now(), limit)) {
        cancellationSignal().throwIfAborted();
        const consentId = await consents.endUnconfirmed(session, now());
        if (consentId === undefined) continue;
        log.warn('a connect session was not confirmed in time', { connectSessionId: session.id, consentId });
        const consent = await consents.find(consentId);
        if (consent !== undefined) await start(consent, policy, 'an unconfirmed grant is reset');
      }
    },

    /** Deletes the objects of interrupted readings whose exports have ended. */
    async sweepReadings({ limit }: Page): Promise<void> {
      const at = now().getTime();
      const time = { from: new Date(at - sweepWithinMs), to: new Date(at - sweepAfterMs) };
      for (const row of await records.listBrokenOff(time, Math.min(limit, sweptAtOnce))) {
        const objects = await sweepReadings(deps, row, cancellationSignal());
        const about = { consentId: row.consentId, exportId: row.id, objects };
        if (objects > 0) log.info('objects of interrupted readings deleted', about);
      }
    },

    /** Starts the workflows of events that wait to be sent. Every worker does this too, and sooner. */
    async wakeWebhooks({ policy, limit }: Page): Promise<void> {
      await webhookWorkflows.wakeDue(policy, limit);
    },

    /**
     * Removes old events and deliveries, old answers for idempotency keys, deleted webhook endpoints, and the secrets
     * of Google clients that nothing uses any more.
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

/** A workflow that cannot be started now is started by a later round; the others are started all the same. */
function createStart(consentWorkflows: ConsentWorkflowStarter) {
  return async (consent: Consent, policy: Policy, message: string): Promise<void> => {
    try {
      await consentWorkflows.start(consent, policy);
      log.warn(message, { consentId: consent.id });
    } catch (error) {
      // When Temporal is unavailable, no other workflow could be started either.
      if (error instanceof PortageError && isOutage(error.code)) throw error;
      log.warn('consent workflow could not be started', { consentId: consent.id, error });
    }
  };
}
