/** The connect pages: they show what the user is asked for, and lead to Google's consent screen. */
import { Router, urlencoded } from 'express';

import { verifierPlace, type ConnectSession } from '../database/connect-sessions';
import { hashSecret, newSecret } from '../database/random-secrets';
import { exportedResources } from '../database/consents';
import { PortageError } from '../domain/error-codes';
import { takeoverReason } from '../domain/takeover';
import { browserOf } from './authentication/browser';
import { isBrowserOf, sessionOfLink, sessionOfPage } from './authentication/connect-link';
import { shownAs } from './branding';
import type { ServerDependencies } from './dependencies';
import { openLink, openLinkRouter, sessionPath } from './open-link';
import { leadOn, returnAddress } from './return-to-app';
import { awaitingPage } from './pages/awaiting-page';
import { connectPage, type EarlierConsent } from './pages/connect-page';

type ConnectDependencies = Pick<
  ServerDependencies,
  'auditLog' | 'config' | 'connectSessions' | 'consents' | 'hostApps' | 'logger' | 'clientsAtGoogle' | 'vault' | 'now'
>;

/** The user's active consents that may be time-based, with the resources that a new consent would take over from each. */
async function earlierConsents(
  consents: ConnectDependencies['consents'],
  session: ConnectSession,
): Promise<EarlierConsent[]> {
  const others = await consents.activeSiblings(session);
  return others.flatMap((other) => {
    const resources = exportedResources(other);
    if (other.accessType === 'one_time') return [];
    const both = resources.filter((resource) => session.resources.includes(resource));
    // Consents without a common resource do not affect each other.
    if (both.length === 0) return [];
    const isTimeBased = other.accessType === 'time_based';
    return [{ isTimeBased, shared: both, since: other.createdAt, because: takeoverReason(session, other) }];
  });
}

/** Links of earlier releases have their secret in the path. They work until they expire. */
const isSecret = (text: string) => /^[\w-]{43}$/.test(text);

export function connectRouter(deps: ConnectDependencies): Router {
  const { config, connectSessions, consents, hostApps, clientsAtGoogle, vault, now } = deps;
  const router = Router();
  const shownFor = async ({ hostAppId }: ConnectSession) => shownAs(await hostApps.find(hostAppId));

  router.use(openLinkRouter(deps));

  // A HEAD request comes from a program, not from a browser that opens the link.
  router.head('/connect/:id', (_request, response) => {
    response.end();
  });

  router.get('/connect/:id', async (request, response) => {
    const { id } = request.params;
    if (isSecret(id)) {
      await openLink(deps, { request, response }, id);
      return;
    }
    const { session, isOpen } = await sessionOfPage(deps, id, browserOf(request, config));
    if (!isOpen) {
      const address = session.state === 'awaiting_confirmation' ? await returnAddress(deps, session) : undefined;
      if (address === undefined) await leadOn(deps, session, response);
      else response.send(awaitingPage({ ...(await shownFor(session)), returnAddress: address }));
      return;
    }
    const renewed = session.renewsConsentId === null ? undefined : await consents.find(session.renewsConsentId);
    response.send(
      connectPage({
        ...(await shownFor(session)),
        userLabel: session.userLabel ?? undefined,
        resources: session.resources,
        startPath: `${sessionPath(session)}/start`,
        // A consent that has ended meanwhile cannot be extended: the new grant becomes a separate consent.
        renewal: renewed?.state !== 'active' || renewed.endsAt === null ? undefined : { until: renewed.endsAt },
        earlier: await earlierConsents(consents, session),
      }),
    );
  });

  router.post('/connect/:id/start', urlencoded({ extended: false, limit: '1kb' }), async (request, response) => {
    const browser = browserOf(request, config);
    const { id } = request.params;
    const { session, isOpen } = await (isSecret(id) ? sessionOfLink : sessionOfPage)(deps, id, browser);
    if (!isOpen) {
      await leadOn(deps, session, response);
      return;
    }
    if (browser === undefined || !isBrowserOf(session, browser)) throw new PortageError('CONNECT_LINK_OTHER_BROWSER');
    const hostApp = await hostApps.find(session.hostAppId);
    if (session.renewsConsentId === null && session.replacesConsentId === null) {
      await connectSessions.checkConsentsQuota(session.hostAppId, hostApp?.settings.maxConsents);
    }
    const state = newSecret();
    const googleClientId = hostApp?.googleClientId ?? null;
    const { oauth } = await clientsAtGoogle.get(googleClientId);
    const { verifier, challenge } = await oauth.codePair();
    const sealedCodeVerifier = vault.seal(verifier, verifierPlace(hashSecret(state)));
    const started = await connectSessions.start(session.id, {
      browser,
      oauthState: state,
      sealedCodeVerifier,
      googleClientId,
      at: now(),
    });
    // The session was answered in another tab, or expired, after it was read.
    if (!started) await leadOn(deps, session, response);
    else response.redirect(303, oauth.authorizeUrl({ state, codeChallenge: challenge, resources: session.resources }));
  });

  return router;
}
