/** One round of housekeeping, started by a schedule: the tasks that no consent’s own workflow can do. */
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { log, ParentClosePolicy, patched, startChild, workflowInfo } from '@temporalio/workflow';

import type { Activities } from '../activities';
import type { ErrorCode } from '../domain/error-codes';
import type { Policy } from '../domain/policy';
import { overdueRecordsId } from './ids';
import { overdueRecordsWorkflow } from './overdue-records';
import { calls, outageOf } from './activity-proxies';

export interface HousekeepingInput {
  readonly policy: Policy;
}

export interface HousekeepingResult {
  /** The last consent that the round looked at; the next round begins after it. Empty means from the first one. */
  readonly after: string;
  /** Steps that this round could not do, because a peer was unavailable; the next round does them. */
  readonly notDone?: readonly NotDone[];
}

interface NotDone {
  readonly step: string;
  readonly errorCode: ErrorCode;
}

/** Number of consents and exports that one round looks at, so that its load stays the same however many exist. */
const roundSize = 200;
/** A step that fails for this long is left to the next round. */
const roundWithinMs = 60_000;

export async function housekeepingWorkflow({ policy }: HousekeepingInput): Promise<HousekeepingResult> {
  const before = workflowInfo().lastResult as HousekeepingResult | undefined;
  const page = { policy, after: before?.after ?? '', limit: roundSize };
  const step = (summary: string) => calls(policy, Date.now() + roundWithinMs, summary);

  const steps = {
    reviveConsents: step('consents whose workflow is gone').reviveConsents(page),
    startMissing: step('consents without a workflow').startMissing(page),
    tellDelayed: step('exports near a deadline').tellDelayed(page),
    findOverdue: step('consents whose exports are overdue').findOverdue(page),
    ...(patched('dead sessions are ended') && {
      endDeadSessions: step('connect sessions without an end').endDeadSessions(page),
    }),
    ...(patched('unconfirmed grants are given back') && {
      endUnconfirmed: step('grants that were not confirmed').endUnconfirmed(page),
    }),
    ...(patched('broken-off readings are swept') && {
      sweepReadings: step('readings that were broken off').sweepReadings(page),
    }),
    ...(patched('webhooks are woken') && { wakeWebhooks: step('events to send').wakeWebhooks(page) }),
    ...(patched('old events are removed') && { pruneOld: step('old events and answers').pruneOld() }),
    ...(patched('kept grants are ended') && {
      endKeptGrants: step('kept grants that can be ended').endKeptGrants(page),
    }),
    ...(patched('overdue records are read') && { readOverdueRecords: readOverdue(policy, step('overdue records')) }),
  };
  // They run in parallel, so that a failing one does not stop the others.
  const names = Object.keys(steps);
  const done = await Promise.allSettled(Object.values<Promise<unknown>>(steps));
  const notDone: NotDone[] = [];
  for (const [index, outcome] of done.entries()) {
    if (outcome.status === 'fulfilled') continue;
    // A round cannot help when a peer is unavailable; the next round starts at the same place.
    const errorCode = outageOf(outcome.reason);
    if (errorCode === undefined) throw outcome.reason;
    notDone.push({ step: names[index] ?? '', errorCode });
  }
  if (notDone.length > 0) log.warn('housekeeping left steps to its next round', { notDone });
  const isRevived = notDone.every((each) => each.step !== 'reviveConsents');
  const { after } = isRevived ? await steps.reviveConsents : page;
  return { after, ...(notDone.length > 0 && { notDone }) };
}

/** Starts the workflow that reads overdue records, unless it is running. It continues after the end of this round. */
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
