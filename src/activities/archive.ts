/** Steps of an archive job at Google: start it, wait for it, start it anew, give it up. */
import { ApplicationFailure, log } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';

import type { Export } from '../database/exports';
import { errorTable, PortageError, type ErrorCode } from '../domain/errors';
import { pollDelayMs, type Policy } from '../domain/policy';
import type { InitiateOutcome } from '../google/data-portability';
import type { ActivityDependencies } from './dependencies';

export type Initiated =
  | {
      readonly kind: 'initiated';
      readonly exportId: string;
      readonly archiveJobId: string;
      readonly initiatedAtMs: number;
    }
  /** Google allows it only after this time (RFC 3339). */
  | { readonly kind: 'locked'; readonly exportId: string; readonly until: string };

/** Google's lock on time-based resources, for answers that do not tell its end (docs/google-api.md Q2). */
const lockMs = 24 * 3_600_000;

type ArchiveDependencies = Pick<ActivityDependencies, 'exports' | 'grants' | 'dataPortability' | 'now'>;

export function createArchiveActivities({ exports, grants, dataPortability, now }: ArchiveDependencies) {
  const initiated = (row: Export): Initiated => {
    if (row.archiveJobId === null || row.initiatedAt === null) {
      throw new PortageError('UNEXPECTED', { detail: `export ${row.id} has no job` });
    }
    return {
      kind: 'initiated',
      exportId: row.id,
      archiveJobId: row.archiveJobId,
      initiatedAtMs: row.initiatedAt.getTime(),
    };
  };

  const find = async (exportId: string): Promise<Export> => {
    const row = await exports.find(exportId);
    if (row === undefined) throw new PortageError('NOT_FOUND', { detail: `export ${exportId}` });
    return row;
  };

  /**
   * The job that an outcome leads to. One named by a refusal is taken over when no export has it: it is the one whose
   * answer was lost, and on a one-time consent the only one there will ever be (docs/google-api.md §5).
   */
  const jobOf = async (outcome: InitiateOutcome): Promise<string | undefined> => {
    if (outcome.kind === 'started' || outcome.kind === 'running') return outcome.archiveJobId;
    const known = await exports.knownJobs(outcome.previousJobIds);
    const newest = outcome.previousJobIds.at(-1);
    return newest !== undefined && !known.has(newest) ? newest : undefined;
  };

  return {
    /**
     * Starts the archive job of one cycle, once, however often it is called: the request is stored before it is sent
     * and repeated unchanged, and the job id is stored before anything else happens with it.
     *
     * @throws PortageError `ALREADY_EXPORTED` when a spent one-time resource names no job to recover, and as the error
     * table says for Google's other answers
     */
    async initiateExport(request: { consentId: string; resource: string; cycle: number }): Promise<Initiated> {
      const { consentId, resource } = request;
      const row = await exports.begin({ ...request, startTime: undefined, endTime: undefined, at: now() });
      if (row.archiveJobId !== null) return initiated(row);

      const outcome = await grants.call(consentId, 'portabilityArchive.initiate', (token) =>
        dataPortability.initiate(token, {
          resources: [resource],
          startTime: row.startTime ?? undefined,
          endTime: row.endTime ?? undefined,
        }),
      );
      const archiveJobId = await jobOf(outcome);
      if (archiveJobId === undefined) {
        if (outcome.kind === 'exhausted') throw new PortageError('ALREADY_EXPORTED', { detail: resource });
        const until = (outcome.kind === 'locked' ? outcome.until : undefined) ?? new Date(now().getTime() + lockMs);
        return { kind: 'locked', exportId: row.id, until: until.toISOString() };
      }
      await exports.recordJob(row.id, {
        archiveJobId,
        adopted: outcome.kind !== 'started',
        accessType: outcome.kind === 'started' ? outcome.accessType : undefined,
        at: now(),
      });
      log.info('archive job recorded', { consentId, exportId: row.id, resource, outcome: outcome.kind });
      return initiated(await find(row.id));
    },

    /**
     * Looks once whether the archive is there. An unfinished one throws, and Temporal's retry is the next poll: a wait
     * of days costs no history (https://docs.temporal.io/design-patterns/polling).
     */
    async awaitArchive(request: {
      consentId: string;
      exportId: string;
      archiveJobId: string;
      policy: Policy;
    }): Promise<{ state: 'COMPLETE' | 'FAILED' | 'CANCELLED' }> {
      const { consentId, exportId, archiveJobId, policy } = request;
      const archive = await grants.call(consentId, 'getPortabilityArchiveState', (token) =>
        dataPortability.getArchiveState(token, archiveJobId),
      );
      switch (archive.state) {
        case 'COMPLETE':
          await exports.beginDownload(exportId, { parts: archive.urls.length, exportTime: archive.exportTime });
          return { state: archive.state };
        case 'FAILED':
        case 'CANCELLED':
          return { state: archive.state };
        case 'unknown':
          log.warn('Google names an unknown archive state', { consentId, exportId, archiveState: archive.name });
          break;
        case 'IN_PROGRESS':
          break;
      }
      const { initiatedAt } = await find(exportId);
      const ageMs = now().getTime() - (initiatedAt ?? now()).getTime();
      throw ApplicationFailure.create({
        type: 'ARCHIVE_RUNNING',
        message: errorTable.ARCHIVE_RUNNING.message,
        category: ApplicationFailureCategory.BENIGN,
        nextRetryDelay: pollDelayMs(policy, ageMs, Math.random()),
      });
    },

    /** Starts a failed job anew at Google, which gives it a new id; a repeat finds the new id stored. */
    async retryArchive(request: {
      consentId: string;
      exportId: string;
      archiveJobId: string;
    }): Promise<{ archiveJobId: string }> {
      const { consentId, exportId, archiveJobId: failedJobId } = request;
      const { archiveJobId: newest } = await find(exportId);
      if (newest !== null && newest !== failedJobId) return { archiveJobId: newest };
      const archiveJobId = await grants.call(consentId, 'archiveJobs.retry', (token) =>
        dataPortability.retry(token, failedJobId),
      );
      await exports.recordJob(exportId, { archiveJobId, adopted: false, accessType: undefined, at: now() });
      return { archiveJobId };
    },

    /** Ends an export whose data cannot be had; what was stored of it stays. */
    async failExport(request: {
      consentId: string;
      resource: string;
      cycle: number;
      errorCode: ErrorCode;
    }): Promise<{ exportId: string; parts: number; bytes: number }> {
      const row = await exports.begin({ ...request, startTime: undefined, endTime: undefined, at: now() });
      await exports.end(row.id, { state: 'failed', errorCode: request.errorCode }, now());
      const parts = await exports.listParts(row.id);
      const { consentId, resource, errorCode } = request;
      log.warn('export failed', { consentId, exportId: row.id, resource, errorCode });
      return { exportId: row.id, parts: parts.length, bytes: row.bytes ?? 0 };
    },
  };
}
