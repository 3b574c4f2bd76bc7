/** One round of housekeeping, started by a schedule: what no consent’s own workflow can see to. */
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, patched, startChild, workflowInfo } from '@temporalio/workflow';

import type { Activities } from '../activities';
import type { Policy } from '../domain/policy';
import { overdueRecordsId } from './ids';
import { overdueRecordsWorkflow } from './overdue-records';
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
    ...(patched('overdue records are read') ? [readOverdue(policy, step('overdue records'))] : []),
  ]);
  for (const done of [...others, revived]) {
    // A peer that is away is nothing that a round could mend; the next one begins at the same place.
    if (done.status === 'rejected' && !isAway(done.reason)) throw done.reason;
  }
  return revived.status === 'fulfilled' ? revived.value : { after: page.after };
}

/** Starts the reading of what is overdue, unless it is under way; it goes on however short a round is. */
async function readOverdue(policy: Policy, step: Activities): Promise<void> {
  const overdue = await step.findOverdueRecords();
  if (overdue.length === 0) return;
  try {
    await startChild(overdueRecordsWorkflow, {
      workflowId: overdueRecordsId(workflowInfo().taskQueue),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      args: [{ policy, overdue }],
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
