/**
 * The loop of one resource, or of a batch: an export, and with time-based access the next one a day later, until its
 * consent stops it.
 */
import { allHandlersFinished, CancellationScope, condition, continueAsNew, workflowInfo } from '@temporalio/workflow';

import { exportWorkflowId } from '../ids';
import { refuseForeignInput } from '../own-id';
import { persistentCalls } from '../activity-proxies';
import { beginCycle, cycleRequest } from './begin-cycle';
import { beginLoop, isStaying, nextInput, type ExportInput, type ExportLoop, type LoopResult } from './export-loop';
import { answerExportNow } from './export-now';
import { receiveMessages } from './receive-messages';
import { runCycle } from './run-cycle';
import { sleepUntilDue } from './sleep-until-due';
import { takeLock, takeOutcome } from './take-result';

/**
 * Above this number of events, a run continues as a new one; far below the server's own limits
 * (https://docs.temporal.io/cloud/limits).
 */
const longestHistory = 2_000;

export async function exportWorkflow(input: ExportInput): Promise<LoopResult> {
  refuseForeignInput(exportWorkflowId(input.consentId, input.resource));
  const loop = beginLoop(input);
  receiveMessages(loop);

  for (;;) {
    const whyNot = await sleepUntilDue(loop);
    if (whyNot !== undefined) return await endLoop(loop, whyNot);
    if (isSplitDue(loop)) return await endLoop(loop, 'split');

    loop.scope = new CancellationScope();
    const cycle = beginCycle(loop);
    const done = await runCycle(cycleRequest(loop), cycle, loop.scope);
    loop.state = 'sleeping';
    loop.sinceMs = Date.now();
    loop.startByMs = null;

    if (done.kind === 'locked') {
      if (takeLock(loop, done) === 'batch_needed') return await endLoop(loop, 'batch_needed');
      continue;
    }
    const why = takeOutcome(loop, done.outcome, cycle);
    if (why !== undefined) return await endLoop(loop, why);

    if (isRunOld(loop) && isStaying(loop)) {
      await condition(allHandlersFinished);
      // Built after the wait, so that it includes messages that arrived meanwhile.
      if (isStaying(loop)) return await continueAsNew<typeof exportWorkflow>(nextInput(loop));
    }
  }
}

/** Whether a resource of the batch has to be tried on its own. */
function isSplitDue({ input: { splitAtMs }, resources }: ExportLoop): boolean {
  return splitAtMs !== null && resources.length > 1 && Date.now() >= splitAtMs;
}

function isRunOld({ input: { policy } }: ExportLoop): boolean {
  const { historyLength, continueAsNewSuggested, runStartTime } = workflowInfo();
  const isOld = Date.now() - runStartTime.getTime() >= policy.continueAfterMs;
  return isOld || continueAsNewSuggested || historyLength > longestHistory;
}

/** Ends the loop; a request that was stored but never became a job is closed first. */
async function endLoop(loop: ExportLoop, why: LoopResult['why']): Promise<LoopResult> {
  const { consentId, resource, policy } = loop.input;
  answerExportNow(loop, { kind: 'ended' });
  if (loop.isOpen) {
    const { resources, cycle } = loop;
    const record = persistentCalls(policy, 'close the request that was not started');
    await record.failExport({ consentId, resource, resources, cycle, errorCode: 'EXPORT_STOPPED' });
  }
  await condition(allHandlersFinished);
  return { resource, resources: loop.resources, why, nextAtMs: loop.nextAtMs, last: loop.last };
}
