/** The name, links and colour that an operator set for a host app, as its pages show them. */
import { Router } from 'express';

import type { HostApp } from '../database/host-apps';
import { PortageError } from '../domain/error-codes';
import type { Branding } from './pages/layout';

/** The properties that the pages of a host app share; `hostApp` is its name in their text. */
export function shownAs(hostApp: HostApp | undefined): { readonly hostApp: string; readonly branding: Branding } {
  const { displayName, supportUrl, privacyUrl, accentColour } = hostApp?.settings ?? {};
  return {
    hostApp: displayName ?? hostApp?.name ?? 'the app',
    branding: { name: displayName, supportUrl, privacyUrl, accentColour },
  };
}

/** `GET /accent/1f5fd0.css`: a style sheet of Portage's own, since the content security policy allows no other styles. */
export function accentRouter(): Router {
  const router = Router();
  router.get('/accent/:file', (request, response) => {
    const colour = /^([0-9a-f]{6})\.css$/.exec(request.params.file)?.[1];
    if (colour === undefined) throw new PortageError('NOT_FOUND', { detail: 'colour' });
    response
      .set('cache-control', 'public, max-age=86400')
      .type('css')
      .send(`.button:not(.second){background:#${colour};color:${textOn(colour)}}\n`);
  });
  return router;
}

/** Black or white, whichever has more contrast with the colour (WCAG 2.2, "contrast ratio"): at least 4.5 to 1. */
function textOn(colour: string): '#000' | '#fff' {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((start) => {
    const value = parseInt(colour.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) ? '#000' : '#fff';
}
