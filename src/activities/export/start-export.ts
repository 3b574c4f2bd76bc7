/** Starting an archive job at Google, once, whatever became of the answer; every row of docs/google-api.md §5. */
import { log } from '@temporalio/activity';

import type { Export, ExportStore } from '../../database/exports';
import { PortageError } from '../../domain/error-codes';
import type { ExportOutcome } from '../../domain/outcome';
import type { Policy } from '../../domain/policy';
import type { InitiateOutcome } from '../../google/data-portability';
import { findConsent } from '../find-stored';
import { windowOf } from './export-window';
import { findJob, type Found } from './find-job';
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
    { archiveJobId, lockedUntil, window }: Extract<Found, { archiveJobId: string }>,
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
     * Starts the archive job of one cycle, once, however often it is called: the request is stored before it is sent
     * and repeated unchanged, and the job id is stored before anything else happens with it.
     *
     * @throws PortageError `ALREADY_EXPORTED` when a spent one-time resource names no job to recover, and as the error
     * table says for Google's other answers
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
        const found = await findJob(deps, row, outcome, policy);
        // The call may have refreshed the token, and the answer may contain another end of the grant.
        ({ endsAt } = await findConsent(consents, consentId));
        if (!('archiveJobId' in found)) {
          const lock = await recordLock(deps, row, found.lockedUntil, policy);
          return { kind: 'locked', ...lock, endsAtMs: endsAt?.getTime() ?? null };
        }
        ({ lockedUntil } = found);
        row = await recordJob(row, outcome, found, policy);
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

/** What is stored of an export that has ended. */
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
    // What Google never started, it does not keep.
    keptUntilMs:
      row.initiatedAt === null ? row.requestedAt.getTime() : row.initiatedAt.getTime() + policy.storeWithinMs,
  };
}
