/** The state of a consent's export loops, in the consent's workflow. */
import type { ChildWorkflowHandle } from '@temporalio/workflow';

import type { LoopPlan } from '../../activities/consent/plans';
import type { exportWorkflow } from '../export/export-workflow';
import type { LoopResult } from '../export/export-loop';

export interface Loop {
  readonly plan: LoopPlan;
  readonly handle: ChildWorkflowHandle<typeof exportWorkflow>;
  /** The resources of the batch change. */
  resources: readonly string[];
}

/** A loop whose workflow ended without a result: it was terminated or cancelled from outside, or it failed. */
export interface LostLoop extends Pick<LoopResult, 'resource' | 'resources' | 'nextAtMs'> {
  readonly why: 'lost';
  readonly last: null;
  readonly plan: LoopPlan;
}

export interface ConsentLoops {
  /** By name: a resource, or `batch`. */
  readonly running: Map<string, Loop>;
  /** Results of loops that have ended and are not settled yet (settle-loops.ts). */
  readonly results: (LoopResult | LostLoop)[];
  /** Results that wait for the batch's result, because the batch was ending when they arrived. */
  readonly parked: LoopResult[];
  /** Resources that a newer consent has taken over. */
  readonly superseded: Set<string>;
  /** How often each loop was lost: one that fails again and again is started again after longer and longer pauses. */
  readonly losses: Map<string, number>;
}

export function noLoops(): ConsentLoops {
  return { running: new Map(), results: [], parked: [], superseded: new Set(), losses: new Map() };
}

/** Whether every loop has ended and is settled. */
export function isIdle({ running, results }: ConsentLoops): boolean {
  return running.size === 0 && results.length === 0;
}
