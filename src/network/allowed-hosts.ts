/** Decides whether a download link may be followed, and names the object behind it without its signature. */
import { createHash } from 'node:crypto';

import { PortageError } from '../domain/error-codes';

/**
 * Hosts of Cloud Storage's signed links (https://cloud.google.com/storage/docs/request-endpoints), and those to which
 * it redirects for objects. Other hosts of `googleusercontent.com` serve content that anyone can upload.
 */
const googleHosts = [
  /^storage\.googleapis\.com$/,
  /^[a-z0-9._-]+\.storage\.googleapis\.com$/,
  /^[a-z0-9-]+-apidata\.googleusercontent\.com$/,
];

/**
 * @param emulatorOrigin the one further origin that is allowed, plain http included
 * @throws PortageError `LINK_NOT_ALLOWED` for anything but https to Google (docs/known-defects.md D45)
 */
export function checkLink(link: string, emulatorOrigin: string | undefined): URL {
  if (!URL.canParse(link)) throw new PortageError('LINK_NOT_ALLOWED', { detail: 'it is not a URL' });
  const url = new URL(link);
  if (emulatorOrigin !== undefined && url.origin === emulatorOrigin) return url;
  const allowed =
    url.protocol === 'https:' &&
    url.port === '' &&
    url.username === '' &&
    url.password === '' &&
    googleHosts.some((host) => host.test(url.hostname));
  if (!allowed) throw new PortageError('LINK_NOT_ALLOWED', { detail: `host ${url.hostname.slice(0, 100)}` });
  return url;
}

/**
 * Identifies the object of a link. The hash is the same for every signature, since links come in no promised order and
 * change with each answer (docs/google-api.md §2, §7). Only this hash is kept, never the link.
 */
export function objectHash(link: URL): string {
  return createHash('sha256').update(`${link.host}${link.pathname}`).digest('hex');
}
