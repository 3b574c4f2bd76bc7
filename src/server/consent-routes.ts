/** Consents, for their host app: each with a page of its exports. */
import { Router } from 'express';

import type { Consent } from '../database/consents';
import { grantWaitOf } from '../consent-status/why-grant-is-kept';
import type { HostAppAccess } from './authentication/host-app';
import { getConsent, listConsents } from './contract/consents';
import { mountOperation } from './contract/mount-operation';
import type { ServerDependencies } from './dependencies';
import { exportJson } from './export-json';
import { pageOf } from './list-page';
import { renewalAnswer } from './renewal';

type ConsentDependencies = Pick<ServerDependencies, 'config' | 'connectSessions' | 'consents' | 'exports' | 'now'>;

/** How many exports one answer lists at most; `?before=` gets older ones. */
const exportsPerPage = 100;

export function consentRouter(deps: ConsentDependencies, access: HostAppAccess): Router {
  const { consents, exports, now } = deps;
  const router = Router();
  const answerOf = (consent: Consent) => ({ ...consentJson(consent), renewal: renewalAnswer(deps, consent) });

  mountOperation(router, listConsents, async ({ request, query: { state, userId, after, limit } }) => {
    const { id: hostAppId } = access.hostAppOf(request);
    const rows = await consents.page({ hostAppId, state, userId, before: after, limit: limit + 1 });
    const { shown, nextAfter } = pageOf(rows, limit);
    return { items: shown.map(answerOf), nextAfter };
  });

  mountOperation(router, getConsent, async ({ request, path, query: { before } }) => {
    const consent = await access.consentOfHostApp(request, path.id);
    const rows = await exports.page(consent.id, { before, limit: exportsPerPage + 1 });
    const { shown, nextAfter } = pageOf(rows, exportsPerPage);
    const parts = await exports.partsOf(shown.map(({ id }) => id));
    return {
      ...answerOf(consent),
      waitsFor: await grantWaitOf(deps, consent, now()),
      exports: shown.map((row) => exportJson(row, parts.get(row.id) ?? [])),
      nextBefore: nextAfter,
    };
  });

  return router;
}

function consentJson(consent: Consent) {
  return {
    id: consent.id,
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
    records: consent.keep,
    createdAt: consent.createdAt,
    endsAt: consent.endsAt,
    pausedAt: consent.pausedAt,
    batchedAt: consent.batchedAt,
    resetAnswer: consent.resetAnswer,
    endedAt: consent.endedAt,
    dataDeletedAt: consent.dataDeletedAt,
  };
}
