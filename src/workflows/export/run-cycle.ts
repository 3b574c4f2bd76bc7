/** One export from its start at Google to the verdict. */
import type { CancellationScope } from '@temporalio/workflow';

import type { StartResult } from '../../activities/export/start-request';
import type { ErrorCode } from '../../domain/error-codes';
import type { ExportOutcome } from '../../domain/outcome';
import { retriesAtGoogle } from '../../domain/policy';
import { deadlinesOf, type Cycle, type CycleProgress, type CycleRequest, type CycleResult } from './cycle';
import { awaitArchive, downloadArchive, readRecords, retryArchive, startArchive, verifyArchive } from './cycle-steps';
import { failCycle, failCycleWith } from './fail-cycle';

/**
 * Starts, awaits, stores, verifies and reads one archive. Until the download begins, it can be abandoned by cancelling
 * `scope`: the job is then cancelled at Google and the outcome is `EXPORT_STOPPED`.
 */
export async function runCycle(
  request: CycleRequest,
  progress: CycleProgress,
  scope: CancellationScope,
): Promise<CycleResult> {
  const cycle: Cycle = { request, progress, scope, keptUntilMs: 0 };

  let start: StartResult;
  try {
    start = await startArchive(cycle);
  } catch (error) {
    // A first start that is too late is refused like one that no longer fits into the grant (docs/google-api.md Q12).
    const takenForOverdue: ErrorCode[] = Date.now() > request.startByMs ? ['SCOPE_MISSING'] : [];
    return await failCycleWith(cycle, error, 'START_OVERDUE', takenForOverdue);
  }
  if (start.kind !== 'initiated') return start;
  await progress.started(start);
  const { finishByMs, retryByMs, storeByMs } = deadlinesOf(request, start.initiatedAtMs);
  cycle.keptUntilMs = storeByMs;
  const job = { consentId: request.consentId, exportId: start.exportId, archiveJobId: start.archiveJobId };

  let overdue: ErrorCode = 'ARCHIVE_OVERDUE';
  try {
    for (let retries = 0; ; retries += 1, overdue = 'ARCHIVE_OVERDUE') {
      const archive = await awaitArchive(cycle, job, finishByMs);
      if (archive.state === 'COMPLETE') break;
      if (archive.state === 'CANCELLED') return await failCycle(cycle, 'ARCHIVE_CANCELLED');
      if (retries === retriesAtGoogle) return await failCycle(cycle, 'ARCHIVE_FAILED');
      overdue = 'ARCHIVE_UNKNOWN';
      ({ archiveJobId: job.archiveJobId } = await retryArchive(cycle, job, retryByMs));
    }
  } catch (error) {
    return await failCycleWith(cycle, error, overdue);
  }

  try {
    let stored = await downloadArchive(cycle, job, storeByMs, 'Storing every part of the archive.');
    let verified = await verifyArchive(cycle, job, storeByMs, 0);
    for (let healings = 1; verified.state === 'damaged'; healings += 1) {
      stored = await downloadArchive(cycle, job, storeByMs, 'Downloading damaged segments again.');
      verified = await verifyArchive(cycle, job, storeByMs, healings);
    }
    const { verdict, files } = verified;
    const state = verified.state === 'failed' ? verified.state : await readRecords(cycle, job);
    progress.enter(state, `Ended: ${verdict}, ${stored.parts} parts, ${files} files.`);
    const outcome: ExportOutcome = {
      resource: request.resource,
      exportId: job.exportId,
      state,
      verdict,
      errorCode: verdict === 'corrupt' ? 'ARCHIVE_CORRUPT' : null,
      parts: stored.parts,
      bytes: stored.bytes,
      keptUntilMs: storeByMs,
    };
    return { kind: 'ended', outcome };
  } catch (error) {
    return await failCycleWith(cycle, error, 'ARCHIVE_EXPIRED');
  }
}
