/** The way of a user: connect page, Google, callback. */
import { Router, urlencoded } from 'express';
import { z } from 'zod';

import { verifierPlace, type ConnectSession } from '../database/connect-sessions';
import { hashSecret, newSecret } from '../database/host-apps';
import { PortageError, type ErrorCode } from '../domain/errors';
import { browserOf, recogniseBrowser } from './browser';
import type { ServerDependencies } from './dependencies';
import { createGrantKeeper } from './grant-keeper';
import { connectPage } from './pages/connect-page';
import { messagePage } from './pages/message-page';

/** What Google's screen may answer with; everything else is ignored. */
const callbackQuery = z.object({
  state: z.string().min(1).max(512),
  code: z.string().min(1).max(4096).optional(),
  error: z.string().min(1).max(256).optional(),
});

/** When to look again whether a grant that is held has become a consent. */
const delayedSeconds = 180;

export function connectRouter(deps: ServerDependencies): Router {
  const { config, connectSessions, consents, hostApps, oauth, vault, logger, now } = deps;
  const router = Router();
  const grantKeeper = createGrantKeeper(deps);
  const secure = config.publicUrl.startsWith('https:');

  /** @throws PortageError `CONNECT_LINK_UNKNOWN`, `CONNECT_LINK_USED` or `CONNECT_LINK_EXPIRED` */
  const openSession = async (link: string): Promise<ConnectSession> => {
    const session = await connectSessions.findByLink(link);
    if (session === undefined) throw new PortageError('CONNECT_LINK_UNKNOWN');
    if (session.state !== 'created' && session.state !== 'started') throw new PortageError('CONNECT_LINK_USED');
    if (session.expiresAt <= now()) throw new PortageError('CONNECT_LINK_EXPIRED');
    return session;
  };

  router.get('/connect/:link', async (request, response) => {
    const session = await openSession(request.params.link);
    const hostApp = await hostApps.find(session.hostAppId);
    const renewed = session.renewsConsentId === null ? undefined : await consents.find(session.renewsConsentId);
    response.send(
      connectPage({
        hostApp: hostApp?.name ?? 'the app',
        resources: session.resources,
        startPath: `/connect/${request.params.link}/start`,
        // One that has ended meanwhile cannot be extended: Google's answer makes a consent of its own.
        renewal: renewed?.state !== 'active' || renewed.endsAt === null ? undefined : { until: renewed.endsAt },
      }),
    );
  });

  router.post('/connect/:link/start', urlencoded({ extended: false, limit: '1kb' }), async (request, response) => {
    const session = await openSession(request.params.link);
    const browser = recogniseBrowser(request, response, secure);
    const state = newSecret();
    const { verifier, challenge } = await oauth.codePair();
    const sealedCodeVerifier = vault.seal(verifier, verifierPlace(session.id));
    const started = await connectSessions.start(session.id, {
      browser,
      oauthState: state,
      sealedCodeVerifier,
      at: now(),
    });
    if (!started) throw new PortageError('CONNECT_LINK_USED');
    response.redirect(303, oauth.authorizeUrl({ state, codeChallenge: challenge, resources: session.resources }));
  });

  /** The session of an answer from Google, its `state` now used up (docs/known-defects.md D15, D33). */
  const takeSession = async (state: string, browser: string | undefined): Promise<ConnectSession> => {
    const session = await connectSessions.findByOAuthState(state);
    const fits = browser !== undefined && session?.browserHash === hashSecret(browser);
    if (session === undefined || !fits) throw new PortageError('STATE_INVALID');
    if (!(await connectSessions.useOAuthState(session.id, now()))) throw new PortageError('STATE_USED');
    return session;
  };

  /** The consent is stored, so the housekeeping starts its workflow where this does not. Never throws. */
  const begin = async (consentId: string): Promise<void> => {
    try {
      const consent = await consents.find(consentId);
      if (consent !== undefined) await deps.consentStarter.tryStart(consent);
    } catch (error) {
      logger.warn({ consentId, err: error }, 'consent stored, its workflow starts later');
    }
  };

  router.get('/oauth/callback', async (request, response) => {
    const query = callbackQuery.safeParse(request.query);
    if (!query.success) throw new PortageError('STATE_INVALID');
    const session = await takeSession(query.data.state, browserOf(request));
    const returnUrl = session.returnUrl ?? undefined;
    try {
      if (query.data.error !== undefined || query.data.code === undefined) {
        throw new PortageError(refusalCode(query.data.error), { detail: query.data.error?.slice(0, 64) ?? 'no code' });
      }
      const { consentId, renewedUntil } = await grantKeeper.keep(session, query.data.code);
      const about = { consentId, connectSessionId: session.id };
      if (renewedUntil === undefined) {
        logger.info(about, 'consent stored');
        await begin(consentId);
      } else {
        logger.info({ ...about, endsAt: renewedUntil }, 'consent renewed');
        await deps.tellRenewed(consentId, renewedUntil);
      }
      response.redirect(303, `/consents/${consentId}`);
    } catch (error) {
      if (!(error instanceof PortageError)) throw error;
      const declined =
        error.code === 'CONSENT_DECLINED' || error.code === 'CONSENT_EMPTY' || error.code === 'ACCOUNT_REFUSED';
      if (error.code === 'CONNECT_DELAYED') {
        logger.error({ connectSessionId: session.id, err: error.cause }, 'a grant is held and stored later');
        response.set('retry-after', String(delayedSeconds));
      } else {
        await connectSessions.endWithout(session, declined ? 'declined' : 'failed', error.code, now());
        logger.info({ connectSessionId: session.id, errorCode: error.code, err: error }, 'connect session ended');
      }
      response.status(error.status).send(messagePage({ code: error.code, returnUrl }));
    }
  });

  return router;
}

/** Google's callback errors (docs/google-api.md §11); their text never reaches the page. */
function refusalCode(error: string | undefined): ErrorCode {
  if (error === 'access_denied') return 'CONSENT_DECLINED';
  if (error === 'admin_policy_enforced' || error === 'org_internal' || error === 'disallowed_useragent') {
    return 'ACCOUNT_REFUSED';
  }
  return 'GOOGLE_REFUSED';
}
