/** One export from its start at Google to the verdict. A failure is an outcome, not an error, so that it harms no other. */
import { CancellationScope, isCancellation } from '@temporalio/workflow';

import type { StartRequest } from '../activities/start';
import type { ErrorCode } from '../domain/errors';
import type { ExportOutcome } from '../domain/outcome';
import { retriesAtGoogle } from '../domain/policy';
import type { AccessType, EndedExportState, ExportState } from '../domain/states';
import { calls, failureCode, readings, transfers, verifications } from './steps';

export interface CycleRequest extends StartRequest {
  readonly accessType: AccessType;
  /** Epoch time by which the archive must be started. */
  readonly startByMs: number;
}

export interface Started {
  readonly exportId: string;
  readonly initiatedAtMs: number;
  /** Until when Google refuses the next start, where it said so. */
  readonly lockedUntilMs: number | null;
  readonly endsAtMs: number | null;
}

/** What a cycle tells its loop while it goes on. */
export interface CycleProgress {
  enter(state: ExportState, details: string): void;
  /** Google has the job; the next start counts from then, or from the time that Google named. */
  started(start: Started): Promise<void>;
}

export type CycleResult =
  /** Also when it had ended before, and is met again by a new run. */
  | { readonly kind: 'ended'; readonly outcome: ExportOutcome }
  /** Not started: Google allows it only after that time. `forAll`: because of another resource's export. */
  | { readonly kind: 'locked'; readonly untilMs: number; readonly forAll: boolean; readonly endsAtMs: number | null };

/**
 * Runs the cycle. One-time access has but this one, so what may have come about at Google without an answer is asked for as
 * long as Google keeps archives; with time-based access the next one follows, and at worst this one is lost
 * (docs/recovery.md).
 * Until the download begins, it can be given up by cancelling `scope`: the job is then cancelled at
 * Google and the outcome is `EXPORT_STOPPED`.
 */
export async function runCycle(
  request: CycleRequest,
  progress: CycleProgress,
  scope: CancellationScope,
): Promise<CycleResult> {
  const { consentId, resource, resources, cycle, policy } = request;
  const isOneTime = request.accessType === 'one_time';
  /** Until when Google keeps the archive, as far as there may be one. */
  let keptUntilMs = 0;

  const fail = async (errorCode: ErrorCode): Promise<CycleResult> => {
    const known = await calls(policy, Date.now() + policy.storeWithinMs, `record ${errorCode}`).failExport({
      consentId,
      resource,
      resources,
      cycle,
      errorCode,
    });
    progress.enter('failed', `Ended: ${errorCode}.`);
    const outcome = { resource, ...known, state: 'failed', verdict: null, errorCode, keptUntilMs } as const;
    return { kind: 'ended', outcome };
  };
  const failWith = async (
    error: unknown,
    overdue: ErrorCode,
    takenForOverdue: readonly ErrorCode[] = [],
  ): Promise<CycleResult> => {
    if (isCancellation(error) && scope.consideredCancelled && !CancellationScope.current().consideredCancelled) {
      return await fail('EXPORT_STOPPED');
    }
    const code = failureCode(error, overdue);
    return await fail(takenForOverdue.includes(code) ? overdue : code);
  };

  /** Whatever becomes of the records, the archive is stored and verified. */
  const read = async (exportId: string): Promise<EndedExportState> => {
    progress.enter('reading', 'Reading the records of the archive.');
    try {
      const { exportEveryMs: withinMs, storeWithinMs } = policy;
      const step = readings(policy, withinMs, Date.now() + storeWithinMs, 'read the records');
      return (await step.readRecords({ exportId })).state;
    } catch (error) {
      const errorCode = failureCode(error, 'RECORDS_OVERDUE');
      const record = calls(policy, Date.now() + policy.storeWithinMs, `record ${errorCode}`);
      return (await record.failRecords({ exportId, errorCode })).state;
    }
  };

  // Start. The request is stored before it is sent, and a job that is already there is adopted.
  const startByMs = request.startByMs + (isOneTime ? policy.storeWithinMs - policy.startWithinMs : 0);
  let start;
  try {
    progress.enter('initiating', 'Asking Google to start an archive.');
    start = await scope.run(() =>
      calls(policy, startByMs, `start an archive of ${resource}`).initiateExport({
        consentId,
        resource,
        resources,
        cycle,
        policy,
      }),
    );
  } catch (error) {
    // A first start that comes too late is refused like one for which the grant does not suffice (docs/google-api.md Q12).
    return await failWith(error, 'START_OVERDUE', Date.now() > request.startByMs ? ['SCOPE_MISSING'] : []);
  }
  if (start.kind !== 'initiated') return start;
  const { exportId, initiatedAtMs } = start;
  let { archiveJobId } = start;
  await progress.started(start);
  const storeByMs = initiatedAtMs + policy.storeWithinMs;
  const finishByMs = isOneTime ? storeByMs : initiatedAtMs + policy.finishWithinMs;
  const retryByMs = isOneTime ? storeByMs : Math.min(finishByMs, initiatedAtMs + policy.exportEveryMs);
  keptUntilMs = storeByMs;

  // Wait. A poll that finds the job unfinished is a retry of the same activity and adds nothing to this history.
  let overdue: ErrorCode = 'ARCHIVE_OVERDUE';
  try {
    for (let retries = 0; ; retries += 1, overdue = 'ARCHIVE_OVERDUE') {
      progress.enter('waiting', `Google prepares the archive; job \`${archiveJobId}\`.`);
      const job = { consentId, exportId, archiveJobId };
      const archive = await scope.run(() =>
        calls(policy, finishByMs, 'wait for the archive').awaitArchive({ ...job, policy }),
      );
      if (archive.state === 'COMPLETE') break;
      if (archive.state === 'CANCELLED') return await fail('ARCHIVE_CANCELLED');
      if (retries === retriesAtGoogle) return await fail('ARCHIVE_FAILED');
      overdue = 'ARCHIVE_UNKNOWN';
      ({ archiveJobId } = await scope.run(() =>
        calls(policy, retryByMs, 'start the failed job anew').retryArchive({ ...job, policy }),
      ));
    }
  } catch (error) {
    return await failWith(error, overdue);
  }

  // Store, verify, read.
  try {
    progress.enter('downloading', 'Storing every part of the archive.');
    const place = { consentId, exportId };
    const download = () =>
      transfers(policy, storeByMs, 'download every part').downloadArchive({ ...place, archiveJobId });
    const verify = (healings: number) => {
      progress.enter('verifying', 'Reading every byte of the archive, and comparing it with the manifest.');
      // What is stored stays here, however long Google keeps it; verifying has a day of its own.
      const deadlineMs = Math.max(storeByMs, Date.now() + policy.exportEveryMs);
      return verifications(policy, deadlineMs, 'verify the archive').verifyExport({ ...place, healings });
    };
    let stored = await download();
    let verified = await verify(0);
    for (let healings = 1; verified.state === 'damaged'; healings += 1) {
      progress.enter('downloading', 'Fetching anew what is damaged.');
      stored = await download();
      verified = await verify(healings);
    }
    const state = verified.state === 'failed' ? verified.state : await read(exportId);
    progress.enter(state, `Ended: ${verified.verdict}, ${stored.parts} parts, ${verified.files} files.`);
    const outcome: ExportOutcome = {
      resource,
      exportId,
      state,
      verdict: verified.verdict,
      errorCode: verified.verdict === 'corrupt' ? 'ARCHIVE_CORRUPT' : null,
      parts: stored.parts,
      bytes: stored.bytes,
      keptUntilMs: storeByMs,
    };
    return { kind: 'ended', outcome };
  } catch (error) {
    return await failWith(error, 'ARCHIVE_EXPIRED');
  }
}
