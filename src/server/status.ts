/** The status page of a consent, for the browser in which it was given; follows the import live. */
import { setTimeout as pause } from 'node:timers/promises';

import { Router } from 'express';

import { PortageError } from '../domain/errors';
import { browserOf } from './browser';
import type { ServerDependencies } from './dependencies';
import { statusFragment, statusPage, type StatusView } from './pages/status-page';

/** How often a followed consent is looked up; the page itself asks nothing. */
const lookEveryMs = 1_000;
/** Proxies close streams that say nothing; a comment keeps them open. */
const keepAliveMs = 15_000;
/** A stream ends after this long, and the browser opens a new one. */
const streamLifeMs = 30 * 60_000;

export function statusRouter(deps: ServerDependencies): Router {
  const router = Router();

  const view = async (consentId: string, browser: string | undefined): Promise<StatusView> => {
    const consent = await deps.consents.find(consentId);
    if (consent === undefined) throw new PortageError('NOT_FOUND');
    if (browser === undefined || !(await deps.connectSessions.isBrowserOf(consentId, browser))) {
      throw new PortageError('NOT_YOUR_PAGE');
    }
    const rows = await deps.exports.listByConsent(consentId);
    const exports = await Promise.all(
      rows.map(async (row) => ({ ...row, storedParts: (await deps.parts.list(row.id)).length })),
    );
    const session = await deps.connectSessions.findByConsent(consentId);
    return { consent, exports, returnUrl: session?.returnUrl ?? undefined };
  };

  router.get('/consents/:id', async (request, response) => {
    const current = await view(request.params.id, browserOf(request));
    response.send(statusPage(current, `/consents/${current.consent.id}/status`));
  });

  router.get('/consents/:id/status', async (request, response) => {
    const browser = browserOf(request);
    let current = await view(request.params.id, browser);
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
      if (isOpen()) current = await view(request.params.id, browser);
    }
    response.end();
  });

  return router;
}
