/** `portage consents show`: one consent with its loops, its latest exports and its events. */
import type { ConsentProgress } from '../temporal/client/consent-progress';
import type { PendingStep } from '../temporal/client/pending-steps';
import { loopsOf, newestOf, nextAfter } from '../consent-status/next-export';
import { exportedResources, type Consent, type Event } from '../database/consents';
import type { Export } from '../database/exports';
import type { PortageError } from '../domain/error-codes';
import { findingWords } from '../domain/finding-words';
import { grantWaitOf, type GrantWait } from '../consent-status/why-grant-is-kept';
import type { Portage } from '../portage';
import type { Operator } from './operator';

const latestExports = 10;
const latestEvents = 20;

/** The state of one loop. */
export interface LoopReport {
  readonly loop: string;
  readonly resources: readonly string[];
  /** A state of an export, or `sleeping`, `paused`, `ended`, `not_started`. */
  readonly state: string;
  /** The beginning of that state. */
  readonly since: Date | null;
  readonly nextAt: Date | null;
  /** The source of the state. */
  readonly source: 'temporal' | 'database';
}

export interface ConsentReport {
  readonly consent: Consent;
  /** What Portage waits for before it ends the grant at Google. */
  readonly wait: GrantWait | null;
  readonly hostApp: string | null;
  readonly progress: ConsentProgress;
  readonly loops: readonly LoopReport[];
  /** The pending steps of its workflows; empty when Temporal cannot be asked. */
  readonly steps: readonly PendingStep[];
  /** Newest first. */
  readonly exports: readonly Export[];
  readonly events: readonly Event[];
}

/** @throws PortageError `CONSENT_UNKNOWN` */
export async function reportConsent(
  { portage, messages, progress, pendingSteps }: Operator,
  consentId: string,
): Promise<ConsentReport> {
  await messages.find(consentId);
  const [consentProgress, { steps }] = await Promise.all([progress(consentId), pendingSteps(consentId)]);
  // Read after Temporal's answer, so that both describe about the same moment.
  const consent = await messages.find(consentId);
  const newest = await portage.exports.newestOfLoops(consentId, loopsOf(consent));
  const hostApp = await portage.hostApps.find(consent.hostAppId);
  return {
    consent,
    wait: await grantWaitOf(portage, consent, portage.now()),
    hostApp: hostApp?.name ?? null,
    progress: consentProgress,
    loops: consent.endedAt === null ? loopReports(consent, newest, consentProgress, portage) : [],
    steps,
    exports: await portage.exports.page(consentId, { before: undefined, limit: latestExports }),
    events: await portage.consents.newestEvents(consent, latestEvents),
  };
}

/** The state of each loop from Temporal, or from its newest export when Temporal does not report it. */
function loopReports(
  consent: Consent,
  newest: readonly Export[],
  progress: ConsentProgress,
  { config, now }: Pick<Portage, 'config' | 'now'>,
): LoopReport[] {
  const running = progress.workflow === 'running' ? progress : undefined;
  const fromTemporal = [...(running?.loops ?? [])].map(
    ([loop, { state, sinceMs, resources, nextAtMs, paused }]): LoopReport => {
      const isWaiting = state === 'sleeping' && !paused && nextAtMs > now().getTime();
      return {
        loop,
        resources,
        state: state === 'sleeping' && paused ? 'paused' : state,
        since: new Date(sinceMs),
        nextAt: isWaiting ? new Date(nextAtMs) : null,
        source: 'temporal',
      };
    },
  );
  const reported = new Set(fromTemporal.flatMap(({ resources }) => resources));
  const others = exportedResources(consent).filter((resource) => !reported.has(resource));
  const names = new Map(others.map((resource) => [resource, newestOf(resource, newest)]));
  const fromDatabase = [...new Set(names.values())].flatMap((row): LoopReport[] => {
    const resources = others.filter((resource) => names.get(resource) === row);
    if (row === undefined) {
      return resources.map((loop) => {
        return {
          loop,
          resources: [loop],
          state: 'not_started',
          since: consent.createdAt,
          nextAt: null,
          source: 'database',
        };
      });
    }
    // No loop has started before the access type is known.
    const hasEnded = running?.status.accessType !== undefined && !running.status.loops.includes(row.resource);
    const state = hasEnded ? 'ended' : stateOf(consent, row);
    const nextAt = state === 'sleeping' ? (nextAfter(row, consent, config.policy) ?? null) : null;
    return [{ loop: row.resource, resources, state, since: sinceOf(row), nextAt, source: 'database' }];
  });
  return [...fromTemporal, ...fromDatabase];
}

/** The latest time that the database has for an export: its end, its start at Google, or the request. */
const sinceOf = ({ endedAt, initiatedAt, requestedAt }: Export): Date => endedAt ?? initiatedAt ?? requestedAt;

function stateOf(consent: Consent, row: Export): string {
  const isLocked = row.lockedUntil !== null && row.archiveJobId === null;
  if (row.endedAt === null && !isLocked) return row.state;
  if (row.endedAt !== null && consent.accessType !== 'time_based') return 'ended';
  return consent.pausedAt === null ? 'sleeping' : 'paused';
}

export function reportJson({ consent, wait, hostApp, progress, loops, steps, exports, events }: ConsentReport) {
  return {
    id: consent.id,
    hostAppId: consent.hostAppId,
    hostApp,
    userId: consent.userId,
    state: consent.state,
    errorCode: consent.errorCode,
    accessType: consent.accessType,
    requestedResources: consent.requestedResources,
    grantedResources: consent.grantedResources,
    supersededResources: consent.supersededResources,
    supersededBy: consent.supersededBy,
    replaces: consent.replacesConsentId,
    since: consent.since,
    createdAt: consent.createdAt,
    endsAt: consent.endsAt,
    pausedAt: consent.pausedAt,
    stopWanted: consent.stopWanted,
    batchedAt: consent.batchedAt,
    resetAnswer: consent.resetAnswer,
    resetAt: consent.resetAt,
    waitsFor: wait,
    endedAt: consent.endedAt,
    dataDeletionAt: consent.dataDeletionAt,
    dataDeletedAt: consent.dataDeletedAt,
    temporal: {
      workflow: progress.workflow,
      error: progress.workflow === 'unknown' ? errorJson(progress.error) : null,
    },
    loops,
    steps,
    exports: exports.map((row) => ({
      id: row.id,
      loop: row.resource,
      resources: row.resources,
      cycle: row.cycle,
      state: row.state,
      verdict: row.verdict,
      errorCode: row.errorCode,
      findings: row.findings.map((finding) => ({ ...finding, text: findingWords(finding) })),
      startTime: row.startTime,
      endTime: row.endTime,
      adopted: row.adopted,
      requestedAt: row.requestedAt,
      lockedUntil: row.lockedUntil,
      initiatedAt: row.initiatedAt,
      endedAt: row.endedAt,
      parts: row.partsTotal,
      files: row.files,
      bytes: row.bytes,
      dataDeletedAt: row.dataDeletedAt,
    })),
    events: events.map(({ id, type, exportId, data, createdAt }) => ({ id, type, exportId, data, at: createdAt })),
  };
}

const errorJson = ({ code, message, remedy }: PortageError) => ({ code, message, remedy });
