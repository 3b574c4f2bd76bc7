/** Starting an archive job at Google, once, whatever became of the answer; every row of docs/google-api.md §5. */
import { log } from '@temporalio/activity';

import type { Consent } from '../database/consents';
import type { Export, ExportStore } from '../database/exports';
import { PortageError } from '../domain/errors';
import type { ExportOutcome } from '../domain/outcome';
import type { Policy } from '../domain/policy';
import { headStartMs, spreadOf } from '../domain/schedule';
import { supportsTimeFilter } from '../domain/resources';
import type { ActivityDependencies } from './dependencies';
import type { StartRequest, StartResult } from './export/start-request';
import { createJobFinder } from './job-finder';

type StartDependencies = Pick<ActivityDependencies, 'consents' | 'exports' | 'grants' | 'dataPortability' | 'now'>;

export function createStartActivity(deps: StartDependencies) {
  const { consents, exports, grants, dataPortability, now } = deps;
  const { jobOf, isForAll } = createJobFinder(deps);

  const find = async (consentId: string): Promise<Consent> => {
    const consent = await consents.find(consentId);
    if (consent === undefined) throw new PortageError('NOT_FOUND', { detail: `consent ${consentId}` });
    return consent;
  };

  /**
   * The window to ask for: where every resource takes one, from the end of what is stored, minus the overlap, to now;
   * the first time from where the host app wants it. Google refuses a window for any other resource, so those are
   * exported whole (docs/google-api.md §9, docs/known-defects.md D29, D54).
   */
  const windowOf = async (consent: Consent, { resources, policy }: StartRequest) => {
    if (!resources.every(supportsTimeFilter)) return { startTime: undefined, endTime: undefined };
    const starts = await Promise.all(
      resources.map(async (resource) => {
        const stored = await exports.storedUntil(consent.id, resource, consent.since ?? undefined);
        if (stored === undefined) return undefined;
        const reach = stored.getTime() - policy.windowOverlapMs;
        return new Date(Math.max(reach, consent.since?.getTime() ?? reach));
      }),
    );
    const earliest = starts.includes(undefined)
      ? undefined
      : new Date(Math.min(...starts.map((start) => start?.getTime() ?? 0)));
    // A one-time export without a beginning takes everything, its last minute too.
    const isRepeated = consent.accessType === 'time_based';
    return { startTime: earliest, endTime: isRepeated ? now() : undefined };
  };

  /** How often others were served by Google since this loop was: the starts of a lock follow each other by a day. */
  const lostTurns = async (row: Export, lockedUntil: Date, policy: Policy): Promise<number> => {
    const last = await exports.lastStart(row);
    const waitingSince = last ?? (await find(row.consentId)).createdAt;
    const lockedSinceMs = lockedUntil.getTime() - policy.exportEveryMs;
    // A hundredth of a day is no day: the lock of one's own start is named to the second.
    const turns = Math.ceil((lockedSinceMs - waitingSince.getTime()) / policy.exportEveryMs - 0.01);
    return Math.max(last === undefined ? 1 : 0, turns);
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
      const consent = await find(consentId);
      const window = await windowOf(consent, request);
      let row = await exports.begin({ consentId, resource, resources, cycle, ...window, at: now() });
      if (row.endedAt !== null) return { kind: 'ended', outcome: await storedOutcome(exports, row, policy) };

      let lockedUntil: Date | undefined;
      let { endsAt } = consent;
      if (row.archiveJobId === null) {
        const { resources: asked, startTime, endTime } = row;
        const outcome = await grants.call(consentId, 'portabilityArchive.initiate', (token) =>
          dataPortability.initiate(token, {
            resources: asked,
            startTime: startTime ?? undefined,
            endTime: endTime ?? undefined,
          }),
        );
        const found = await jobOf(row, outcome, policy);
        // The call may have refreshed the token, and told of another end of the grant.
        ({ endsAt } = await find(consentId));
        if (!('archiveJobId' in found)) {
          await exports.recordLock(row.id, found.lockedUntil);
          const forAll = await isForAll(row, policy);
          log.info('export locked by Google', {
            consentId,
            exportId: row.id,
            resource,
            forAll,
            until: found.lockedUntil,
          });
          // Who lost this turn asks before the others the next time (docs/known-defects.md D39).
          const turns = await lostTurns(row, found.lockedUntil, policy);
          const headStart = headStartMs(policy, turns, spreadOf(`${consentId}/${resource}`));
          const untilMs = found.lockedUntil.getTime() - headStart;
          return { kind: 'locked', untilMs, forAll, endsAtMs: endsAt?.getTime() ?? null };
        }
        ({ lockedUntil } = found);
        const recorded = await exports.recordJob(row.id, {
          archiveJobId: found.archiveJobId,
          adopted: outcome.kind !== 'started',
          accessType: outcome.kind === 'started' ? outcome.accessType : undefined,
          at: now(),
          // Google locks for a day from the start, which may have been hours ago (docs/known-defects.md D17).
          ...(lockedUntil === undefined ? {} : { startedAt: new Date(lockedUntil.getTime() - policy.exportEveryMs) }),
          ...(found.window === undefined ? {} : { window: found.window }),
        });
        if (recorded !== undefined) row = recorded;
        log.info('archive job recorded', { consentId, exportId: row.id, resource, outcome: outcome.kind });
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
