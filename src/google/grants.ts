/** Calls Google for a consent: with a valid token, at the project's pace, and with failures translated. */
import type { CallPacing } from '../database/call-pacing';
import type { ConsentTokens, TokenStore } from '../database/tokens';
import { PortageError } from '../domain/error-codes';
import type { ClientsAtGoogle } from './clients';
import { isUnauthenticated, rateLimit, toPortageError } from './translate-error';

export type Grants = ReturnType<typeof createGrants>;

/** A token this close to its end is refreshed first, so that no token expires during a call. */
const refreshAheadMs = 60_000;
/** The pause of the whole project after a rate limit without a time. */
const slowDownMs = 5_000;

export function createGrants(deps: { tokens: TokenStore; clients: ClientsAtGoogle; now: () => Date }) {
  const { tokens, clients, now } = deps;

  /** After a rate limit, all workers pause, not only this call. */
  const slowedByRefusal = async <T>(pacing: CallPacing, request: Promise<T>): Promise<T> => {
    try {
      return await request;
    } catch (error) {
      const limit = rateLimit(error);
      // If slowing down fails too, the caller still gets Google's refusal.
      if (limit !== undefined) await pacing.slowDown(limit.retryAfterMs ?? slowDownMs).catch(() => undefined);
      throw error;
    }
  };

  /** Exchanges the tokens when they are due; concurrent callers share one exchange. */
  const exchange = async (consentId: string, isDue: (current: ConsentTokens) => boolean): Promise<ConsentTokens> => {
    const known = await tokens.find(consentId);
    if (known === undefined) throw new PortageError('GRANT_ENDED', { detail: 'its tokens are deleted' });
    const { oauth, pacing } = await clients.get(known.googleClientId);
    const fresh = await tokens.exchange(consentId, {
      at: now(),
      isDue,
      prepare: () => pacing.wait(),
      exchange: (refreshToken) => slowedByRefusal(pacing, oauth.refresh(refreshToken)),
    });
    if (fresh === undefined) throw new PortageError('GRANT_ENDED', { detail: 'its tokens are deleted' });
    return fresh;
  };

  /** @param refused the access token that Google refused, or undefined when only its age counts */
  const freshTokens = async (consentId: string, refused?: string): Promise<ConsentTokens> => {
    const isSpent = ({ accessToken, accessTokenExpiresAt }: ConsentTokens) =>
      accessToken === refused || accessTokenExpiresAt.getTime() - now().getTime() <= refreshAheadMs;
    const known = await tokens.find(consentId);
    if (known !== undefined && !isSpent(known)) return known;
    const fresh = await exchange(consentId, isSpent);
    if (fresh.accessToken === refused) {
      throw new PortageError('GRANT_ENDED', { detail: 'the access token ended and there is no refresh token' });
    }
    return fresh;
  };

  return {
    /**
     * @param method the API method's name, for error messages
     * @param call gets an access token; may be called twice, since a refused token is refreshed once
     * @throws PortageError with the codes of the error table; `GRANT_ENDED` when Google accepts no token of this grant
     * any more
     */
    async call<T>(consentId: string, method: string, call: (accessToken: string) => Promise<T>): Promise<T> {
      const paced = async ({ accessToken, googleClientId }: ConsentTokens): Promise<T> => {
        const { pacing } = await clients.get(googleClientId);
        await pacing.wait();
        return slowedByRefusal(pacing, call(accessToken));
      };
      const known = await freshTokens(consentId);
      try {
        return await paced(known);
      } catch (error) {
        if (!isUnauthenticated(error)) throw toPortageError(error, method);
      }
      const fresh = await freshTokens(consentId, known.accessToken);
      try {
        return await paced(fresh);
      } catch (error) {
        throw toPortageError(error, method);
      }
    },

    /**
     * Refreshes the tokens although they may still be valid: the answer shows whether the user renewed the grant, and
     * the consent's end is updated (docs/google-api.md §10). Without a refresh token, nothing is done.
     *
     * @throws PortageError `GRANT_ENDED` when Google answers `invalid_grant` or the tokens are deleted, otherwise the
     * codes of the error table
     */
    async refresh(consentId: string): Promise<void> {
      const known = await tokens.find(consentId);
      await exchange(consentId, ({ accessToken }) => accessToken === known?.accessToken);
    },

    /** Revokes the grant at Google; a grant whose tokens are already deleted counts as revoked. */
    async revoke(consentId: string): Promise<void> {
      const known = await tokens.find(consentId);
      if (known === undefined) return;
      const { oauth, pacing } = await clients.get(known.googleClientId);
      await pacing.wait();
      await slowedByRefusal(pacing, oauth.revoke(known.refreshToken ?? known.accessToken));
    },
  };
}
