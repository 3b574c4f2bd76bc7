/** The export loops of one consent: started side by side, told what the consent is told, regrouped where Google's lock forces it. */
import {
  CancellationScope,
  ChildWorkflowFailure,
  isCancellation,
  ParentClosePolicy,
  patched,
  startChild,
  type ChildWorkflowHandle,
} from '@temporalio/workflow';

import type { LoopPlan } from '../activities/consent';
import type { ExportOutcome } from '../domain/outcome';
import type { Policy } from '../domain/policy';
import { exportWorkflow, type LoopResult } from './export';
import { batchLoop } from '../domain/schedule';
import { exportWorkflowId } from './ids';
import {
  addResourcesSignal,
  joinBatchSignal,
  leaveBatchSignal,
  pauseSignal,
  removeResourcesSignal,
  renewedSignal,
  resumeSignal,
  stopSignal,
} from './messages';
import { consentIdAttribute, exportStateAttribute, resourceAttribute } from './search-attributes';
import { calls } from './steps';

interface Loop {
  readonly plan: LoopPlan;
  readonly handle: ChildWorkflowHandle<typeof exportWorkflow>;
  /** Those of the batch change. */
  resources: readonly string[];
}

/** A loop whose workflow ended without a result: it was terminated or cancelled from outside, or it broke. */
interface LostLoop extends Pick<LoopResult, 'resource' | 'resources' | 'nextAtMs'> {
  readonly why: 'lost';
  readonly last: null;
  readonly plan: LoopPlan;
}

/** What every loop of the consent is started with. */
export interface LoopContext {
  readonly consentId: string;
  readonly policy: Policy;
  endsAtMs: number | null;
  paused: boolean;
}

/**
 * @param context read at each start of a loop
 * @param onResult told when a loop has ended; {@link settle} is then to be called from the main function
 */
export function createLoops(context: LoopContext, onResult: () => void) {
  const { consentId, policy } = context;
  const running = new Map<string, Loop>();
  const results: (LoopResult | LostLoop)[] = [];
  /** Results that wait for the batch's own one, since it was ending when they came. */
  const parked: LoopResult[] = [];
  const superseded = new Set<string>();
  /** The last outcome of each loop. */
  const outcomes = new Map<string, ExportOutcome>();
  /** How often each loop was lost: one that breaks again and again is started again less and less often. */
  const losses = new Map<string, number>();

  const ended = (result: LoopResult | LostLoop): void => {
    results.push(result);
    onResult();
  };
  const step = (summary: string) => calls(policy, Date.now() + policy.storeWithinMs, summary);

  const start = async (plan: LoopPlan): Promise<void> => {
    const { resource, resources } = plan;
    const { endsAtMs, paused } = context;
    const handle = await startChild(exportWorkflow, {
      workflowId: exportWorkflowId(consentId, resource),
      args: [{ ...plan, consentId, endsAtMs, paused, longestMs: 0, last: null, policy }],
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      staticSummary: `export of ${resource}`,
      typedSearchAttributes: [
        { key: consentIdAttribute, value: consentId },
        { key: resourceAttribute, value: resource },
        { key: exportStateAttribute, value: 'initiating' },
      ],
    });
    running.set(resource, { plan, handle, resources });
    void handle.result().then(ended, (error: unknown) => {
      // A cancellation of the consent's own workflow reaches its main function by itself.
      if (!(error instanceof ChildWorkflowFailure) || CancellationScope.current().consideredCancelled) return;
      const goesOn = patched('lost loops go on');
      if (!goesOn && isCancellation(error)) return;
      // Google has no archive of one-time access any more after that: nothing could be brought home.
      const isOver = plan.accessType === 'one_time' && Date.now() >= (plan.startByMs ?? 0) + policy.storeWithinMs;
      if (goesOn && !isOver) {
        const left = running.get(resource)?.resources ?? resources;
        ended({ resource, resources: left, why: 'lost', nextAtMs: 0, last: null, plan });
        return;
      }
      const last: ExportOutcome = {
        resource,
        exportId: '',
        state: 'failed',
        verdict: null,
        errorCode: 'UNEXPECTED',
        parts: 0,
        bytes: 0,
        keptUntilMs: Date.now() + policy.storeWithinMs,
      };
      ended({ resource, resources, why: 'refused', nextAtMs: 0, last });
    });
  };

  /** A loop that ends before a message reaches it is settled by its result. @returns whether it was reached */
  const tell = async (send: () => Promise<void>): Promise<boolean> => {
    try {
      await send();
      return true;
    } catch (error) {
      if (isCancellation(error)) throw error;
      return false;
    }
  };
  const tellAll = async (send: (loop: Loop, name: string) => Promise<void>): Promise<void> => {
    for (const [name, loop] of [...running]) await tell(() => send(loop, name));
  };

  /** Puts resources into the batch, which is started where there is none; every other loop is then to join it. */
  const intoBatch = async (result: LoopResult, resources: readonly string[]): Promise<void> => {
    const batch = running.get(batchLoop);
    if (batch !== undefined) {
      batch.resources = [...batch.resources, ...resources];
      if (!(await tell(() => batch.handle.signal(addResourcesSignal, { resources })))) parked.push(result);
      return;
    }
    const plan = await step('share one export a day').planBatch({ consentId, resources, policy });
    await start({ ...plan, nextAtMs: result.nextAtMs });
    await tellAll(async ({ plan: { accessType }, handle }, name) => {
      if (name !== batchLoop && accessType === 'time_based') await handle.signal(joinBatchSignal);
    });
  };

  /** Starts a loop again that was lost, where its export stands, and not before the next one may be asked for. */
  const resume = async (resource: string, plan: LoopPlan): Promise<void> => {
    const before = losses.get(resource) ?? 0;
    losses.set(resource, before + 1);
    const pauseMs = Math.min(policy.exportEveryMs, policy.retryAfterMs.first * 2 ** before);
    const resumed = await step('a loop that was lost goes on').resumeLoop({ consentId, plan, policy });
    await start({ ...resumed, nextAtMs: Math.max(resumed.nextAtMs, Date.now() + pauseMs) });
  };

  const regroup = async (result: LoopResult | LostLoop): Promise<void> => {
    const resources = result.resources.filter((each) => !superseded.has(each));
    if (resources.length === 0) return;
    const { nextAtMs } = result;
    const alone = (resource: string) => step('one export of its own').planLoop({ consentId, resource });
    switch (result.why) {
      case 'lost':
        await resume(result.resource, { ...result.plan, resources });
        return;
      case 'batch_needed':
      case 'joined_batch':
        await intoBatch(result, resources);
        return;
      case 'split': {
        const [probe, ...rest] = [...resources].reverse();
        const batch = await step('one less in the batch').planBatch({ consentId, resources: rest, policy });
        await start({ ...batch, nextAtMs });
        // A little later, so that the batch has the slot whatever becomes of it.
        const probeAtMs = Date.now() + 2 * policy.exportMarginMs;
        if (probe !== undefined) await start({ ...(await alone(probe)), nextAtMs: probeAtMs, isProbe: true });
        return;
      }
      case 'left_batch':
        await step('one export for each resource again').endBatch({ consentId });
        for (const resource of resources) await start({ ...(await alone(resource)), nextAtMs });
        return;
      case 'finished':
      case 'stopped':
      case 'grant_ended':
      case 'refused':
    }
  };

  return {
    start,
    outcomes,

    names: () => [...running.keys()],
    isEmpty: () => running.size === 0 && results.length === 0,

    /**
     * Takes note of loops that have ended and starts what follows them.
     *
     * @param mayGoOn false when the consent is ending: then nothing follows
     * @returns whether Google ended the grant, as one of them found out
     */
    async settle(mayGoOn: () => boolean): Promise<{ grantEnded: boolean }> {
      let grantEnded = false;
      for (let result = results.shift(); result !== undefined; result = results.shift()) {
        running.delete(result.resource);
        if (result.last !== null) outcomes.set(result.resource, result.last);
        if (result.why === 'grant_ended') grantEnded = true;
        if (!grantEnded && mayGoOn()) await regroup(result);
        if (result.resource === batchLoop) results.push(...parked.splice(0));
      }
      return { grantEnded };
    },

    /** Another consent has taken over these resources. */
    async supersede(resources: readonly string[]): Promise<void> {
      for (const resource of resources) superseded.add(resource);
      await tellAll(async (loop, name) => {
        const gone = loop.resources.filter((resource) => superseded.has(resource));
        loop.resources = loop.resources.filter((resource) => !superseded.has(resource));
        if (gone.length === 0) return;
        if (name === batchLoop) await loop.handle.signal(removeResourcesSignal, { resources: gone });
        else await loop.handle.signal(stopSignal, { how: 'finish' });
      });
    },
    isSuperseded: (resource: string) => superseded.has(resource),

    leaveBatch: () =>
      tellAll(async ({ handle }, name) => {
        if (name === batchLoop) await handle.signal(leaveBatchSignal);
      }),
    setPaused: (paused: boolean) => tellAll(({ handle }) => handle.signal(paused ? pauseSignal : resumeSignal)),
    renew: (endsAtMs: number | null) => tellAll(({ handle }) => handle.signal(renewedSignal, { endsAtMs })),
    stop: (how: 'finish' | 'abandon') => tellAll(({ handle }) => handle.signal(stopSignal, { how })),
  };
}
