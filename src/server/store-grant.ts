/** Stores a grant: as more time for the consent that it renews, else as a new consent. */
import type { ConnectSession } from '../database/connect-sessions';
import { exportedResources } from '../database/consents';
import type { ClientGrant } from '../google/oauth';
import type { ServerDependencies } from './dependencies';

export interface KeptGrant {
  readonly consentId: string;
  /** The end that a renewal gave to a consent that was there before; undefined for a new consent. */
  readonly renewedUntil: Date | undefined;
}

type Stores = Pick<ServerDependencies, 'connectSessions' | 'consents' | 'tokens' | 'logger' | 'now'>;

/**
 * A repeat returns what the first call stored.
 *
 * @param resources what was granted of what the session asked for
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
 * @returns undefined when the grant cannot stand in for the old one, which a new consent then takes over from
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
    // Jobs of the consent can be asked for, and its grant given back, with its own client only.
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
