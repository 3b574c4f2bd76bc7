/** A link of a file, parsed as far as its meaning needs it. It is text from outside, so everything has a limit. */

export interface Link {
  /** In small letters. */
  readonly host: string;
  /** Begins with a slash; as it was written, percent signs included. */
  readonly path: string;
  /** The text after the question mark, as it was written. */
  readonly query: string;
}

/** Longer ones are not looked at; no browser shows one. */
export const longestLink = 8_192;
/** Longer texts in a link are no query that a person typed. */
const longestText = 2_048;

/**
 * Stricter than a browser: no name or password before the host, no port, no backslash, no address without a name. What
 * Google writes has none of them, and all of them are ways to look like another host.
 */
const form = /^https?:\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+)(\/[^?#]*)?(?:\?([^#]*))?(?:#|$)/i;

/**
 * Hosts as they were written that had the form above, in small letters. A file names few hosts, and looking one up is
 * quicker than the expression; a file with more hosts than this begins anew.
 */
const seenHosts = new Map<string, string>();
const mostHosts = 1_024;

/** @returns undefined when the text is no link of the web, or one longer than `longestLink` */
export function linkOf(text: string): Link | undefined {
  if (text.length > longestLink) return undefined;
  return linkOfSeenHost(text) ?? linkOfForm(text);
}

/** @returns undefined when the host has not been seen, or nothing follows it */
function linkOfSeenHost(text: string): Link | undefined {
  const start = text.startsWith('https://') ? 8 : 7;
  if (start === 7 && !text.startsWith('http://')) return undefined;
  const pathAt = text.indexOf('/', start);
  if (pathAt < 0) return undefined;
  const host = seenHosts.get(text.slice(start, pathAt));
  if (host === undefined) return undefined;
  const hashAt = text.indexOf('#', pathAt);
  const end = hashAt < 0 ? text.length : hashAt;
  const questionAt = text.indexOf('?', pathAt);
  const queryAt = questionAt < 0 || questionAt > end ? end : questionAt;
  return { host, path: text.slice(pathAt, queryAt), query: text.slice(queryAt + 1, end) };
}

function linkOfForm(text: string): Link | undefined {
  const match = form.exec(text);
  if (match === null) return undefined;
  const [, written = '', path = '/', query = ''] = match;
  const host = written.toLowerCase();
  if (seenHosts.size >= mostHosts) seenHosts.clear();
  seenHosts.set(written, host);
  return { host, path, query };
}

/** The first parameter of this name, as it was written. */
export function parameterOf({ query }: Link, name: string): string | undefined {
  const start = `${name}=`;
  for (let at = 0; at < query.length;) {
    const next = query.indexOf('&', at);
    const end = next < 0 ? query.length : next;
    if (query.startsWith(start, at)) return query.slice(at + start.length, end);
    at = end + 1;
  }
  return undefined;
}

/** @returns undefined when it is absent, is not percent-encoded UTF-8, is empty, or is longer than a person types */
export function decodedText(written: string | undefined): string | undefined {
  if (written === undefined) return undefined;
  const text = decoded(written.replaceAll('+', ' '))?.trim();
  // eslint-disable-next-line no-control-regex -- no person searches for a control character
  return text === undefined || text === '' || text.length > longestText || /[\x00-\x1f\x7f]/.test(text)
    ? undefined
    : text;
}

/** A link within a link. @returns undefined when it is absent, or no link of the web */
export function decodedLink(written: string | undefined): string | undefined {
  const text = written === undefined ? undefined : decoded(written);
  return text !== undefined && /^https?:\/\/[^\s\\]+$/i.test(text) && URL.canParse(text) ? text : undefined;
}

function decoded(written: string): string | undefined {
  if (!written.includes('%')) return written;
  try {
    return decodeURIComponent(written);
  } catch {
    return undefined;
  }
}
