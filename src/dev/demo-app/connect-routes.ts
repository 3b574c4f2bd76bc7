/** The page on which the demo's user chooses data, and the way from there to Portage's connect page. */
import { Router } from 'express';

import { PortageRefusal } from '../portage-api';
import { connectPage } from './connect-page';
import type { DemoContext } from './demo-context';

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
      const session = await api.createConnectSession({ userId, resources: ticked, returnUrl: `${url}/` });
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

  return router;
}
