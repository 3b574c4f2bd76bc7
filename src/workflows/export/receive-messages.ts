/** What a loop may be told and asked. Handlers change the shared state; the main function follows it. */
import { setHandler } from '@temporalio/workflow';

import {
  addResourcesSignal,
  exportNowUpdate,
  exportStatusQuery,
  joinBatchSignal,
  leaveBatchSignal,
  pauseSignal,
  removeResourcesSignal,
  renewedSignal,
  resumeSignal,
  stopSignal,
} from '../messages';
import type { ExportLoop } from './export-loop';
import { answerExportNow, requestExportNow } from './export-now';

/** Signals that came before are handled at once, in the order of the handlers here: running histories depend on it. */
export function receiveMessages(loop: ExportLoop): void {
  setHandler(exportStatusQuery, () => {
    const { state, sinceMs, resources, exportId, nextAtMs, paused } = loop;
    return { state, sinceMs, resources, exportId, nextAtMs, paused };
  });
  setHandler(pauseSignal, () => {
    loop.paused = true;
    answerExportNow(loop, { kind: 'paused' });
    loop.woken = true;
  });
  setHandler(resumeSignal, () => {
    loop.paused = false;
    loop.woken = true;
  });
  setHandler(renewedSignal, ({ endsAtMs }) => {
    loop.endsAtMs = endsAtMs;
    loop.woken = true;
  });
  setHandler(stopSignal, ({ how }) => {
    loop.stop = loop.stop === 'abandon' ? loop.stop : how;
    // A download is brought home even then: Google has spent the right to export on it.
    const isWorthKeeping = loop.state !== 'initiating' && loop.state !== 'waiting';
    if (loop.stop === 'abandon' && !isWorthKeeping) loop.scope.cancel();
    answerExportNow(loop, { kind: 'ended' });
    loop.woken = true;
  });
  setHandler(joinBatchSignal, () => {
    loop.leaving = 'joined_batch';
    loop.woken = true;
  });
  setHandler(leaveBatchSignal, () => {
    loop.leaving = 'left_batch';
    loop.woken = true;
  });
  setHandler(addResourcesSignal, ({ resources }) => {
    loop.resources = [...new Set([...loop.resources, ...resources])];
  });
  setHandler(removeResourcesSignal, ({ resources }) => {
    loop.resources = loop.resources.filter((each) => !resources.includes(each));
    loop.woken = true;
  });
  setHandler(exportNowUpdate, () => requestExportNow(loop));
}
