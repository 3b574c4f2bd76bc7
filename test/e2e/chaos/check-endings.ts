/** That every consent and export came to its right end, and that each fact was recorded once. */
import { Client, Connection } from '@temporalio/client';

import type { Deployment } from './deployment';
import type { ConsentRow, Evidence, ExportRow } from './evidence';

/** @returns the faults, a sentence each */
export function checkEndings(evidence: Evidence): string[] {
  const { consents, exports, tokens } = evidence;
  return consents.flatMap((consent) => {
    const problems: string[] = [];
    const own = exports.filter(({ consentId }) => consentId === consent.id);
    const allowed = allowedEnds(evidence, consent);
    if (!allowed.includes(consent.state)) {
      problems.push(`${nameOf(consent)} is ${consent.state} ${consent.errorCode ?? ''}, not ${allowed.join(' or ')}`);
    }
    const hasTokens = tokens.some(({ consentId }) => consentId === consent.id);
    if (hasTokens !== (consent.grantKeptUntil !== null)) problems.push(`${nameOf(consent)} has the wrong tokens`);
    const mayStop = consent.state === 'cancelled' || consent.state === 'deleted' || consent.state === 'revoked';
    for (const row of own) {
      if (row.endedAt === null) problems.push(`${row.id} of ${nameOf(consent)} is still ${row.state}`);
      const isStopped = row.errorCode === 'EXPORT_STOPPED' || row.errorCode === 'GRANT_ENDED';
      if (mayStop && row.state === 'failed' && isStopped) continue;
      // A lost answer to a retry may cost one export of time-based access, never a one-time one (docs/lost-answers.md).
      if (consent.accessType === 'time_based' && row.errorCode === 'ARCHIVE_UNKNOWN') continue;
      if (!isWhole(row)) {
        const { state, verdict, errorCode, recordsState, recordsErrorCode } = row;
        const facts = [state, verdict, errorCode, recordsState, recordsErrorCode].join(' ');
        problems.push(`${row.id} of ${nameOf(consent)} for ${row.resource} ended as ${facts}`);
      }
    }
    if (consent.state === 'completed') {
      const missing = consent.grantedResources.filter(
        (name) => own.filter(({ resource }) => resource === name).length !== 1,
      );
      if (missing.length > 0) problems.push(`${nameOf(consent)} is completed without one export of ${missing.join()}`);
    }
    return problems;
  });
}

const isWhole = ({ state, verdict, recordsState }: ExportRow) =>
  state === 'ready' && verdict === 'complete' && recordsState === 'complete';

function allowedEnds({ doings }: Evidence, { id, userId, accessType }: ConsentRow): string[] {
  const requested = doings.endRequests.get(id);
  if (requested === 'delete') return ['deleted'];
  // A consent with a requested end may have ended automatically before.
  const automatic = accessType === 'time_based' ? [] : ['completed'];
  if (doings.left.has(userId)) return ['revoked', ...(requested === 'cancel' ? ['cancelled'] : []), ...automatic];
  return requested === 'cancel' ? ['cancelled', ...automatic] : automatic;
}

export const nameOf = ({ id, userId, accessType }: ConsentRow) =>
  `${id} (${userId}, ${accessType ?? 'unknown access'})`;

export function checkEvents({ events, consents, exports }: Evidence): string[] {
  const problems: string[] = [];
  const count = (type: string, subject: { consentId?: string; exportId?: string }) =>
    events.filter(
      (event) =>
        event.type === type &&
        (subject.consentId === undefined || event.consentId === subject.consentId) &&
        (subject.exportId === undefined || event.exportId === subject.exportId),
    ).length;
  for (const { id } of consents) {
    for (const type of ['consent.connected', 'consent.ended']) {
      const times = count(type, { consentId: id });
      if (times !== 1) problems.push(`${type} of ${id} was recorded ${times} times`);
    }
  }
  for (const { id, state } of exports) {
    for (const end of ['ready', 'partial', 'failed']) {
      const times = count(`export.${end}`, { exportId: id });
      if (times !== Number(end === state))
        problems.push(`export.${end} of ${id}, which is ${state}, was recorded ${times} times`);
    }
  }
  return problems;
}

/** No workflow runs for a consent that has ended, and none has failed. */
export async function checkWorkflows({ temporalAddress }: Deployment): Promise<string[]> {
  const connection = await Connection.connect({ address: temporalAddress });
  try {
    const problems: string[] = [];
    for await (const { workflowId, status } of new Client({ connection }).workflow.list()) {
      const isRunning = status.name === 'RUNNING' && /^(consent|export)\//.test(workflowId);
      const isBad = !['RUNNING', 'COMPLETED', 'CONTINUED_AS_NEW', 'CANCELLED'].includes(status.name);
      if (isRunning || isBad) problems.push(`workflow ${workflowId} is ${status.name}`);
    }
    return problems;
  } finally {
    await connection.close();
  }
}
