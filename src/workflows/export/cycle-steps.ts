/**
 * The steps of one export, in order: each shows its phase and calls an activity. They return the promise of the
 * activity unchanged: one more `await` could change the order of the commands of running loops.
 */
import type { StartResult } from '../../activities/export/start-request';
import type { EndedExportState } from '../../domain/states';
import { calls, failureCode, persistentCalls, readings, transfers, verifications } from '../activity-proxies';
import type { Cycle } from './cycle';

/** Names the export and its job at Google. */
export interface Job {
  readonly consentId: string;
  readonly exportId: string;
  readonly archiveJobId: string;
}

/** The request is stored before it is sent, and an existing job is adopted. */
export function startArchive({ request, progress, scope }: Cycle): Promise<StartResult> {
  const { consentId, resource, resources, cycle, policy, accessType } = request;
  const moreMs = accessType === 'one_time' ? policy.storeWithinMs - policy.startWithinMs : 0;
  progress.enter('initiating', 'Asking Google to start an archive.');
  return scope.run(() =>
    calls(policy, request.startByMs + moreMs, `start an archive of ${resource}`).initiateExport({
      consentId,
      resource,
      resources,
      cycle,
      policy,
    }),
  );
}

/** A poll that finds the job unfinished is a retry of the same activity and adds nothing to the history. */
export function awaitArchive({ request, progress, scope }: Cycle, job: Job, finishByMs: number) {
  const { policy } = request;
  progress.enter('waiting', `Google prepares the archive; job \`${job.archiveJobId}\`.`);
  return scope.run(() => calls(policy, finishByMs, 'wait for the archive').awaitArchive({ ...job, policy }));
}

export function retryArchive({ request, scope }: Cycle, job: Job, retryByMs: number) {
  const { policy } = request;
  return scope.run(() => calls(policy, retryByMs, 'retry the failed job').retryArchive({ ...job, policy }));
}

export function downloadArchive({ request, progress }: Cycle, job: Job, storeByMs: number, details: string) {
  progress.enter('downloading', details);
  return transfers(request.policy, storeByMs, 'download every part').downloadArchive({ ...job });
}

/** @param healings how often damaged segments were downloaded again */
export function verifyArchive({ request, progress }: Cycle, job: Job, storeByMs: number, healings: number) {
  const { consentId, exportId } = job;
  const { policy } = request;
  progress.enter('verifying', 'Reading every byte of the archive, and comparing it with the manifest.');
  // Stored bytes do not depend on Google any more, so the verification has an additional day.
  const deadlineMs = Math.max(storeByMs, Date.now() + policy.exportEveryMs);
  return verifications(policy, deadlineMs, 'verify the archive').verifyExport({ consentId, exportId, healings });
}

/** The archive is stored and verified, also when the records cannot be read. */
export async function readRecords({ request, progress }: Cycle, { exportId }: Job): Promise<EndedExportState> {
  const { exportEveryMs: withinMs, storeWithinMs } = request.policy;
  progress.enter('reading', 'Reading the records of the archive.');
  try {
    const step = readings(request.policy, withinMs, Date.now() + storeWithinMs, 'read the records');
    return (await step.readRecords({ exportId })).state;
  } catch (error) {
    const errorCode = failureCode(error, 'RECORDS_OVERDUE');
    return (await persistentCalls(request.policy, `record ${errorCode}`).failRecords({ exportId, errorCode })).state;
  }
}
