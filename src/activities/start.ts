/** Starting an archive job at Google, once, whatever became of the answer; every row of docs/google-api.md §5. */
import { setTimeout as pause } from 'node:timers/promises';

import { cancellationSignal, log } from '@temporalio/activity';

import type { Consent } from '../database/consents';
import type { Export, ExportStore } from '../database/exports';
import { PortageError } from '../domain/errors';
import type { ExportOutcome } from '../domain/outcome';
import type { Policy } from '../domain/policy';
import { supportsTimeFilter } from '../domain/resources';
import type { InitiateOutcome } from '../google/data-portability';
import type { ActivityDependencies } from './dependencies';

export interface StartRequest {
  readonly consentId: string;
  /** The loop's name: its resource, or `batch`. */
  readonly resource: string;
  readonly resources: readonly string[];
  readonly cycle: number;
  readonly policy: Policy;
}

export type StartResult =
  | {
      readonly kind: 'initiated';
      readonly exportId: string;
      readonly archiveJobId: string;
      readonly initiatedAtMs: number;
      /** Until when Google refuses the next start, where it said so. */
      readonly lockedUntilMs: number | null;
      readonly endsAtMs: number | null;
    }
  /** Google allows it only after that time; `forAll` because of another resource's export (docs/google-api.md Q1). */
  | { readonly kind: 'locked'; readonly untilMs: number; readonly forAll: boolean; readonly endsAtMs: number | null }
  /** A run that vanished had brought this export to its end. */
  | { readonly kind: 'ended'; readonly outcome: ExportOutcome };

/** A request of another loop may be on its way for so long before its job is known. */
const siblingsAnswerWithinMs = 45_000;
/** A job that Google dates this much before our request was started for another one; its clock and ours may differ. */
const earlierByMs = 10 * 60_000;

type StartDependencies = Pick<ActivityDependencies, 'consents' | 'exports' | 'grants' | 'dataPortability' | 'now'>;

export function createStartActivity(deps: StartDependencies) {
  const { consents, exports, grants, dataPortability, now } = deps;

  /** What the job is found to be, or until when there is none. */
  type Found =
    | {
        readonly archiveJobId: string;
        readonly lockedUntil: Date | undefined;
        /** Of a job that was started for an earlier request. */
        readonly window?: { startTime: Date | undefined; exportTime: Date };
      }
    | { readonly lockedUntil: Date };

  const find = async (consentId: string): Promise<Consent> => {
    const consent = await consents.find(consentId);
    if (consent === undefined) throw new PortageError('NOT_FOUND', { detail: `consent ${consentId}` });
    return consent;
  };

  /**
   * The newest job that a refusal names and whose data were never stored: it is the one whose answer was lost, and on a
   * one-time consent the only one there will ever be. An unknown id is not taken while another loop of the user waits
   * for its own answer, since the job may be that one's.
   */
  const lostJob = async (row: Export, jobIds: readonly string[], policy: Policy): Promise<string | undefined> => {
    const newest = jobIds.at(-1);
    if (newest === undefined) return undefined;
    for (const startedAt = Date.now(); ;) {
      const known = (await exports.findByJobs([newest])).get(newest);
      // One that failed before anything was stored may still be had: Google keeps archives for days.
      if (known !== undefined)
        return known.id !== row.id && known.state === 'failed' && known.verdict === null ? newest : undefined;
      const others = await exports.othersOfUser(row, new Date(now().getTime() - policy.exportEveryMs));
      const isUnanswered = ({ archiveJobId, lockedUntil, endedAt }: Export) =>
        archiveJobId === null && lockedUntil === null && endedAt === null;
      if (!others.some(isUnanswered)) return newest;
      if (Date.now() - startedAt > siblingsAnswerWithinMs) {
        throw new PortageError('GOOGLE_UNEXPECTED', {
          detail: 'initiate: a job is named whose owner is not known yet',
        });
      }
      await pause(500, undefined, { signal: cancellationSignal() });
    }
  };

  /** A job that a refusal names, with its own window where it was started for an earlier request; gone ones are none. */
  const examine = async (row: Export, archiveJobId: string) => {
    try {
      const { startTime, exportTime } = await grants.call(row.consentId, 'getPortabilityArchiveState', (token) =>
        dataPortability.getArchiveState(token, archiveJobId),
      );
      const isEarlier = exportTime !== undefined && exportTime.getTime() < row.requestedAt.getTime() - earlierByMs;
      return isEarlier ? { archiveJobId, window: { startTime, exportTime } } : { archiveJobId };
    } catch (error) {
      if (error instanceof PortageError && error.code === 'ARCHIVE_EXPIRED') return undefined;
      throw error;
    }
  };

  const foundBy = async (row: Export, outcome: InitiateOutcome, policy: Policy): Promise<Found> => {
    const inADay = (start: Date) => new Date(start.getTime() + policy.exportEveryMs);
    switch (outcome.kind) {
      case 'started':
        return { archiveJobId: outcome.archiveJobId, lockedUntil: undefined };
      case 'running': {
        const owner = (await exports.findByJobs([outcome.archiveJobId])).get(outcome.archiveJobId);
        if (owner === undefined || owner.id === row.id) {
          return { archiveJobId: outcome.archiveJobId, lockedUntil: undefined };
        }
        // Another consent of the user is bringing this job home; ours has to wait for its day.
        return { lockedUntil: inADay(owner.initiatedAt ?? now()) };
      }
      case 'exhausted':
      case 'locked': {
        const lost = await lostJob(row, outcome.previousJobIds, policy);
        const job = lost === undefined ? undefined : await examine(row, lost);
        const until = outcome.kind === 'locked' ? outcome.until : undefined;
        if (job !== undefined) return { ...job, lockedUntil: until };
        if (outcome.kind === 'exhausted') throw new PortageError('ALREADY_EXPORTED', { detail: row.resource });
        return { lockedUntil: until ?? inADay(await lastStart(row, policy)) };
      }
    }
  };

  /** For refusals that name no time: the last start that may have caused it. */
  const lastStart = async (row: Export, policy: Policy): Promise<Date> => {
    const others = await exports.othersOfUser(row, new Date(now().getTime() - policy.exportEveryMs));
    const starts = others.flatMap(({ resources, initiatedAt }) =>
      initiatedAt !== null && resources.some((resource) => row.resources.includes(resource)) ? [initiatedAt] : [],
    );
    return starts.sort((a, b) => b.getTime() - a.getTime())[0] ?? now();
  };

  /** Whether a refusal is another resource's doing: none of ours was started within the day, one of those was. */
  const isForAll = async (row: Export, policy: Policy): Promise<boolean> => {
    const others = await exports.othersOfUser(row, new Date(now().getTime() - policy.exportEveryMs));
    const started = others.filter(({ initiatedAt }) => initiatedAt !== null);
    const isOurs = ({ resources }: Export) => resources.some((resource) => row.resources.includes(resource));
    return started.length > 0 && !started.some(isOurs);
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
      const row = await exports.begin({ consentId, resource, resources, cycle, ...window, at: now() });
      if (row.endedAt !== null) return { kind: 'ended', outcome: await storedOutcome(exports, row, policy) };

      let lockedUntil: Date | undefined;
      if (row.archiveJobId === null) {
        const outcome = await grants.call(consentId, 'portabilityArchive.initiate', (token) =>
          dataPortability.initiate(token, {
            resources: row.resources,
            startTime: row.startTime ?? undefined,
            endTime: row.endTime ?? undefined,
          }),
        );
        const found = await foundBy(row, outcome, policy);
        const { endsAt } = await find(consentId);
        const endsAtMs = endsAt?.getTime() ?? null;
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
          return { kind: 'locked', untilMs: found.lockedUntil.getTime(), forAll, endsAtMs };
        }
        ({ lockedUntil } = found);
        await exports.recordJob(row.id, {
          archiveJobId: found.archiveJobId,
          adopted: outcome.kind !== 'started',
          accessType: outcome.kind === 'started' ? outcome.accessType : undefined,
          at: now(),
          // Google locks for a day from the start, which may have been hours ago (docs/known-defects.md D17).
          ...(lockedUntil === undefined ? {} : { startedAt: new Date(lockedUntil.getTime() - policy.exportEveryMs) }),
          ...(found.window === undefined ? {} : { window: found.window }),
        });
        log.info('archive job recorded', { consentId, exportId: row.id, resource, outcome: outcome.kind });
      }

      const started = (await exports.find(row.id)) ?? row;
      if (started.archiveJobId === null || started.initiatedAt === null) {
        throw new PortageError('UNEXPECTED', { detail: `export ${row.id} has no job` });
      }
      return {
        kind: 'initiated',
        exportId: row.id,
        archiveJobId: started.archiveJobId,
        initiatedAtMs: started.initiatedAt.getTime(),
        lockedUntilMs: lockedUntil?.getTime() ?? null,
        endsAtMs: (await find(consentId)).endsAt?.getTime() ?? null,
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
    keptUntilMs: (row.initiatedAt ?? row.requestedAt).getTime() + policy.storeWithinMs,
  };
}
