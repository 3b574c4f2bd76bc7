/**
 * The page that a reminder links to: it explains a renewal, with Google's link and the step that Google may need after
 * it.
 */
import { Router } from 'express';

import type { Consent } from '../database/consents';
import { exportedResources } from '../database/consents';
import { PortageError } from '../domain/error-codes';
import { renewalOf, type Renewal } from '../domain/renewal-window';
import { mayReturnTo } from '../domain/return-urls';
import { projectNumberOf } from '../google/clients';
import { auditBrowser } from './audit-browser';
import { consentOfBrowser } from './authentication/browser';
import { shownAs } from './branding';
import type { ServerDependencies } from './dependencies';
import { openSession, sessionPath } from './open-link';
import { renewPage } from './pages/renew-page';

type RenewalDependencies = Pick<ServerDependencies, 'config' | 'endpoints' | 'now'>;

/**
 * The renewal of a consent as the API and the status page show it. Google's renewal link needs the project's number;
 * without the number, no renewal is offered.
 *
 * @returns an answer with the address of Portage's own page, which leads to Google's
 */
export function renewalAnswer(
  { config, now }: Pick<RenewalDependencies, 'config' | 'now'>,
  consent: Consent,
): Renewal & { readonly url: string | null } {
  const renewal = renewalOf(consent, config.renewalWindowMs, now());
  const projectNumber = projectNumberOf(consent.googleClientId, config.google.projectNumber);
  const isOffered = renewal.state === 'ended' || projectNumber !== undefined;
  if (renewal.state === 'not_offered' || !isOffered) return { state: 'not_offered', from: null, url: null };
  return { ...renewal, url: `${config.publicUrl}/consents/${consent.id}/renew` };
}

export function renewalRouter(deps: ServerDependencies): Router {
  const { config, connectSessions, hostApps, endpoints, now } = deps;
  const router = Router();

  router.get('/consents/:id/renew', async (request, response) => {
    const consent = await consentOfBrowser(deps, request);
    const session = await connectSessions.findByConsent(consent.id);
    const hostApp = await hostApps.find(consent.hostAppId);
    // The number, not the project's id (docs/google-api.md §10).
    const projectNumber = projectNumberOf(consent.googleClientId, config.google.projectNumber) ?? '';
    const googleUrl = `${endpoints.connectionsUrl}/link?project_number=${projectNumber}`;
    response.send(
      renewPage({
        ...shownAs(hostApp),
        consent,
        renewal: renewalAnswer(deps, consent),
        googleUrl,
        returnUrl: session?.returnUrl ?? undefined,
      }),
    );
  });

  /**
   * Google may need a new exchange after its own page (docs/google-api.md Q6): a new session asks for the same consent.
   */
  router.post('/consents/:id/renew', async (request, response) => {
    const consent = await consentOfBrowser(deps, request);
    if (consent.userId === null || renewalAnswer(deps, consent).state !== 'possible') {
      response.redirect(303, `/consents/${consent.id}/renew`);
      return;
    }
    const at = now();
    const before = await connectSessions.findByConsent(consent.id);
    const hostApp = await hostApps.find(consent.hostAppId);
    const requiresConfirmation = hostApp?.requiresConfirmation === true;
    // A return URL that was allowed for the earlier session may have been removed since.
    const known = before?.returnUrl ?? undefined;
    const returnUrl = known !== undefined && mayReturnTo(known, hostApp?.returnUrls ?? []) ? known : undefined;
    if (requiresConfirmation && returnUrl === undefined) throw new PortageError('RENEW_FROM_APP');
    const session = await connectSessions.create({
      hostAppId: consent.hostAppId,
      userId: consent.userId,
      resources: exportedResources(consent),
      returnUrl,
      since: consent.since ?? undefined,
      keep: consent.keep ?? undefined,
      renewsConsentId: consent.id,
      accountHintHash: consent.accountHintHash ?? undefined,
      requiresConfirmation,
      hasLink: false,
      at,
      expiresAt: new Date(at.getTime() + config.connectLinkTtlMs),
    });
    await auditBrowser(deps, request, { action: 'consent.renewal_begun', consentId: consent.id });
    await openSession(deps, { request, response }, { id: session.id, isFirst: true });
    response.redirect(303, sessionPath(session));
  });

  return router;
}
