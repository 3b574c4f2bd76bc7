/** One round of housekeeping, started by a schedule: what no consent’s own workflow can see to. */
import { patched, workflowInfo } from '@temporalio/workflow';

import type { Policy } from '../domain/policy';
import { calls, isAway } from './steps';

export interface HousekeepingInput {
  readonly policy: Policy;
}

export interface HousekeepingResult {
  /** The consent that the round looked at last; the next round begins after it. Empty: at the first one. */
  readonly after: string;
}

/** How many consents and exports one round looks at, so that its load is the same however many there are. */
const roundSize = 200;
/** A step that fails for so long is left to the next round. */
const roundWithinMs = 60_000;

export async function housekeepingWorkflow({ policy }: HousekeepingInput): Promise<HousekeepingResult> {
  const before = workflowInfo().lastResult as HousekeepingResult | undefined;
  const page = { policy, after: before?.after ?? '', limit: roundSize };
  const step = (summary: string) => calls(policy, Date.now() + roundWithinMs, summary);

  // Side by side, so that one that fails keeps no other from its work.
  const [revived, ...others] = await Promise.allSettled([
    step('consents whose workflow is gone').reviveConsents(page),
    step('consents without a workflow').startMissing(page),
    step('exports near a deadline').tellDelayed(page),
    step('consents whose exports are overdue').findOverdue(page),
    ...(patched('dead sessions are ended') ? [step('connect sessions without an end').endDeadSessions(page)] : []),
  ]);
  for (const done of [...others, revived]) {
    // A peer that is away is nothing that a round could mend; the next one begins at the same place.
    if (done.status === 'rejected' && !isAway(done.reason)) throw done.reason;
  }
  return revived.status === 'fulfilled' ? revived.value : { after: page.after };
}
