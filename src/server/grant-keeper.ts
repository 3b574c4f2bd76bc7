/** Turns an authorization code into a stored grant: a new consent, or more time for the one that it renews. */
import { setTimeout as pause } from 'node:timers/promises';

import { z } from 'zod';

import { grantPlace, verifierPlace, type ConnectSession } from '../database/connect-sessions';
import { exportedResources } from '../database/consents';
import { isOutage, PortageError } from '../domain/errors';
import type { Grant } from '../google/oauth';
import { exchangeCode } from './code-exchange';
import type { ServerDependencies } from './dependencies';

export interface KeptGrant {
  readonly consentId: string;
  /** The end that a renewal gave to a consent that was there before; undefined for a new consent. */
  readonly renewedUntil: Date | undefined;
}

/** How often a grant that was just given is tried to be stored; it cannot be had a second time. */
const storeAttempts = 3;
/** While the database is away it is tried for so long, as the user waits for the page. */
const storeWithinMs = 15_000;
const storePauseMs = 500;
/** How often one that is not used is tried to be given back; a repeat finds it revoked. */
const revokeAttempts = 3;

type KeeperDependencies = Pick<
  ServerDependencies,
  'connectSessions' | 'consents' | 'tokens' | 'oauth' | 'vault' | 'logger' | 'now'
>;

export function createGrantKeeper(deps: KeeperDependencies) {
  const { connectSessions, consents, tokens, oauth, vault, logger, now } = deps;

  const revoke = async (token: string): Promise<void> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await oauth.revoke(token);
        return;
      } catch (error) {
        if (attempt === revokeAttempts) throw error;
      }
    }
  };

  /** Gives an unused grant back, unless that could end the user's other grants too (docs/google-api.md §8). */
  const discard = async (session: ConnectSession, grant: Grant): Promise<void> => {
    const { hostAppId, userId } = session;
    try {
      const live = await consents.activeSiblings({ id: '', hostAppId, userId });
      if (live.length > 0) {
        logger.warn({ connectSessionId: session.id }, 'a grant that is not used is left to end by itself');
        return;
      }
      await revoke(grant.tokens.refreshToken ?? grant.tokens.accessToken);
    } catch (error) {
      logger.warn({ connectSessionId: session.id, err: error }, 'a grant that is not used could not be revoked');
    }
  };

  /**
   * Puts the new tokens in the place of the old ones, which go only now that the new ones are had.
   *
   * @returns undefined when the grant cannot stand in for the old one, which a new consent then takes over from
   */
  const renew = async (
    session: ConnectSession,
    grant: Grant,
    resources: readonly string[],
  ): Promise<KeptGrant | undefined> => {
    const consent = session.renewsConsentId === null ? undefined : await consents.find(session.renewsConsentId);
    if (consent === undefined) return undefined;
    const about = { consentId: consent.id, connectSessionId: session.id };
    const missing = exportedResources(consent).filter((resource) => !resources.includes(resource));
    const endsAt = grant.refreshTokenExpiresAt;
    if (missing.length > 0 || endsAt === undefined) {
      logger.warn({ ...about, missing, oneTime: endsAt === undefined }, 'grant does not cover the consent to renew');
      return undefined;
    }
    if (!(await tokens.renew(consent.id, { tokens: grant.tokens, endsAt, at: now() }))) {
      logger.info(about, 'the consent to renew has ended meanwhile');
      return undefined;
    }
    await connectSessions.endRenewed(session.id, consent.id);
    return { consentId: consent.id, renewedUntil: endsAt };
  };

  const create = async (session: ConnectSession, grant: Grant, resources: string[], at: Date): Promise<KeptGrant> => {
    const endsAt = grant.refreshTokenExpiresAt;
    const accessType = endsAt === undefined ? undefined : 'time_based';
    const consentId = await consents.create({
      session,
      resources,
      accessType,
      endsAt,
      tokens: grant.tokens,
      at,
    });
    return { consentId, renewedUntil: undefined };
  };

  /** Tries to store, in one way or another, for as long as somebody waits for it. @throws what the last try threw */
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

  /** Makes of a grant that is held what it is for. @throws PortageError `CONSENT_EMPTY`; what the database throws */
  const settle = async (session: ConnectSession, grant: Grant, at: Date): Promise<KeptGrant> => {
    const resources = grant.resources.filter((resource) => session.resources.includes(resource));
    if (resources.length === 0) {
      await discard(session, grant);
      throw new PortageError('CONSENT_EMPTY');
    }
    return persist(
      session,
      async () => (await renew(session, grant, resources)) ?? (await create(session, grant, resources, at)),
    );
  };

  return {
    /**
     * Exchanges the code and keeps what was granted; nothing granted may be lost between the two.
     *
     * @throws PortageError `CONSENT_EMPTY` when nothing that was asked for was granted, `NOT_READY` when it could not be
     * stored and was given back, `CONNECT_DELAYED` when it is held and a consent is made of it later, else as the exchange
     * says
     */
    async keep(session: ConnectSession, code: string): Promise<KeptGrant> {
      if (session.sealedCodeVerifier === null) throw new PortageError('STATE_INVALID');
      const codeVerifier = vault.open(session.sealedCodeVerifier, verifierPlace(session.id));
      const grant = await exchangeCode(oauth, code, codeVerifier);
      if (grant.isTesting) {
        // docs/known-defects.md D8
        logger.warn(
          { connectSessionId: session.id, endsAt: grant.refreshTokenExpiresAt },
          'this grant lives seven days at most: set the publishing status of the OAuth client to "In production"',
        );
      }
      try {
        const sealed = vault.seal(JSON.stringify(grant), grantPlace(session.id));
        await persist(session, () => connectSessions.holdGrant(session.id, sealed));
      } catch (error) {
        // Given back, so that the user can grant it again; nothing was exported with it yet.
        await discard(session, grant);
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
     * Makes a consent of a grant that is held since the server that got it died, or could not reach the database.
     *
     * @returns undefined when nothing was to be made of it, and the session has ended
     */
    async resume(session: ConnectSession): Promise<KeptGrant | undefined> {
      if (session.sealedGrant === null) return undefined;
      const grant = grantOf(vault.open(session.sealedGrant, grantPlace(session.id)));
      const at = session.oauthStateUsedAt ?? now();
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

const instant = z.iso.datetime().transform((text) => new Date(text));
const heldGrant = z.object({
  tokens: z.object({
    accessToken: z.string(),
    accessTokenExpiresAt: instant,
    refreshToken: z.string().optional(),
  }),
  resources: z.array(z.string()),
  refreshTokenExpiresAt: instant.optional(),
  isTesting: z.boolean(),
});

/** A grant from the text that was sealed. */
function grantOf(text: string): Grant {
  const { tokens, refreshTokenExpiresAt, ...rest } = heldGrant.parse(JSON.parse(text));
  return { ...rest, refreshTokenExpiresAt, tokens: { ...tokens, refreshToken: tokens.refreshToken } };
}
