/**
 * The messages and queries of a loop. A message contains no instruction, so a forged one does no harm: it makes the
 * loop read the requests of its consent from the database. Handlers change the shared state; the main function acts on
 * it.
 */
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
} from '../signals-and-queries';
import type { ExportLoop } from './export-loop';
import { answerExportNow, requestExportNow } from './export-now';
import { areRequestsRead, readRequests } from './read-requests';

/**
 * Signals that arrived earlier are handled immediately, in the order of the handlers here: running histories depend on
 * it.
 */
export function receiveMessages(loop: ExportLoop): void {
  setHandler(exportStatusQuery, () => {
    const { state, sinceMs, resources, exportId, nextAtMs, paused } = loop;
    return { state, sinceMs, resources, exportId, nextAtMs, paused };
  });
  setHandler(pauseSignal, () => (areRequestsRead() ? followPause(loop) : setPaused(loop, true)));
  setHandler(resumeSignal, () => (areRequestsRead() ? followPause(loop) : setPaused(loop, false)));
  setHandler(renewedSignal, (message) => (areRequestsRead() ? followEnd(loop) : setEnd(loop, message.endsAtMs)));
  // The worker does not open what a stranger sends, so a message may be missing.
  setHandler(stopSignal, (message?: { how: 'finish' | 'abandon' }) => {
    const how = message?.how;
    if (how === undefined) return undefined;
    // `finish` does no harm: the export under way is finished, and a consent restarts a loop that it did not stop.
    if (how === 'abandon' && areRequestsRead()) return followStop(loop);
    stop(loop, how);
    return undefined;
  });
  setHandler(joinBatchSignal, () => (areRequestsRead() ? followBatch(loop) : leave(loop, 'joined_batch')));
  setHandler(leaveBatchSignal, () => leave(loop, 'left_batch'));
  setHandler(addResourcesSignal, (message?: { resources: readonly string[] }) => {
    const resources = message?.resources ?? [];
    if (areRequestsRead()) return followAdded(loop, resources);
    addTo(loop, resources);
    return undefined;
  });
  setHandler(removeResourcesSignal, (message) => {
    if (areRequestsRead()) return followRemoved(loop);
    removeFrom(loop, message.resources);
    return undefined;
  });
  setHandler(exportNowUpdate, () => requestExportNow(loop));
}

async function followPause(loop: ExportLoop): Promise<void> {
  const read = await readRequests(loop);
  if (read !== undefined) setPaused(loop, read.paused);
}

async function followEnd(loop: ExportLoop): Promise<void> {
  const read = await readRequests(loop);
  if (read !== undefined) setEnd(loop, read.endsAtMs);
}

async function followStop(loop: ExportLoop): Promise<void> {
  const read = await readRequests(loop);
  if (read?.isStopWanted === true) stop(loop, 'abandon');
}

async function followBatch(loop: ExportLoop): Promise<void> {
  const read = await readRequests(loop);
  if (read?.isBatched === true) leave(loop, 'joined_batch');
}

async function followAdded(loop: ExportLoop, resources: readonly string[]): Promise<void> {
  const read = await readRequests(loop);
  addTo(
    loop,
    resources.filter((resource) => read?.exported.includes(resource)),
  );
}

async function followRemoved(loop: ExportLoop): Promise<void> {
  const read = await readRequests(loop);
  if (read === undefined) return;
  removeFrom(
    loop,
    loop.resources.filter((resource) => !read.exported.includes(resource)),
  );
}

function setPaused(loop: ExportLoop, paused: boolean): void {
  loop.paused = paused;
  if (paused) answerExportNow(loop, { kind: 'paused' });
  loop.woken = true;
}

function setEnd(loop: ExportLoop, endsAtMs: number | null): void {
  loop.endsAtMs = endsAtMs;
  loop.woken = true;
}

function stop(loop: ExportLoop, how: 'finish' | 'abandon'): void {
  loop.stop = loop.stop === 'abandon' ? loop.stop : how;
  // A running download is finished even then: the right to export is already used up at Google.
  const isWorthKeeping = loop.state !== 'initiating' && loop.state !== 'waiting';
  if (loop.stop === 'abandon' && !isWorthKeeping) loop.scope.cancel();
  answerExportNow(loop, { kind: 'ended' });
  loop.woken = true;
}

function leave(loop: ExportLoop, leaving: NonNullable<ExportLoop['leaving']>): void {
  loop.leaving = leaving;
  loop.woken = true;
}

function addTo(loop: ExportLoop, resources: readonly string[]): void {
  loop.resources = [...new Set([...loop.resources, ...resources])];
}

function removeFrom(loop: ExportLoop, resources: readonly string[]): void {
  loop.resources = loop.resources.filter((each) => !resources.includes(each));
  loop.woken = true;
}
