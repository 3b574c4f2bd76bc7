/** Calls Google in the name of a consent: opens its token, refreshes it in time or after one refusal, translates failures. */
import type { TokenStore } from '../database/tokens';
import { PortageError } from '../domain/errors';
import type { OAuth } from './oauth';
import { isUnauthenticated, toPortageError } from './translate';

export type Grants = ReturnType<typeof createGrants>;

/** A token this close to its end is refreshed first, so that no call is made with one that dies on the way. */
const refreshAheadMs = 60_000;

export function createGrants({ tokens, oauth, now }: { tokens: TokenStore; oauth: OAuth; now: () => Date }) {
  /** @param refused the access token that Google no longer took, or undefined when only its age counts */
  const accessToken = async (consentId: string, refused?: string): Promise<string> => {
    const isUsable = (token: { accessToken: string; accessTokenExpiresAt: Date }) =>
      token.accessToken !== refused && token.accessTokenExpiresAt.getTime() - now().getTime() > refreshAheadMs;
    const known = await tokens.find(consentId);
    if (known !== undefined && isUsable(known)) return known.accessToken;
    const fresh = await tokens.exchange(consentId, now(), async (current) => {
      if (isUsable(current)) return undefined;
      if (current.refreshToken !== undefined) return oauth.refresh(current.refreshToken);
      if (current.accessToken === refused) {
        throw new PortageError('GRANT_ENDED', { detail: 'the access token ended and there is no refresh token' });
      }
      return undefined;
    });
    if (fresh === undefined) throw new PortageError('GRANT_ENDED', { detail: 'its tokens are forgotten' });
    return fresh.accessToken;
  };

  return {
    /**
     * @param method the API method's name, for error messages
     * @param call gets an access token; may be called twice, since a refused token is refreshed once
     * @throws PortageError as the error table says; `GRANT_ENDED` when Google takes no token of this grant any more
     */
    async call<T>(consentId: string, method: string, call: (accessToken: string) => Promise<T>): Promise<T> {
      const token = await accessToken(consentId);
      try {
        return await call(token);
      } catch (error) {
        if (!isUnauthenticated(error)) throw toPortageError(error, method);
      }
      const fresh = await accessToken(consentId, token);
      try {
        return await call(fresh);
      } catch (error) {
        throw toPortageError(error, method);
      }
    },

    /** Revokes the grant at Google; one whose tokens are forgotten already counts as revoked. */
    async revoke(consentId: string): Promise<void> {
      const known = await tokens.find(consentId);
      if (known !== undefined) await oauth.revoke(known.refreshToken ?? known.accessToken);
    },
  };
}
