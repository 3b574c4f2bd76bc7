/** Recognises a browser by a random cookie, so that an OAuth answer and a status page stay with the one that asked. */
import type { Request, Response } from 'express';

import { newSecret } from '../database/host-apps';

const cookieName = 'portage_browser';

/** The secret of the browser's cookie, or undefined when it has none. */
export function browserOf(request: Request): string | undefined {
  const value = (request.cookies as Record<string, unknown>)[cookieName];
  return typeof value === 'string' && /^[\w-]{43}$/.test(value) ? value : undefined;
}

/** Gives the browser a cookie if it has none; `Lax`, since Google's answer comes as a link from another site. */
export function recogniseBrowser(request: Request, response: Response, secure: boolean): string {
  const browser = browserOf(request) ?? newSecret();
  response.cookie(cookieName, browser, { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: 30 * 86_400_000 });
  return browser;
}
