/** Starts an archive job at Google once, whatever happens to the answer; every row of docs/google-api.md §5. */
import { log } from '@temporalio/activity';

import type { Export, ExportStore } from '../../database/exports';
import { PortageError } from '../../domain/error-codes';
import type { ExportOutcome } from '../../domain/outcome';
import type { Policy } from '../../domain/policy';
import type { InitiateOutcome } from '../../google/data-portability';
import { findConsent } from '../find-stored';
import { windowOf } from './export-window';
import { findJob, type JobSearchResult } from './find-job';
import type { FinderDependencies } from './job-owner';
import { recordLock } from './record-lock';
import { sendRequest } from './send-request';
import type { StartRequest, StartResult } from './start-request';

export function createStartActivity(deps: FinderDependencies) {
  const { consents, exports, now } = deps;

  /** @returns the export with its job */
  const recordJob = async (
    row: Export,
    outcome: InitiateOutcome,
    { archiveJobId, lockedUntil, window }: Extract<JobSearchResult, { archiveJobId: string }>,
    policy: Policy,
  ): Promise<Export> => {
    const recorded = await exports.recordJob(row.id, {
      archiveJobId,
      adopted: outcome.kind !== 'started',
      accessType: outcome.kind === 'started' ? outcome.accessType : undefined,
      at: now(),
      // Google locks for a day from the start, which may have been hours ago (docs/known-defects.md D17).
      ...(lockedUntil === undefined ? {} : { startedAt: new Date(lockedUntil.getTime() - policy.exportEveryMs) }),
      ...(window === undefined ? {} : { window }),
    });
    const { consentId, resource } = row;
    log.info('archive job recorded', { consentId, exportId: row.id, resource, outcome: outcome.kind });
    return recorded ?? row;
  };

  return {
    /**
     * Starts the archive job of one cycle once, however often it is called: the request is stored before it is sent, a
     * repeat sends it unchanged, and the job id is stored before any other step.
     *
     * @throws PortageError `ALREADY_EXPORTED` when one-time access is used up and no job can be adopted; for Google's
     * other answers, the codes of the error table
     */
    async initiateExport(request: StartRequest): Promise<StartResult> {
      const { consentId, resource, resources, cycle, policy } = request;
      const consent = await findConsent(consents, consentId);
      const window = await windowOf(deps, consent, request);
      let row = await exports.begin({ consentId, resource, resources, cycle, ...window, at: now() });
      if (row.endedAt !== null) return { kind: 'ended', outcome: await storedOutcome(exports, row, policy) };

      let lockedUntil: Date | undefined;
      let { endsAt } = consent;
      if (row.archiveJobId === null) {
        const outcome = await sendRequest(deps, row);
        const job = await findJob(deps, row, outcome, policy);
        // The call may have refreshed the token, and the answer may contain another end of the grant.
        ({ endsAt } = await findConsent(consents, consentId));
        if (!('archiveJobId' in job)) {
          const lock = await recordLock(deps, row, job.lockedUntil, policy);
          return { kind: 'locked', ...lock, endsAtMs: endsAt?.getTime() ?? null };
        }
        ({ lockedUntil } = job);
        row = await recordJob(row, outcome, job, policy);
      }

      if (row.archiveJobId === null || row.initiatedAt === null) {
        throw new PortageError('UNEXPECTED', { detail: `export ${row.id} has no job` });
      }
      return {
        kind: 'initiated',
        exportId: row.id,
        archiveJobId: row.archiveJobId,
        initiatedAtMs: row.initiatedAt.getTime(),
        lockedUntilMs: lockedUntil?.getTime() ?? null,
        endsAtMs: endsAt?.getTime() ?? null,
      };
    },
  };
}

/** The stored outcome of an export that has ended. */
async function storedOutcome(exports: ExportStore, row: Export, policy: Policy): Promise<ExportOutcome> {
  const parts = await exports.listParts(row.id);
  return {
    resource: row.resource,
    exportId: row.id,
    state: row.state === 'ready' || row.state === 'partial' ? row.state : 'failed',
    verdict: row.verdict,
    errorCode: row.errorCode,
    parts: parts.length,
    bytes: row.bytes ?? 0,
    // Google keeps no archive of a job that it never started.
    keptUntilMs:
      row.initiatedAt === null ? row.requestedAt.getTime() : row.initiatedAt.getTime() + policy.storeWithinMs,
  };
}
