/** The page on which the demo's user chooses data, and the redirects to Portage's connect page and back. */
import { Router } from 'express';

import { PortageRefusal } from '../portage-api';
import { connectPage } from './connect-page';
import type { DemoContext } from './demo-context';
import { NoSuchPage } from './problems';

export function connectRouter({ api, kept, userId, url, suggested, usesEmulator, now }: DemoContext): Router {
  const router = Router();

  router.get('/connect', (request, response) => {
    const { again } = request.query;
    const earlier = typeof again === 'string' ? kept.find(userId, again) : undefined;
    response.send(connectPage({ suggested, ticked: earlier?.resources ?? suggested, usesEmulator }));
  });

  router.post('/connect', async (request, response) => {
    const form = request.body as { resource?: string | string[] } | undefined;
    const ticked = [form?.resource ?? []].flat();
    const refuse = (refusal: string) => {
      response.status(400).send(connectPage({ suggested, ticked, refusal, usesEmulator }));
    };
    if (ticked.length === 0) {
      refuse('Tick at least one kind of data.');
      return;
    }
    try {
      const session = await api.createConnectSession({
        userId,
        userLabel: 'Demo user',
        resources: ticked,
        returnUrl: `${url}/connected`,
      });
      kept.add(userId, {
        sessionId: session.id,
        consentId: null,
        resources: ticked,
        startedAt: now().toISOString(),
      });
      response.redirect(303, session.connectUrl);
    } catch (error) {
      if (!(error instanceof PortageRefusal) || error.status !== 400) throw error;
      refuse(`${error.message}. ${error.remedy}`);
    }
  });

  /**
   * Portage redirects the browser here. The user is the one who is logged in in this browser, not one that a URL names.
   */
  router.get('/connected', async (request, response) => {
    const { portage_session: sessionId, portage_code: code } = request.query;
    if (typeof sessionId !== 'string' || typeof code !== 'string') {
      response.redirect(303, '/');
      return;
    }
    if (kept.find(userId, sessionId) === undefined) throw new NoSuchPage();
    const { consentId } = await api.confirmConnectSession(sessionId, { code, userId });
    if (consentId !== null) kept.setConsent(userId, sessionId, consentId);
    response.redirect(303, `/connections/${sessionId}`);
  });

  return router;
}
