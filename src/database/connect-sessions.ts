/**
 * Connect sessions: from the host app's request, over the OAuth flow in one browser, to Google's answer and its
 * confirmation. The statements are in the folder `connect-sessions`, by purpose.
 */
import { browserQueries } from './connect-sessions/browsers';
import { confirmationQueries } from './connect-sessions/confirmation';
import { creationQueries } from './connect-sessions/create-session';
import { endQueries } from './connect-sessions/end-session';
import { findQueries } from './connect-sessions/find-sessions';
import { lateAnswerQueries } from './connect-sessions/late-answer';
import { listQueries } from './connect-sessions/list-sessions';
import { flowQueries } from './connect-sessions/oauth-flow';
import type { Database } from './database';

export { wrongConfirmationsAllowed } from './connect-sessions/confirmation';
export type { TakenAnswer } from './connect-sessions/oauth-flow';
export { grantPlace } from './connect-sessions/sealed-grant';
export type { ConnectSession } from './rows';
export type ConnectSessionStore = ReturnType<typeof createConnectSessionStore>;

/** The place to which the vault binds the sealed PKCE verifier of an attempt. */
export const verifierPlace = (stateHash: string) => `connect_attempts/${stateHash}/code_verifier`;

export function createConnectSessionStore(db: Database) {
  return {
    ...creationQueries(db),
    ...flowQueries(db),
    ...lateAnswerQueries(db),
    ...browserQueries(db),
    ...confirmationQueries(db),
    ...findQueries(db),
    ...listQueries(db),
    ...endQueries(db),
  };
}
