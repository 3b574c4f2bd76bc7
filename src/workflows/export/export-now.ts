/** Requests for an export now: each waits until the loop knows until when Google's lock holds. */
import { condition } from '@temporalio/workflow';

import type { ExportNowAnswer } from '../signals-and-queries';
import type { ExportLoop } from './export-loop';

/** Makes the loop start an export as soon as Google allows it, even near the end of the grant. */
export async function requestExportNow(loop: ExportLoop): Promise<ExportNowAnswer> {
  if (loop.stop !== undefined) return { kind: 'ended' };
  if (loop.state !== 'sleeping' && loop.state !== 'initiating') {
    return { kind: 'started', exportId: loop.exportId ?? '' };
  }
  if (loop.paused && loop.state === 'sleeping') return { kind: 'paused' };
  const request: ExportLoop['exportNowRequests'][number] = {};
  loop.exportNowRequests.push(request);
  loop.woken = true;
  await condition(() => request.answer !== undefined);
  return request.answer ?? { kind: 'ended' };
}

/** Answers all waiting requests for an export now. */
export function answerExportNow({ exportNowRequests }: ExportLoop, answer: ExportNowAnswer): void {
  for (const request of exportNowRequests.splice(0)) request.answer = answer;
}
