/** Takes forms only from Portage's own pages, so that no other website can have a browser send one. */
import type { RequestHandler } from 'express';

import { PortageError } from '../../domain/error-codes';

/**
 * Goes before every page route. Browsers send the origin of a form in `Sec-Fetch-Site` and `Origin`. Old browsers that
 * send neither pass here; the cookie of the browser and the host app's confirmation still protect them.
 *
 * @param publicUrl the address under which browsers reach the server
 * @returns a handler that throws PortageError `POST_FROM_ELSEWHERE`
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
    // No page can set `Sec-Fetch-Site` itself. A page without a referrer sends `null` as the origin.
    const isOwnSite = site === 'same-origin' || site === 'none';
    const isOwnOrigin = origin === undefined || origin === ownOrigin || (isOwnSite && origin === 'null');
    if ((site !== undefined && !isOwnSite) || !isOwnOrigin) throw new PortageError('POST_FROM_ELSEWHERE');
    next();
  };
}
