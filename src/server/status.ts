/** The status page of a consent, for the browser in which it was given; follows the import live. */
import { setTimeout as pause } from 'node:timers/promises';

import { Router } from 'express';

import type { ConnectSession } from '../database/connect-sessions';
import { exportedResources, type Consent } from '../database/consents';
import { auditBrowser } from './audit-browser';
import { shownAs } from './branding';
import { browserOf, consentOfBrowser, forgetBrowser } from './authentication/browser';
import { hashSecret } from '../database/random-secrets';
import type { ServerDependencies } from './dependencies';
import { leftPage } from './pages/left-page';
import { statusFragment, statusPage, type StatusView } from './pages/status-page';
import { createStreamPlaces } from './rate-limits';
import { renewalAnswer } from './renewal';
import { takeoverReason } from '../domain/takeover';
import { grantWaitOf } from '../consent-status/why-grant-is-kept';
import { loopsOf, scheduleOf } from '../consent-status/next-export';

/** How often the consent of an open status page is read; the page itself does not poll. */
const lookEveryMs = 1_000;
/** Proxies close silent streams; a comment keeps them open. */
const keepAliveMs = 15_000;
/** A stream ends after this long, and the browser opens a new one. */
const streamLifeMs = 30 * 60_000;

export function statusRouter(deps: ServerDependencies): Router {
  const router = Router();
  const places = createStreamPlaces();

  /** The active consent that this one was meant to extend and did not, with the resources that it still exports. */
  const findContinuing = async (
    consent: Consent,
    { renewsConsentId }: ConnectSession,
  ): Promise<StatusView['continuing']> => {
    if (renewsConsentId === null || renewsConsentId === consent.id) return undefined;
    const older = await deps.consents.find(renewsConsentId);
    if (older?.state !== 'active' || older.endsAt === null) return undefined;
    const resources = exportedResources(older).filter((resource) => !consent.grantedResources.includes(resource));
    return resources.length === 0 ? undefined : { resources, until: older.endsAt };
  };

  const view = async (consent: Consent): Promise<StatusView> => {
    const { config, connectSessions, endpoints, exports } = deps;
    const newest = await exports.newestOfLoops(consent.id, loopsOf(consent));
    const parts = await exports.partsOf(newest.map(({ id }) => id));
    const session = await connectSessions.findByConsent(consent.id);
    return {
      consent,
      exports: newest.map((row) => ({ ...row, storedParts: parts.get(row.id)?.length ?? 0 })),
      schedule: scheduleOf(consent, newest, config.policy),
      renewal: renewalAnswer(deps, consent),
      connectionsUrl: endpoints.connectionsUrl,
      returnUrl: session?.returnUrl ?? undefined,
      continuing: session === undefined ? undefined : await findContinuing(consent, session),
      others: await otherResources(deps.consents, consent),
      wait: await grantWaitOf(deps, consent, deps.now()),
    };
  };

  router.get('/consents/:id', async (request, response) => {
    const current = await view(await consentOfBrowser(deps, request));
    const { branding } = shownAs(await deps.hostApps.find(current.consent.hostAppId));
    response.send(statusPage(current, `/consents/${current.consent.id}`, branding));
  });

  /** The next person at this device gets no page of this user. */
  router.post('/consents/:id/leave', async (request, response) => {
    const { id: consentId } = await consentOfBrowser(deps, request);
    await forgetBrowser(deps, request, response);
    await auditBrowser(deps, request, { action: 'browser.forgotten', consentId });
    response.send(leftPage());
  });

  router.get('/consents/:id/status', async (request, response) => {
    let current = await view(await consentOfBrowser(deps, request));
    // The browser may have disconnected meanwhile, and then no event would release its place.
    if (response.destroyed) return;
    const leave = places.take(hashSecret(browserOf(request, deps.config) ?? ''));
    response.on('close', leave);
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });

    const isOpen = () => !gone.signal.aborted;
    const endsAt = Date.now() + streamLifeMs;
    let sent = '';
    let sentAt = 0;
    while (isOpen() && Date.now() < endsAt) {
      const fragment = statusFragment(current);
      if (fragment !== sent) {
        response.write(`event: status\ndata: ${fragment.replaceAll('\n', '\ndata: ')}\n\n`);
        [sent, sentAt] = [fragment, Date.now()];
      } else if (Date.now() - sentAt > keepAliveMs) {
        response.write(': waiting\n\n');
        sentAt = Date.now();
      }
      if (current.consent.endedAt !== null) {
        response.write('event: end\ndata: ended\n\n');
        break;
      }
      await pause(lookEveryMs, undefined, { signal: gone.signal }).catch(() => undefined);
      if (isOpen()) current = await view(await consentOfBrowser(deps, request));
    }
    response.end();
  });

  return router;
}

/** The resources that the user shares through other consents while this one is active. */
async function otherResources(consents: ServerDependencies['consents'], consent: Consent): Promise<string[]> {
  if (consent.state !== 'active') return [];
  const resources = (await consents.activeSiblings(consent)).flatMap((other) => {
    // The older consent may still export, for a moment, a resource that this consent takes over.
    const isTaken = consent.accessType === 'time_based' && takeoverReason(consent, other) !== undefined;
    return exportedResources(other).filter((each) => !isTaken || !consent.grantedResources.includes(each));
  });
  return [...new Set(resources)];
}
