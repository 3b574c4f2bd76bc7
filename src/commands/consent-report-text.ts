/** The report on a consent as text for a terminal. */
import type { PendingStep } from '../temporal/client/pending-steps';
import { exportedResources, type Consent, type Event } from '../database/consents';
import type { Export } from '../database/exports';
import { errorTable } from '../domain/error-codes';
import { findingWords } from '../domain/finding-words';
import type { StopWanted } from '../domain/states';
import { formatBytes, formatTime } from '../server/pages/format';
import type { GrantWait } from '../consent-status/why-grant-is-kept';
import { consentWorkflowId } from '../workflows/ids';
import { minute } from './consents-table';
import type { ConsentReport, LoopReport } from './consent-report';
import { nextTryWords } from './stuck-consents';
import { deletedUser, printable, table } from './table';

/** How many findings of one export are shown; `portage verify` shows all. */
const findingsShown = 3;

/** @param width of the terminal in characters; unlimited without a terminal */
export function reportText(report: ConsentReport, width = Infinity): string {
  const { consent, loops, steps, exports, events } = report;
  const section = (name: string, rows: string) => (rows === '' ? [] : [`\n${name}\n`, rows]);
  return [
    `Consent ${consent.id}\n`,
    ...facts(report).map(([name, value]) => `  ${name.padEnd(11)} ${printable(value)}\n`),
    `\n${temporalWords(report)}\n`,
    ...(loops.length === 0 ? [] : section('Loops', table(loopColumns, loops.map(loopRow), width))),
    ...(steps.length === 0 ? [] : section('Pending steps', table(stepColumns, steps.map(stepRow), width))),
    ...(exports.length === 0
      ? ['\nNo export yet.\n']
      : section('Latest exports', table(exportColumns, exports.map(exportRow), width))),
    ...exports.flatMap(findingLines),
    ...section('Latest events', table(eventColumns, events.map(eventRow), width)),
  ].join('');
}

function facts({ consent, wait, hostApp }: ConsentReport): [string, string][] {
  const at = (time: Date | null) => (time === null ? undefined : formatTime(time));
  const withheld = consent.requestedResources.filter((resource) => !consent.grantedResources.includes(resource));
  const rows: [string, string | undefined][] = [
    ['user', `${consent.userId ?? deletedUser} of ${hostApp ?? consent.hostAppId}`],
    ['state', stateWords(consent)],
    [
      'access',
      `${consent.accessType ?? 'not known yet'}${consent.endsAt === null ? '' : `, ends ${formatTime(consent.endsAt)}`}`,
    ],
    ['connected', at(consent.createdAt)],
    ['paused', consent.pausedAt === null ? undefined : `since ${formatTime(consent.pausedAt)}`],
    ['requested', consent.endedAt === null && consent.stopWanted !== null ? stopWords[consent.stopWanted] : undefined],
    ['exports', exportedResources(consent).join(', ')],
    ['withheld', withheld.join(', ')],
    ['taken over', takenOverWords(consent)],
    ['replaces', consent.replacesConsentId ?? undefined],
    [
      'batched',
      consent.batchedAt === null
        ? undefined
        : `since ${formatTime(consent.batchedAt)}: all resources share one export a day`,
    ],
    ['since', consent.since === null ? undefined : `no data older than ${formatTime(consent.since)}`],
    ['reset', consent.resetAnswer === null ? undefined : resetWords[consent.resetAnswer]],
    ['waits for', wait === null ? undefined : waitWords(wait)],
    ['data', dataWords(consent)],
  ];
  return rows.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]]));
}

function stateWords({ state, endedAt, errorCode }: Consent): string {
  const why = errorCode === null ? '' : `: ${errorTable[errorCode].message} (${errorCode})`;
  return `${state}${endedAt === null ? '' : ` since ${formatTime(endedAt)}`}${why}`;
}

const stopWords: Readonly<Record<StopWanted, string>> = {
  cancelled: 'to stop and to end the grant',
  unconfirmed: 'to end the grant, because the app did not confirm it',
  deleted: 'to end the grant and to delete the stored data',
};

const resetWords: Readonly<Record<NonNullable<Consent['resetAnswer']>, string>> = {
  done: 'Google confirmed the reset of the grant',
  kept: 'not done, because it might end another consent',
  already_ended: 'not necessary, because the grant had already ended at Google',
  refused: 'Google refuses the reset; Portage repeats it',
};

function takenOverWords({ supersededResources, supersededBy }: Consent): string {
  const by = supersededBy.length === 0 ? '' : ` by ${supersededBy.join(', ')}`;
  return supersededResources.length === 0 ? '' : `${supersededResources.join(', ')}${by}`;
}

function waitWords({ reason, consentIds, until }: GrantWait): string {
  const latest = until === null ? '' : `, until ${formatTime(until)} at the latest`;
  switch (reason) {
    case 'other_consents':
      return `the end of ${consentIds.length === 0 ? 'consents of another user' : consentIds.join(', ')}${latest}`;
    case 'user_is_connecting':
      return `the user, who is connecting an account now${latest}`;
    case 'google_refuses':
      return `Google, which refuses the reset${latest}`;
  }
}

function dataWords({ dataDeletionAt, dataDeletedAt }: Consent): string | undefined {
  if (dataDeletedAt !== null) return `deleted ${formatTime(dataDeletedAt)}`;
  return dataDeletionAt === null ? undefined : `deletion started at ${formatTime(dataDeletionAt)}`;
}

function temporalWords({ consent, progress }: ConsentReport): string {
  const id = consentWorkflowId(consent.id);
  if (progress.workflow === 'running') return `Temporal runs its workflow, ${id}.`;
  if (progress.workflow === 'unknown') {
    const { message, remedy } = progress.error;
    return `${message}. ${remedy}\nThe report shows the state in the database.`;
  }
  if (consent.endedAt !== null) return 'Its workflow has ended.';
  return `Temporal does not run its workflow, ${id}: the housekeeping starts it. The report shows the state in the database.`;
}

const loopColumns = ['loop', 'state', 'since', 'next export', 'resources', 'source'];

function loopRow({ loop, state, since, nextAt, resources, source }: LoopReport): string[] {
  const holds = resources.length === 1 && resources[0] === loop ? '' : resources.join(', ');
  return [loop, state.replace('_', ' '), minute(since), minute(nextAt), holds, source];
}

const stepColumns = ['loop', 'step', 'tries', 'last error', 'next try', 'message'];

function stepRow({ loop, step, attempts, lastError, nextTryAt }: PendingStep): string[] {
  return [
    ...[loop ?? 'consent', step, String(attempts)],
    ...[lastError?.code ?? '', nextTryWords(nextTryAt), lastError?.message ?? ''],
  ];
}

const exportColumns = ['export', 'loop', 'no.', 'state', 'verdict', 'parts', 'files', 'size', 'ended'];

function exportRow(row: Export): string[] {
  const { lockedUntil, archiveJobId, bytes, bytesStored, bytesTotal } = row;
  const isLocked = lockedUntil !== null && archiveJobId === null && row.endedAt === null;
  const stored = bytesStored === null ? '' : `${formatBytes(bytesStored)} of ${formatBytes(bytesTotal ?? 0)}`;
  return [
    row.id,
    row.resource,
    String(row.cycle),
    isLocked ? `locked until ${minute(lockedUntil)}` : row.state,
    row.verdict ?? row.errorCode ?? '',
    row.partsTotal === null ? '' : String(row.partsTotal),
    row.files === null ? '' : String(row.files),
    bytes === null ? stored : formatBytes(bytes),
    `${minute(row.endedAt)}${row.dataDeletedAt === null ? '' : ', data deleted'}`,
  ];
}

function findingLines({ id, findings }: Export): string[] {
  const more = findings.length - findingsShown;
  return [
    ...findings.slice(0, findingsShown).map((finding) => `  ${id}: ${findingWords(finding)}\n`),
    ...(more > 0 ? [`  ${id}: ${more} more findings; "portage verify ${id}" lists them.\n`] : []),
  ];
}

const eventColumns = ['at', 'event', 'export', 'details'];

/** Fields of events that other lines of the report already show. */
const shownElsewhere = new Set(['userId', 'resources', 'resource', 'requested', 'granted']);

function eventRow({ createdAt, type, exportId, data }: Event): string[] {
  const details = Object.entries(data).flatMap(([name, value]) => {
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return isPlain && !shownElsewhere.has(name) ? [`${name} ${value}`] : [];
  });
  return [minute(createdAt), type, exportId ?? '', details.join(', ')];
}
