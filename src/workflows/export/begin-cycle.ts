/** The input of an export's cycle, and the messages that the cycle sends to its loop. */
import { getExternalWorkflowHandle } from '@temporalio/workflow';

import type { ExportState } from '../../domain/states';
import { consentWorkflowId } from '../ids';
import { splitWorkedSignal } from '../signals-and-queries';
import type { CycleProgress, CycleRequest, Started } from './cycle';
import { nextAfter, type ExportLoop } from './export-loop';
import { answerExportNow } from './export-now';
import { enterState } from './show-export';

/** The export under way, as its loop sees it. */
export interface CycleUnderWay extends CycleProgress {
  readonly startedAtMs: number;
  /** Google has the job. */
  isStarted: boolean;
}

export function cycleRequest(loop: ExportLoop): CycleRequest {
  const { consentId, resource, accessType, policy } = loop.input;
  const startByMs = loop.startByMs ?? Date.now() + policy.startWithinMs;
  return { consentId, resource, resources: loop.resources, cycle: loop.cycle, accessType, startByMs, policy };
}

export function beginCycle(loop: ExportLoop): CycleUnderWay {
  const cycle = {
    startedAtMs: Date.now(),
    isStarted: false,
    enter: (state: ExportState, details: string) => enterState(loop, state, details),
    async started({ exportId, endsAtMs, initiatedAtMs, lockedUntilMs }: Started): Promise<void> {
      cycle.isStarted = true;
      loop.exportId = exportId;
      loop.endsAtMs = endsAtMs;
      loop.nextAtMs = nextAfter(loop, { startedAtMs: initiatedAtMs, lockedUntilMs, refusedAtMs: null });
      answerExportNow(loop, { kind: 'started', exportId });
      if (loop.isProbe) {
        await getExternalWorkflowHandle(consentWorkflowId(loop.input.consentId)).signal(splitWorkedSignal);
      }
      loop.isProbe = false;
    },
  };
  return cycle;
}
