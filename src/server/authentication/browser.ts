/**
 * Recognises a user's browser by a random cookie, so that Google's answer and the pages of a consent stay with the browser
 * in which the user connected. Users have no account at Portage.
 */
import type { CookieOptions, Request, Response } from 'express';

import type { Config } from '../../config';
import type { Consent } from '../../database/consents';
import { hashSecret, newSecret } from '../../database/random-secrets';
import { PortageError } from '../../domain/error-codes';
import type { ServerDependencies } from '../dependencies';

/** How long after Google's answer a browser that took part in the session may ask for its new cookie again. */
const lostCookieWithinMs = 10 * 60_000;

type PublicUrl = Pick<Config, 'publicUrl'>;
type BrowserDependencies = Pick<ServerDependencies, 'config' | 'connectSessions'>;

const isSecure = ({ publicUrl }: PublicUrl) => publicUrl.startsWith('https:');

/** With the prefix, browsers take the cookie from this host over TLS only, and from none of its subdomains (RFC 6265bis, 4.1.3.2). */
const nameOf = (config: PublicUrl) => (isSecure(config) ? '__Host-portage_browser' : 'portage_browser');

/** `Lax`, since Google's answer comes as a link from another site. */
const optionsOf = (config: PublicUrl): CookieOptions => ({
  httpOnly: true,
  sameSite: 'lax',
  secure: isSecure(config),
  path: '/',
});

/** The secret of the browser's cookie, or undefined when it has none. */
export function browserOf(request: Request, config: PublicUrl): string | undefined {
  const value = (request.cookies as Record<string, unknown>)[nameOf(config)];
  return typeof value === 'string' && /^[\w-]{43}$/.test(value) ? value : undefined;
}

/** Gives the browser its cookie, or the same one for longer. */
export function rememberBrowser(response: Response, config: PublicUrl, browser: string): void {
  response.cookie(nameOf(config), browser, { ...optionsOf(config), maxAge: 30 * 86_400_000 });
}

/** The browser's cookie; a new one when it has none, or one that Portage did not make or has forgotten. */
export async function knownOrNewBrowser(
  { config, connectSessions }: BrowserDependencies,
  request: Request,
): Promise<string> {
  const sent = browserOf(request, config);
  return sent !== undefined && (await connectSessions.isKnownBrowser(sent)) ? sent : newSecret();
}

/**
 * Gives the browser that brings Google's answer a new cookie, and only this cookie opens the pages of the consent. An
 * attacker who planted the earlier cookie therefore has no access.
 *
 * @param before the cookie that the browser has sent
 */
export async function renewBrowser(
  { config, connectSessions }: BrowserDependencies,
  response: Response,
  { sessionId, before }: { readonly sessionId: string; readonly before: string },
): Promise<void> {
  const fresh = newSecret();
  await connectSessions.renewBrowser(sessionId, { before, fresh });
  rememberBrowser(response, config, fresh);
}

/**
 * The same for a browser whose new cookie was lost, or has only reached another tab so far. The browser has to know the
 * link or, as the caller checks, the `state` of the accepted answer: an attacker who planted the first cookie can learn
 * the id of the session, and begin an attempt with a `state` of their own.
 */
export async function renewBrowserAgain(
  deps: BrowserDependencies & Pick<ServerDependencies, 'now'>,
  response: Response,
  { sessionId, before }: { readonly sessionId: string; readonly before: string },
): Promise<void> {
  const session = await deps.connectSessions.find(sessionId);
  const answeredAt = session?.oauthStateUsedAt ?? null;
  if (session === undefined || answeredAt === null || session.browserHashes.includes(hashSecret(before))) return;
  if (deps.now().getTime() - answeredAt.getTime() > lostCookieWithinMs) return;
  await renewBrowser(deps, response, { sessionId, before });
}

/** Ends this browser's access to every page and link. */
export async function forgetBrowser(
  { config, connectSessions }: BrowserDependencies,
  request: Request,
  response: Response,
): Promise<void> {
  const browser = browserOf(request, config);
  if (browser !== undefined) await connectSessions.forgetBrowser(browser);
  response.clearCookie(nameOf(config), optionsOf(config));
}

/**
 * The consent of a page, for a browser in which it was given or renewed.
 *
 * @throws PortageError `NOT_FOUND` when there is none, `NOT_YOUR_PAGE` for every other browser
 */
export async function consentOfBrowser(
  { config, consents, connectSessions }: BrowserDependencies & Pick<ServerDependencies, 'consents'>,
  request: Request<{ id: string }>,
): Promise<Consent> {
  const { id } = request.params;
  const consent = await consents.find(id);
  if (consent === undefined) throw new PortageError('NOT_FOUND');
  const browser = browserOf(request, config);
  if (browser === undefined || !(await connectSessions.isBrowserOf(id, browser)))
    throw new PortageError('NOT_YOUR_PAGE');
  return consent;
}
