/**
 * Google's callback: takes the answer of the consent screen, stores the grant, and leads to the app or the status page.
 */
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';

import type { ConnectSession } from '../database/connect-sessions';
import { PortageError, type ErrorCode } from '../domain/error-codes';
import { auditBrowser } from './audit-browser';
import { browserOf, renewBrowser, renewBrowserAgain } from './authentication/browser';
import { sessionOfState } from './authentication/connect-link';
import type { ServerDependencies } from './dependencies';
import { startOrRenewWorkflow, type FollowingDependencies } from './start-or-renew-workflow';
import { createGrantReceiver } from './receive-grant';
import { leadOn, returnToApp, sendOutcome } from './return-to-app';
import { revokeLateGrant } from './revoke-unused-grant';

/** The parameters of Google's answer; all others are ignored. */
const callbackQuery = z.object({
  state: z.string().min(1).max(512),
  code: z.string().min(1).max(4096).optional(),
  error: z.string().min(1).max(256).optional(),
});

type CallbackDependencies = FollowingDependencies &
  Pick<ServerDependencies, 'config' | 'tokens' | 'clientsAtGoogle' | 'vault' | 'auditLog' | 'inGrantTurn'>;

export function callbackRouter(deps: CallbackDependencies): Router {
  const { connectSessions, now } = deps;
  const router = Router();
  const grantReceiver = createGrantReceiver(deps);

  interface Answer {
    readonly request: Request;
    readonly response: Response;
    readonly state: string;
    readonly code: string | undefined;
    readonly refusal: string | undefined;
    readonly browser: string | undefined;
    /** The session of the state, as it was before this answer waited for its turn. */
    readonly known: ConnectSession;
    /** When the answer came: an answer that waits for its turn is not late. */
    readonly at: Date;
  }

  const takeAnswer = async (answer: Answer): Promise<void> => {
    const { request, response, state, code, refusal, browser, known, at } = answer;
    const taken = await connectSessions.takeAnswer(state, at, now());
    if (taken === undefined) {
      // A reload, a second tab, or an answer that comes after the session's end.
      const late = code === undefined ? undefined : await connectSessions.takeLateAnswer(state, now());
      if (late !== undefined && code !== undefined) await revokeLateGrant(deps, late, code);
      if (browser !== undefined && (await connectSessions.isTakenState(known.id, state))) {
        await renewBrowserAgain(deps, response, { sessionId: known.id, before: browser });
      }
      await leadOn(deps, known, response);
      return;
    }
    const { session } = taken;
    if (browser !== undefined) await renewBrowser(deps, response, { sessionId: session.id, before: browser });
    try {
      if (refusal !== undefined || code === undefined) {
        throw new PortageError(refusalCode(refusal), { detail: refusal?.slice(0, 64) ?? 'no code' });
      }
      const kept = await grantReceiver.receive(taken, code);
      const action = kept?.renewedUntil === undefined ? 'consent.granted' : 'consent.renewed';
      await auditBrowser(deps, request, { action, object: session.id, consentId: kept?.consentId });
      if (kept === undefined) {
        deps.logger.info({ connectSessionId: session.id }, 'a grant awaits the confirmation of its host app');
        await returnToApp(deps, session, response);
        return;
      }
      await startOrRenewWorkflow(deps, session, kept);
      response.redirect(303, `/consents/${kept.consentId}`);
    } catch (error) {
      if (!(error instanceof PortageError)) throw error;
      await auditBrowser(deps, request, {
        ...{ action: 'consent.granted', outcome: 'refused', object: session.id, details: { code: error.code } },
      });
      await endWithoutConsent(deps, session, error, response);
    }
  };

  router.get('/oauth/callback', async (request, response) => {
    const query = callbackQuery.safeParse(request.query);
    if (!query.success) throw new PortageError('STATE_INVALID');
    const { state, code, error: refusal } = query.data;
    const browser = browserOf(request, deps.config);
    const known = await sessionOfState(deps, state, browser);
    const answer = { request, response, state, code, refusal, browser, known, at: now() };
    // An answer without a grant does not wait for a turn.
    await (code === undefined ? takeAnswer(answer) : deps.inGrantTurn(() => takeAnswer(answer)));
  });

  return router;
}

/** Ends the session, unless its grant is held and stored later, and shows the user the result. */
async function endWithoutConsent(
  { connectSessions, logger, now }: CallbackDependencies,
  session: ConnectSession,
  error: PortageError,
  response: Response,
): Promise<void> {
  const declined =
    error.code === 'CONSENT_DECLINED' || error.code === 'CONSENT_EMPTY' || error.code === 'ACCOUNT_REFUSED';
  if (error.code === 'CONNECT_DELAYED') {
    logger.error({ connectSessionId: session.id, err: error.cause }, 'a grant is held and stored later');
  } else {
    await connectSessions.endWithout(session, declined ? 'declined' : 'failed', error.code, now());
    logger.info({ connectSessionId: session.id, errorCode: error.code, err: error }, 'connect session ended');
  }
  sendOutcome(session, error.code, response);
}

/** Google's callback errors (docs/google-api.md §11); their text never reaches the page. */
function refusalCode(error: string | undefined): ErrorCode {
  if (error === 'access_denied') return 'CONSENT_DECLINED';
  if (error === 'admin_policy_enforced' || error === 'org_internal') return 'ACCOUNT_REFUSED';
  if (error === 'disallowed_useragent') return 'BROWSER_REFUSED';
  return 'GOOGLE_REFUSED';
}
