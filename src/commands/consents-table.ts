/** `portage consents list`: consents in the database, newest first, with their last and next export. */
import { loopsOf, scheduleOf } from '../consent-status/next-export';
import type { Consent } from '../database/consents';
import type { Export } from '../database/exports';
import type { ConsentState } from '../domain/states';
import type { Portage } from '../portage';
import { deletedUser } from './table';

export interface ConsentFilter {
  readonly state?: ConsentState;
  readonly user?: string;
  /** Id of the last consent of the page before. */
  readonly before?: string;
  readonly limit: number;
}

export interface ConsentList {
  readonly consents: readonly ListedConsent[];
  /** The value of `before` for the next page; null on the last one. */
  readonly nextBefore: string | null;
}

export type ListedConsent = ReturnType<typeof listed>;

/** Reads one page from the database, without a request to Temporal. */
export async function listConsents(portage: Portage, filter: ConsentFilter): Promise<ConsentList> {
  const { state, user: userId, before, limit } = filter;
  const page = await portage.consents.page({ state, userId, before, limit: limit + 1 });
  const shown = page.slice(0, limit);
  const newest = await portage.exports.newestOfConsents(shown.map(({ id }) => id));
  const consents = shown.map((consent) => {
    const own = newest.filter(({ consentId }) => consentId === consent.id);
    return listed(consent, own, portage.config.policy);
  });
  return { consents, nextBefore: page.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

function listed(consent: Consent, newest: readonly Export[], policy: Portage['config']['policy']) {
  const loops = new Set(loopsOf(consent));
  const last = newest
    .filter(({ resource }) => loops.has(resource))
    .reduce<Export | undefined>(
      (best, row) => (best === undefined || best.requestedAt < row.requestedAt ? row : best),
      undefined,
    );
  return {
    id: consent.id,
    hostAppId: consent.hostAppId,
    userId: consent.userId,
    accessType: consent.accessType,
    state: consent.state,
    errorCode: consent.errorCode,
    createdAt: consent.createdAt,
    endsAt: consent.endsAt,
    pausedAt: consent.pausedAt,
    endedAt: consent.endedAt,
    grantedResources: consent.grantedResources,
    lastExport: last === undefined ? null : lastExport(last),
    nextExportAt: scheduleOf(consent, newest, policy).nextAt ?? null,
  };
}

const lastExport = ({ id, resource, state, verdict, errorCode, requestedAt, endedAt }: Export) => ({
  id,
  loop: resource,
  state,
  verdict,
  errorCode,
  requestedAt,
  endedAt,
});

/** For example `2026-03-01 09:30`, in UTC. */
export function minute(at: Date | null): string {
  return at === null ? '' : at.toISOString().slice(0, 16).replace('T', ' ');
}

export const listColumns = ['id', 'user', 'access', 'state', 'ends', 'last export', 'next export'];

export function listRow(consent: ListedConsent): string[] {
  const { id, userId, accessType, state, endsAt, endedAt, pausedAt, lastExport: last, nextExportAt } = consent;
  return [
    id,
    userId ?? deletedUser,
    accessType ?? 'unknown',
    state,
    endsAt === null ? '' : endsAt.toISOString().slice(0, 10),
    last === null ? 'none' : `${last.state} ${minute(last.endedAt ?? last.requestedAt)}`,
    endedAt === null && pausedAt !== null ? 'paused' : minute(nextExportAt),
  ];
}
