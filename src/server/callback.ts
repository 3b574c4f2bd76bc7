/** Google's callback: takes the answer of the consent screen, keeps what was granted, and leads to the status page. */
import { Router, type Response } from 'express';
import { z } from 'zod';

import type { ConnectSession } from '../database/connect-sessions';
import { PortageError, type ErrorCode } from '../domain/errors';
import { browserOf } from './authentication/browser';
import { takeSessionOfState } from './authentication/connect-link';
import type { ServerDependencies } from './dependencies';
import { createGrantKeeper } from './grant-keeper';
import { messagePage } from './pages/message-page';

/** What Google's screen may answer with; everything else is ignored. */
const callbackQuery = z.object({
  state: z.string().min(1).max(512),
  code: z.string().min(1).max(4096).optional(),
  error: z.string().min(1).max(256).optional(),
});

/** The wait, in seconds, before the page checks again whether a held grant has become a consent. */
const delayedSeconds = 180;

type CallbackDependencies = Pick<
  ServerDependencies,
  'connectSessions' | 'consents' | 'tokens' | 'oauth' | 'vault' | 'consentStarter' | 'tellRenewed' | 'logger' | 'now'
>;

export function callbackRouter(deps: CallbackDependencies): Router {
  const router = Router();
  const grantKeeper = createGrantKeeper(deps);

  router.get('/oauth/callback', async (request, response) => {
    const query = callbackQuery.safeParse(request.query);
    if (!query.success) throw new PortageError('STATE_INVALID');
    const { state, code, error: refusal } = query.data;
    const session = await takeSessionOfState(deps, state, browserOf(request));
    try {
      if (refusal !== undefined || code === undefined) {
        throw new PortageError(refusalCode(refusal), { detail: refusal?.slice(0, 64) ?? 'no code' });
      }
      const { consentId, renewedUntil } = await grantKeeper.keep(session, code);
      const about = { consentId, connectSessionId: session.id };
      if (renewedUntil === undefined) {
        deps.logger.info(about, 'consent stored');
        await startWorkflow(deps, consentId);
      } else {
        deps.logger.info({ ...about, endsAt: renewedUntil }, 'consent renewed');
        await deps.tellRenewed(consentId, renewedUntil);
      }
      response.redirect(303, `/consents/${consentId}`);
    } catch (error) {
      if (!(error instanceof PortageError)) throw error;
      await endWithoutConsent(deps, session, error, response);
    }
  });

  return router;
}

/** The consent is stored, so the housekeeping starts its workflow where this does not. Never throws. */
async function startWorkflow(
  { consents, consentStarter, logger }: CallbackDependencies,
  consentId: string,
): Promise<void> {
  try {
    const consent = await consents.find(consentId);
    if (consent !== undefined) await consentStarter.tryStart(consent);
  } catch (error) {
    logger.warn({ consentId, err: error }, 'consent stored, its workflow starts later');
  }
}

/** Ends the session, unless its grant is held and stored later, and shows the user what happened. */
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
    response.set('retry-after', String(delayedSeconds));
  } else {
    await connectSessions.endWithout(session, declined ? 'declined' : 'failed', error.code, now());
    logger.info({ connectSessionId: session.id, errorCode: error.code, err: error }, 'connect session ended');
  }
  response.status(error.status).send(messagePage({ code: error.code, returnUrl: session.returnUrl ?? undefined }));
}

/** Google's callback errors (docs/google-api.md §11); their text never reaches the page. */
function refusalCode(error: string | undefined): ErrorCode {
  if (error === 'access_denied') return 'CONSENT_DECLINED';
  if (error === 'admin_policy_enforced' || error === 'org_internal' || error === 'disallowed_useragent') {
    return 'ACCOUNT_REFUSED';
  }
  return 'GOOGLE_REFUSED';
}
