/** Takes forms only from Portage's own pages, so that no other website can have a browser send one. */
import type { RequestHandler } from 'express';

import { PortageError } from '../../domain/error-codes';

/**
 * Goes before every page route. Browsers say with `Sec-Fetch-Site` and `Origin` where a form comes from; old ones that
 * say neither are left to the other checks: the cookie of the browser, and the host app's confirmation.
 *
 * @param publicUrl the address under which browsers reach the server
 * @returns what throws PortageError `POST_FROM_ELSEWHERE`
 */
export function takeOwnForms(publicUrl: string): RequestHandler {
  const ownOrigin = new URL(publicUrl).origin;
  return (request, _response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') {
      next();
      return;
    }
    const site = request.get('sec-fetch-site');
    const origin = request.get('origin');
    // No page can write `Sec-Fetch-Site` itself; `null` as the origin is what a page without a referrer sends.
    const isOwnSite = site === 'same-origin' || site === 'none';
    const isOwnOrigin = origin === undefined || origin === ownOrigin || (isOwnSite && origin === 'null');
    if ((site !== undefined && !isOwnSite) || !isOwnOrigin) throw new PortageError('POST_FROM_ELSEWHERE');
    next();
  };
}
