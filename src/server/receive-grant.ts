/**
 * Turns an authorization code into a stored grant: a new consent, or more time for the one that it renews. Where the host
 * app has to confirm first, the grant is held until then.
 */
import { setTimeout as pause } from 'node:timers/promises';

import { verifierPlace, type ConnectSession, type TakenAnswer } from '../database/connect-sessions';
import { openGrant, sealGrant } from '../database/connect-sessions/sealed-grant';
import { isOutage, PortageError } from '../domain/error-codes';
import type { ClientGrant, Grant } from '../google/oauth';
import { exchangeCode } from './code-exchange';
import type { ServerDependencies } from './dependencies';
import { storeGrant, type KeptGrant } from './store-grant';
import { revokeUnusedGrant } from './revoke-unused-grant';

/** How many times Portage tries to store a new grant, because the same code cannot be exchanged a second time. */
const storeAttempts = 3;
/**
 * How long Portage tries to store a grant while the database does not answer; the user waits for the page meanwhile.
 */
const storeWithinMs = 15_000;
const storePauseMs = 500;

type ReceivingDependencies = Pick<
  ServerDependencies,
  'config' | 'connectSessions' | 'consents' | 'tokens' | 'clientsAtGoogle' | 'vault' | 'logger' | 'now'
>;

/** A grant without a refresh token is reset with its access token, so this long before the token ends. */
const resetMarginMs = 10 * 60_000;

export function createGrantReceiver(deps: ReceivingDependencies) {
  const { config, connectSessions, clientsAtGoogle, vault, logger, now } = deps;

  /** Repeats `store` within the limits above. @throws the error of the last try */
  const persist = async <T>(session: ConnectSession, store: () => Promise<T>): Promise<T> => {
    const startedAt = performance.now();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await store();
      } catch (error) {
        const isAway = error instanceof PortageError && isOutage(error.code);
        const isLast = isAway ? performance.now() - startedAt > storeWithinMs : attempt >= storeAttempts;
        logger.error({ connectSessionId: session.id, attempt, err: error }, 'a grant could not be stored');
        if (isLast) throw error;
        if (isAway) await pause(storePauseMs);
      }
    }
  };

  /** The end of the time for the host app's confirmation. @param at when Google's answer came */
  const confirmBy = ({ tokens }: Grant, at: Date): Date => {
    const latest = at.getTime() + config.confirmWithinMs;
    if (tokens.refreshToken !== undefined) return new Date(latest);
    return new Date(Math.min(latest, tokens.accessTokenExpiresAt.getTime() - resetMarginMs));
  };

  /**
   * Stores a grant as a consent or a renewal, or holds it until its confirmation.
   *
   * @returns undefined when the grant awaits its confirmation
   * @throws PortageError `CONSENT_EMPTY`; errors of the database
   */
  const settle = async (session: ConnectSession, grant: ClientGrant, at: Date): Promise<KeptGrant | undefined> => {
    const resources = grant.resources.filter((resource) => session.resources.includes(resource));
    if (resources.length === 0) {
      await revokeUnusedGrant(deps, session, grant);
      throw new PortageError('CONSENT_EMPTY');
    }
    if (session.requiresConfirmation && session.confirmedAt === null) {
      await persist(session, () => connectSessions.awaitConfirmation(session.id, confirmBy(grant, at), now()));
      return undefined;
    }
    return persist(session, () => storeGrant(deps, session, { grant, resources, at }));
  };

  return {
    /**
     * Exchanges the code and stores the grant; the grant must not be lost between the two.
     *
     * @returns undefined when the grant awaits the confirmation of its host app
     * @throws PortageError `CONSENT_EMPTY` when none of the requested resources was granted, `NOT_READY` when the grant
     * could not be stored and was revoked, `CONNECT_DELAYED` when the grant is held and becomes a consent later, else
     * the errors of the exchange
     */
    async receive(
      { session, stateHash, sealedCodeVerifier, googleClientId }: TakenAnswer,
      code: string,
    ): Promise<KeptGrant | undefined> {
      const codeVerifier = vault.open(sealedCodeVerifier, verifierPlace(stateHash));
      const { oauth } = await clientsAtGoogle.get(googleClientId);
      const grant = { ...(await exchangeCode(oauth, code, codeVerifier)), googleClientId };
      if (grant.isTesting) {
        // docs/known-defects.md D8
        logger.warn(
          { connectSessionId: session.id, endsAt: grant.refreshTokenExpiresAt },
          'this grant lives seven days at most: set the publishing status of the OAuth client to "In production"',
        );
      }
      try {
        const sealed = sealGrant(vault, session.id, grant);
        await persist(session, () => connectSessions.holdGrant(session.id, sealed));
      } catch (error) {
        // Revoked, so that the user can grant it again; no export has used it yet.
        await revokeUnusedGrant(deps, session, grant);
        throw new PortageError('NOT_READY', { cause: error });
      }
      try {
        return await settle(session, grant, now());
      } catch (error) {
        if (error instanceof PortageError && !isOutage(error.code)) throw error;
        throw new PortageError('CONNECT_DELAYED', { cause: error });
      }
    },

    /**
     * Makes a consent of a held grant: it was confirmed, or the server that received it died or could not reach the
     * database.
     *
     * @returns undefined when the grant awaits its confirmation, and when no consent can be made of it, since the session
     * has ended
     */
    async resume(session: ConnectSession): Promise<KeptGrant | undefined> {
      if (session.sealedGrant === null) return undefined;
      const grant = openGrant(vault, session.id, session.sealedGrant);
      // The limits on the first export count from the confirmation.
      const at = session.confirmedAt ?? session.oauthStateUsedAt ?? now();
      try {
        return await settle(session, grant, at);
      } catch (error) {
        if (!(error instanceof PortageError) || error.code !== 'CONSENT_EMPTY') throw error;
        await connectSessions.endWithout(session, 'declined', error.code, now());
        return undefined;
      }
    },
  };
}
