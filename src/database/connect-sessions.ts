/**
 * Connect sessions: from the host app's request, over the OAuth flow in one browser, to Google's answer.
 * The statements are in the folder `connect-sessions`, by what they are for.
 */
import { endQueries } from './connect-sessions/end-session';
import { findQueries } from './connect-sessions/find-sessions';
import { flowQueries } from './connect-sessions/oauth-flow';
import type { Database } from './database';

export type { ConnectSession } from './rows';
export type ConnectSessionStore = ReturnType<typeof createConnectSessionStore>;

/** What the vault binds the sealed PKCE verifier of a session to. */
export const verifierPlace = (sessionId: string) => `connect_sessions/${sessionId}/code_verifier`;

/** What it binds the sealed copy of a grant to that no consent holds yet. */
export const grantPlace = (sessionId: string) => `connect_sessions/${sessionId}/grant`;

export function createConnectSessionStore(db: Database) {
  return { ...flowQueries(db), ...findQueries(db), ...endQueries(db) };
}
