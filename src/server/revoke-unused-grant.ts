/** Revokes a grant that does not become a consent. */
import { verifierPlace, type ConnectSession, type TakenAnswer } from '../database/connect-sessions';
import type { ClientGrant, OAuth } from '../google/oauth';
import { exchangeCode } from './code-exchange';
import type { ServerDependencies } from './dependencies';

type RevokingDependencies = Pick<
  ServerDependencies,
  'consents' | 'connectSessions' | 'clientsAtGoogle' | 'logger' | 'now'
>;

/** How many times a revocation is tried. A repeat after a lost answer finds the grant already revoked. */
const revokeAttempts = 3;

/**
 * Revokes the grant, unless that could end other grants of the user or of the browser too (docs/google-api.md §8).
 * Never throws: a grant that is not revoked ends at Google after its period.
 */
export async function revokeUnusedGrant(
  { consents, connectSessions, clientsAtGoogle, logger, now }: RevokingDependencies,
  session: ConnectSession,
  grant: ClientGrant,
): Promise<void> {
  const { hostAppId, userId } = session;
  try {
    const live = await consents.liveSiblings({ id: '', hostAppId, userId });
    const isConnecting = userId !== null && (await connectSessions.isConnecting(hostAppId, userId, now(), session.id));
    if (live.length > 0 || isConnecting || (await connectSessions.hasOtherGrant(session, now()))) {
      logger.warn(
        { connectSessionId: session.id },
        'an unused grant was not revoked: it ends at Google after its period',
      );
      return;
    }
    const { oauth } = await clientsAtGoogle.get(grant.googleClientId);
    await revoke(oauth, grant.tokens.refreshToken ?? grant.tokens.accessToken);
  } catch (error) {
    logger.warn({ connectSessionId: session.id, err: error }, 'a grant that is not used could not be revoked');
  }
}

/**
 * Revokes a grant that Google gave for a session which had already ended. Never throws: a grant that is not revoked
 * ends at Google after its period.
 */
export async function revokeLateGrant(
  deps: RevokingDependencies & Pick<ServerDependencies, 'vault'>,
  { session, stateHash, sealedCodeVerifier, googleClientId }: TakenAnswer,
  code: string,
): Promise<void> {
  const { clientsAtGoogle, vault, logger } = deps;
  const about = { connectSessionId: session.id };
  try {
    const codeVerifier = vault.open(sealedCodeVerifier, verifierPlace(stateHash));
    const { oauth } = await clientsAtGoogle.get(googleClientId);
    const grant = await exchangeCode(oauth, code, codeVerifier);
    await revokeUnusedGrant(deps, session, { ...grant, googleClientId });
    logger.info(about, 'a grant came for a connect session that had ended');
  } catch (error) {
    logger.warn({ ...about, err: error }, 'a grant for a connect session that had ended could not be revoked');
  }
}

async function revoke(oauth: OAuth, token: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await oauth.revoke(token);
      return;
    } catch (error) {
      if (attempt === revokeAttempts) throw error;
    }
  }
}
