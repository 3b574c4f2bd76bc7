/** One export of one resource: start the archive at Google, wait for it, store every part, verify. */
import { defineQuery, setCurrentDetails, setHandler, sleep, upsertSearchAttributes } from '@temporalio/workflow';

import type { ErrorCode } from '../domain/errors';
import type { Policy } from '../domain/policy';
import { resourceTitle } from '../domain/resources';
import type { ExportState, Verdict } from '../domain/states';
import { calls, failureCode, transfers } from './steps';
import { errorCodeAttribute, exportStateAttribute } from './search-attributes';

export interface ExportInput {
  readonly consentId: string;
  readonly resource: string;
  /** 1 for the first export of the resource under the consent. */
  readonly cycle: number;
  /** Epoch time by which the archive must be started. */
  readonly startByMs: number;
  readonly policy: Policy;
}

/** How an export ended. */
export interface ExportOutcome {
  readonly resource: string;
  readonly exportId: string;
  readonly state: Extract<ExportState, 'ready' | 'partial' | 'failed'>;
  readonly verdict: Verdict | null;
  readonly errorCode: ErrorCode | null;
  readonly parts: number;
  readonly bytes: number;
  /** Epoch time until which Google keeps the archive. */
  readonly keptUntilMs: number;
}

export interface ExportStatus {
  readonly state: ExportState;
  readonly exportId: string | undefined;
  readonly archiveJobId: string | undefined;
}

export const exportStatusQuery = defineQuery<ExportStatus>('status');

/** Beside the workflow it names: one run at a time for each consent and resource. */
export function exportWorkflowId(consentId: string, resource: string): string {
  return `export/${consentId}/${resource}`;
}

/** Google lets a failed job be started anew this often (docs/google-api.md §3). */
const retriesAtGoogle = 3;
/** Added to the time that Google names, so that clocks need not agree to the second. */
const lockMarginMs = 5_000;

/** Runs one cycle to its end; a resource that fails ends in an outcome, not in an error, so that it harms no other. */
export async function exportWorkflow(input: ExportInput): Promise<ExportOutcome> {
  const { consentId, resource, cycle, policy } = input;
  let state: ExportState = 'initiating';
  let exportId: string | undefined;
  let archiveJobId: string | undefined;
  setHandler(exportStatusQuery, () => ({ state, exportId, archiveJobId }));

  const enter = (next: ExportState, details: string): void => {
    state = next;
    upsertSearchAttributes([{ key: exportStateAttribute, value: next }]);
    setCurrentDetails(`**${resourceTitle(resource)}** \`${resource}\`\n\n${details}`);
  };
  setCurrentDetails(`**${resourceTitle(resource)}** \`${resource}\`\n\nAsking Google to start an archive.`);

  const fail = async (errorCode: ErrorCode): Promise<ExportOutcome> => {
    const known = await calls(policy, Date.now() + policy.storeWithinMs, `record ${errorCode}`).failExport({
      consentId,
      resource,
      cycle,
      errorCode,
    });
    upsertSearchAttributes([{ key: errorCodeAttribute, value: errorCode }]);
    enter('failed', `Ended: ${errorCode}.`);
    return { resource, ...known, state: 'failed', verdict: null, errorCode, keptUntilMs: Date.now() };
  };

  // Start. The request is stored before it is sent, and a job that is already there is adopted.
  let initiatedAtMs: number;
  try {
    for (;;) {
      const started = await calls(policy, input.startByMs, `start an archive of ${resource}`).initiateExport({
        consentId,
        resource,
        cycle,
      });
      exportId = started.exportId;
      if (started.kind === 'initiated') {
        ({ archiveJobId, initiatedAtMs } = started);
        break;
      }
      // A day-long lock is waited out to the stated time and answered with one further call (docs/google-api.md §5).
      setCurrentDetails(`**${resourceTitle(resource)}**\n\nGoogle allows the next export at ${started.until}.`);
      await sleep(Math.max(1_000, Date.parse(started.until) + lockMarginMs - Date.now()), {
        summary: `locked by Google until ${started.until}`,
      });
    }
  } catch (error) {
    return await fail(failureCode(error, 'START_OVERDUE'));
  }

  const storeByMs = initiatedAtMs + policy.storeWithinMs;
  const finishByMs = initiatedAtMs + policy.finishWithinMs;

  // Wait. A poll that finds the job unfinished is a retry of the same activity and adds nothing to this history.
  try {
    for (let retries = 0; ; retries += 1) {
      enter('waiting', `Google prepares the archive; job \`${archiveJobId}\`.`);
      const archive = await calls(policy, finishByMs, 'wait for the archive').awaitArchive({
        consentId,
        exportId,
        archiveJobId,
        policy,
      });
      if (archive.state === 'COMPLETE') break;
      if (archive.state === 'CANCELLED') return await fail('ARCHIVE_CANCELLED');
      if (retries === retriesAtGoogle) return await fail('ARCHIVE_FAILED');
      ({ archiveJobId } = await calls(policy, finishByMs, 'start the failed job anew').retryArchive({
        consentId,
        exportId,
        archiveJobId,
      }));
    }
  } catch (error) {
    return await fail(failureCode(error, 'ARCHIVE_OVERDUE'));
  }

  // Store and verify.
  try {
    enter('downloading', 'Storing every part of the archive.');
    const stored = await transfers(policy, storeByMs, 'download every part').downloadArchive({
      consentId,
      exportId,
      archiveJobId,
    });
    const verified = await transfers(policy, storeByMs, 'verify the archive').verifyExport({ consentId, exportId });
    enter(verified.state, `Ended: ${verified.verdict}, ${stored.parts} parts, ${verified.files} files.`);
    return {
      resource,
      exportId,
      ...verified,
      errorCode: verified.verdict === 'corrupt' ? 'ARCHIVE_CORRUPT' : null,
      parts: stored.parts,
      bytes: stored.bytes,
      keptUntilMs: storeByMs,
    };
  } catch (error) {
    return await fail(failureCode(error, 'ARCHIVE_EXPIRED'));
  }
}
