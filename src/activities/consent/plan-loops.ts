/** Where the loops of a consent start: each resource on its own, or several in the batch. */
import { log } from '@temporalio/activity';

import type { Consent } from '../../database/consents';
import type { ExportStore } from '../../database/exports';
import type { Policy } from '../../domain/policy';
import { batchLoop, nextStartMs, spreadOf, withMargin } from '../../domain/schedule';
import type { ActivityDependencies } from '../dependencies';
import type { Access } from './ask-access';
import type { LoopPlan } from './plans';

export type PlanningDependencies = Pick<ActivityDependencies, 'consents' | 'exports' | 'now'>;

export function planningActivities({ consents, exports, now }: PlanningDependencies) {
  return {
    /** The start of a loop for one resource that was in the batch. */
    async planLoop({ consentId, resource }: { consentId: string; resource: string }): Promise<LoopPlan> {
      const { cycle } = await exports.nextCycle(consentId, resource);
      return planAlone(resource, cycle);
    },

    /**
     * The point at which a loop continues whose workflow was lost: in the middle of its export, or a day after it. A
     * one-time loop has only one export, which is read from the database.
     */
    async resumeLoop(request: { consentId: string; plan: LoopPlan; policy: Policy }): Promise<LoopPlan> {
      const { consentId, plan, policy } = request;
      const { resource } = plan;
      log.warn('the loop of an export was lost and is started again', { consentId, resource });
      if (plan.accessType === 'one_time') return plan;
      return { ...plan, ...(await nextExportOf(exports, consentId, resource, plan.startByMs, policy)) };
    },

    /** From now on all resources share one job a day: Google's lock counts for all of them (docs/google-api.md Q1). */
    async planBatch(request: { consentId: string; resources: readonly string[]; policy: Policy }): Promise<LoopPlan> {
      const { consentId, resources, policy } = request;
      const at = now();
      await consents.setBatched(consentId, true, at);
      log.warn('Google’s lock counts for all resources together: they share one export a day', { consentId });
      return planShared(exports, consentId, resources, at.getTime() + policy.splitAfterMs);
    },

    /** Each resource has its own job again. */
    async endBatch({ consentId }: { consentId: string }): Promise<void> {
      await consents.setBatched(consentId, false, now());
      log.info('Google’s lock counts for each resource on its own: each has its own export again', { consentId });
    },
  };
}

/** The point at which each loop starts: its first export, the middle of one, or the wait for the next. */
export async function planLoops(
  exports: ExportStore,
  consent: Consent,
  access: Access,
  resources: readonly string[],
  policy: Policy,
): Promise<LoopPlan[]> {
  const startByMs = consent.createdAt.getTime() + policy.startWithinMs;
  const isOneTime = (resource: string) => access.accessType === 'one_time' || access.oneTime.has(resource);
  const shared = consent.batchedAt === null ? [] : resources.filter((resource) => !isOneTime(resource));
  const loops = resources.filter((resource) => !shared.includes(resource));
  const plans = await Promise.all(
    loops.map(async (resource): Promise<LoopPlan> => {
      if (isOneTime(resource)) return { ...planAlone(resource, 1), accessType: 'one_time', startByMs };
      return { ...planAlone(resource, 1), ...(await nextExportOf(exports, consent.id, resource, startByMs, policy)) };
    }),
  );
  if (shared.length === 0 || consent.batchedAt === null) return plans;
  const shares = await planShared(exports, consent.id, shared, consent.batchedAt.getTime() + policy.splitAfterMs);
  return [...plans, { ...shares, ...(await nextExportOf(exports, consent.id, shares.resource, null, policy)) }];
}

function planAlone(resource: string, cycle: number): LoopPlan {
  return {
    resource,
    resources: [resource],
    accessType: 'time_based',
    cycle,
    nextAtMs: 0,
    startByMs: null,
    isProbe: false,
    splitAtMs: null,
  };
}

async function planShared(
  exports: ExportStore,
  consentId: string,
  resources: readonly string[],
  splitAtMs: number,
): Promise<LoopPlan> {
  const { cycle } = await exports.nextCycle(consentId, batchLoop);
  return { ...planAlone(batchLoop, cycle), resources, splitAtMs };
}

/** The next export of a time-based loop, or the one that has not ended; `startByMs` is for the first one only. */
async function nextExportOf(
  exports: ExportStore,
  consentId: string,
  loop: string,
  startByMs: number | null,
  policy: Policy,
): Promise<Pick<LoopPlan, 'cycle' | 'nextAtMs' | 'startByMs'>> {
  const { cycle, before } = await exports.nextCycle(consentId, loop);
  // A running export continues immediately.
  const atMs = before === undefined ? 0 : (nextStartMs(policy, before) ?? 0);
  const nextAtMs = withMargin(policy, atMs, spreadOf(`${consentId}/${loop}`));
  return { cycle, nextAtMs, startByMs: before === undefined ? startByMs : null };
}
