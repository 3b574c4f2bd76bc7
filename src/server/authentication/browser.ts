/**
 * Recognises a user's browser by a random cookie, so that Google's answer and the pages of a consent stay with the browser
 * in which the user connected. Users have no account at Portage.
 */
import type { Request, Response } from 'express';

import type { Consent } from '../../database/consents';
import { newSecret } from '../../database/host-apps';
import { PortageError } from '../../domain/error-codes';
import type { ServerDependencies } from '../dependencies';

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

/**
 * The consent of a page, for a browser in which it was given or renewed.
 *
 * @throws PortageError `NOT_FOUND` when there is none, `NOT_YOUR_PAGE` for every other browser
 */
export async function consentOfBrowser(
  { consents, connectSessions }: Pick<ServerDependencies, 'consents' | 'connectSessions'>,
  request: Request<{ id: string }>,
): Promise<Consent> {
  const { id } = request.params;
  const consent = await consents.find(id);
  if (consent === undefined) throw new PortageError('NOT_FOUND');
  const browser = browserOf(request);
  if (browser === undefined || !(await connectSessions.isBrowserOf(id, browser)))
    throw new PortageError('NOT_YOUR_PAGE');
  return consent;
}
