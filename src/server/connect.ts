/** The connect pages: what the user is asked for, and the way to Google's consent screen. */
import { Router, urlencoded } from 'express';

import { verifierPlace } from '../database/connect-sessions';
import { newSecret } from '../database/host-apps';
import { PortageError } from '../domain/errors';
import { recogniseBrowser } from './authentication/browser';
import { sessionOfLink } from './authentication/connect-link';
import type { ServerDependencies } from './dependencies';
import { connectPage } from './pages/connect-page';

type ConnectDependencies = Pick<
  ServerDependencies,
  'config' | 'connectSessions' | 'consents' | 'hostApps' | 'oauth' | 'vault' | 'now'
>;

export function connectRouter(deps: ConnectDependencies): Router {
  const { config, connectSessions, consents, hostApps, oauth, vault, now } = deps;
  const router = Router();
  const secure = config.publicUrl.startsWith('https:');

  router.get('/connect/:link', async (request, response) => {
    const session = await sessionOfLink(deps, request.params.link);
    const hostApp = await hostApps.find(session.hostAppId);
    const renewed = session.renewsConsentId === null ? undefined : await consents.find(session.renewsConsentId);
    response.send(
      connectPage({
        hostApp: hostApp?.name ?? 'the app',
        resources: session.resources,
        startPath: `/connect/${request.params.link}/start`,
        // A consent that has ended meanwhile cannot be extended: the new grant becomes a separate consent.
        renewal: renewed?.state !== 'active' || renewed.endsAt === null ? undefined : { until: renewed.endsAt },
      }),
    );
  });

  router.post('/connect/:link/start', urlencoded({ extended: false, limit: '1kb' }), async (request, response) => {
    const session = await sessionOfLink(deps, request.params.link);
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

  return router;
}
