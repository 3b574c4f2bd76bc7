/** Stores a grant: as more time for the consent that it renews, else as a new consent. */
import type { ConnectSession } from '../database/connect-sessions';
import { exportedResources } from '../database/consents';
import type { ClientGrant } from '../google/oauth';
import type { ServerDependencies } from './dependencies';

export interface KeptGrant {
  readonly consentId: string;
  /** The new end of an existing consent that was renewed; undefined for a new consent. */
  readonly renewedUntil: Date | undefined;
}

type Stores = Pick<ServerDependencies, 'connectSessions' | 'consents' | 'tokens' | 'logger' | 'now'>;

/**
 * A repeat returns the result of the first call.
 *
 * @param resources the granted ones among those that the session asked for
 * @param at when Google's answer came
 */
export async function storeGrant(
  stores: Stores,
  session: ConnectSession,
  { grant, resources, at }: { readonly grant: ClientGrant; readonly resources: string[]; readonly at: Date },
): Promise<KeptGrant> {
  const renewed = await renewConsent(stores, session, grant, resources);
  if (renewed !== undefined) return renewed;
  const endsAt = grant.refreshTokenExpiresAt;
  const accessType = endsAt === undefined ? undefined : ('time_based' as const);
  const { tokens, googleClientId } = grant;
  const stored = { session, resources, accessType, endsAt, tokens, googleClientId, at };
  const consentId = await stores.consents.create(stored);
  return { consentId, renewedUntil: undefined };
}

/**
 * Replaces the consent's tokens by those of the new grant.
 *
 * @returns undefined when the grant cannot replace the old one; a new consent then takes over from the old one
 */
async function renewConsent(
  { connectSessions, consents, tokens, logger, now }: Stores,
  session: ConnectSession,
  grant: ClientGrant,
  resources: readonly string[],
): Promise<KeptGrant | undefined> {
  const consent = session.renewsConsentId === null ? undefined : await consents.find(session.renewsConsentId);
  if (consent === undefined) return undefined;
  const about = { consentId: consent.id, connectSessionId: session.id };
  const missing = exportedResources(consent).filter((resource) => !resources.includes(resource));
  const endsAt = grant.refreshTokenExpiresAt;
  if (missing.length > 0 || endsAt === undefined) {
    logger.warn({ ...about, missing, oneTime: endsAt === undefined }, 'grant does not cover the consent to renew');
    return undefined;
  }
  if (grant.googleClientId !== consent.googleClientId) {
    // Only the consent's own client can start its jobs and reset its authorization.
    logger.info(about, 'the grant is of another Google client than the consent to renew');
    return undefined;
  }
  if (!(await tokens.renew(consent.id, { tokens: grant.tokens, endsAt, at: now() }))) {
    logger.info(about, 'the consent to renew has ended meanwhile');
    return undefined;
  }
  await connectSessions.endRenewed(session.id, consent.id, now());
  return { consentId: consent.id, renewedUntil: endsAt };
}
