/** Quotas of a host app, as an operator set them; without a setting, there is no limit. */
import { and, asc, count, eq, gt, like, not } from 'drizzle-orm';

import { PortageError } from '../../domain/error-codes';
import type { HostAppSettings } from '../../domain/host-app-settings';
import type { Database } from '../database';
import { connectSessions, consents, hostApps } from '../schema';

const dayMs = 24 * 3_600_000;

/** The quotas that apply to a new connect session. */
export interface Quotas extends Pick<HostAppSettings, 'maxConsents' | 'maxSessionsPerDay'> {
  /** False for a session that extends or replaces a consent. */
  readonly addsConsent: boolean;
}

/** Stored before the id in place of a link's hash, for sessions that begin on a page and have no link. */
export const noLink = 'none/';

/**
 * @param code depends on the reader: the host app, or the user on a page (`CONNECT_QUOTA_REACHED`)
 * @throws PortageError with this code, naming count and limit
 */
export async function checkConsentsQuota(
  tx: Database,
  hostAppId: string,
  maxConsents: number | undefined,
  code: 'CONSENTS_QUOTA_REACHED' | 'CONNECT_QUOTA_REACHED' = 'CONSENTS_QUOTA_REACHED',
): Promise<void> {
  if (maxConsents === undefined) return;
  const isActive = and(eq(consents.hostAppId, hostAppId), eq(consents.state, 'active'));
  const [{ n } = { n: 0 }] = await tx.select({ n: count() }).from(consents).where(isActive);
  if (n < maxConsents) return;
  throw new PortageError(code, {
    detail: `${n} consents are connected; the quota is ${maxConsents}`,
  });
}

/**
 * Checks the quotas before a session is made, for one session of the host app at a time.
 *
 * @param tx the transaction in which the session is made
 * @throws PortageError `CONSENTS_QUOTA_REACHED`, `SESSIONS_QUOTA_REACHED` naming count and limit
 */
export async function checkQuotas(
  tx: Database,
  hostAppId: string,
  { maxConsents, maxSessionsPerDay, addsConsent }: Quotas,
  at: Date,
): Promise<void> {
  await tx.select({ id: hostApps.id }).from(hostApps).where(eq(hostApps.id, hostAppId)).for('no key update');
  if (addsConsent) await checkConsentsQuota(tx, hostAppId, maxConsents);
  if (maxSessionsPerDay === undefined) return;
  const isRecent = and(
    eq(connectSessions.hostAppId, hostAppId),
    gt(connectSessions.createdAt, new Date(at.getTime() - dayMs)),
    // Users can begin these sessions as often as they like; they must not use up the host app's quota.
    not(like(connectSessions.linkHash, `${noLink}%`)),
  );
  const [{ n } = { n: 0 }] = await tx.select({ n: count() }).from(connectSessions).where(isRecent);
  if (n < maxSessionsPerDay) return;
  // The session that must be more than a day old before another one may be made.
  const [blocking] = await tx
    .select({ createdAt: connectSessions.createdAt })
    .from(connectSessions)
    .where(isRecent)
    .orderBy(asc(connectSessions.createdAt))
    .offset(n - maxSessionsPerDay)
    .limit(1);
  throw new PortageError('SESSIONS_QUOTA_REACHED', {
    detail: `${n} connect sessions were made within 24 hours; the quota is ${maxSessionsPerDay}`,
    retryAfterMs: (blocking?.createdAt ?? at).getTime() + dayMs - at.getTime(),
  });
}
