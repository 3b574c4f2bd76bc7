/** The OAuth client of each grant: the one of the configuration, or a host app's own. */
import type { CallPacing } from '../database/call-pacing';
import type { GoogleClientStore } from '../database/google-clients';
import { createOAuth, type OAuth, type OAuthOptions } from './oauth';

/** The OAuth client for calls, and the pacing of its Google project. */
export interface ClientAtGoogle {
  readonly oauth: OAuth;
  readonly pacing: CallPacing;
}

export interface ClientsAtGoogle {
  /** @param clientId of a client of {@link GoogleClientStore}; null means the one of the configuration */
  get(clientId: string | null): Promise<ClientAtGoogle>;
}

/**
 * @param options with the client of the configuration
 * @param pacingOf creates the pacing of a client; each client belongs to one Google project with its own rate limit
 */
export function createClientsAtGoogle(
  options: OAuthOptions,
  store: Pick<GoogleClientStore, 'secretOf'>,
  pacingOf: (clientId: string) => CallPacing,
): ClientsAtGoogle {
  const configured = { oauth: createOAuth(options), pacing: pacingOf(options.clientId) };
  const pacings = new Map<string, CallPacing>();
  return {
    async get(clientId) {
      if (clientId === null) return configured;
      const pacing = pacings.get(clientId) ?? pacingOf(clientId);
      pacings.set(clientId, pacing);
      // Read each time: another process may have replaced the secret.
      const clientSecret = await store.secretOf(clientId);
      return { pacing, oauth: createOAuth({ ...options, clientId, clientSecret }) };
    },
  };
}

/**
 * The number of the Google project that a client belongs to.
 *
 * @param clientId as {@link ClientsAtGoogle.get} takes it
 * @param configured of the client of the configuration
 * @returns undefined when it is not known; ids of Google's clients begin with it
 */
export function projectNumberOf(clientId: string | null, configured: string | undefined): string | undefined {
  return clientId === null ? configured : /^(\d+)-/.exec(clientId)?.[1];
}
