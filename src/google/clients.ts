/** The OAuth client of each grant: the one of the configuration, or one that a host app has of its own. */
import type { CallPacing } from '../database/call-pacing';
import type { GoogleClientStore } from '../database/google-clients';
import { createOAuth, type OAuth, type OAuthOptions } from './oauth';

/** What calls with an OAuth client are made through: its own OAuth endpoints' client, at its own project's pace. */
export interface ClientAtGoogle {
  readonly oauth: OAuth;
  readonly pacing: CallPacing;
}

export interface ClientsAtGoogle {
  /** @param clientId of a client of {@link GoogleClientStore}; null means the one of the configuration */
  of(clientId: string | null): Promise<ClientAtGoogle>;
}

/**
 * @param options with the client of the configuration
 * @param pacingOf makes the pacing of a client; each client belongs to one Google project, which has its own rate
 */
export function createClientsAtGoogle(
  options: OAuthOptions,
  store: Pick<GoogleClientStore, 'secretOf'>,
  pacingOf: (clientId: string) => CallPacing,
): ClientsAtGoogle {
  const configured = { oauth: createOAuth(options), pacing: pacingOf(options.clientId) };
  const pacings = new Map<string, CallPacing>();
  return {
    async of(clientId) {
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
 * @param clientId as {@link ClientsAtGoogle.of} takes it
 * @param configured of the client of the configuration
 * @returns undefined where it is not known; ids of Google's clients begin with it
 */
export function projectNumberOf(clientId: string | null, configured: string | undefined): string | undefined {
  return clientId === null ? configured : /^(\d+)-/.exec(clientId)?.[1];
}
