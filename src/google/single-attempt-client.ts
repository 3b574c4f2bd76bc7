/** Google's own client, set up to try each call once. */
import { OAuth2Client } from 'google-auth-library';

import { usualLimits } from '../domain/timeouts';
import type { GoogleEndpoints } from './endpoints';

export interface OAuthOptions {
  readonly endpoints: GoogleEndpoints;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  /** Time limit of a call to Google, including its answer's body; 30 seconds by default. */
  readonly callTimeoutMs?: number;
  readonly now: () => Date;
}

/**
 * A client of Google's library that makes one attempt per call: Temporal owns retries, and a 429 must never be
 * repeated blindly (docs/google-api.md §2, docs/known-defects.md D28).
 */
export function singleAttemptClient(options: OAuthOptions): OAuth2Client {
  const client = new OAuth2Client({
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    redirectUri: options.redirectUri,
    endpoints: {
      oauth2AuthBaseUrl: options.endpoints.authorizeUrl,
      oauth2TokenUrl: options.endpoints.tokenUrl,
      oauth2RevokeUrl: options.endpoints.revokeUrl,
    },
  });
  client.transporter.interceptors.request.add({
    resolved: (request) => {
      request.retry = false;
      delete request.retryConfig;
      // A `timeout` set here has no effect: the client has already turned it into a signal (gaxios 7).
      request.signal = AbortSignal.timeout(options.callTimeoutMs ?? usualLimits.google.callMs);
      return Promise.resolve(request);
    },
  });
  return client;
}
