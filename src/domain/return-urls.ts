/** The addresses to which a user's browser may return: those that the operator allows for a host app. */

/** The operator's list has at most this many entries, each with a limited number of characters. */
const mostEntries = 50;
const mostCharacters = 500;

/**
 * Reads the operator's list of origins and URL prefixes.
 *
 * @returns each one in canonical form, such as `https://app.example/` or `https://app.example/portage`
 * @throws Error naming the invalid entry and the fault
 */
export function parseReturnUrls(text: string): string[] {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  if (entries.length > mostEntries)
    throw new Error(`there are ${entries.length} addresses; ${mostEntries} may be named`);
  return entries.map((entry) => {
    const url = URL.canParse(entry) ? new URL(entry) : undefined;
    const fault =
      url === undefined || !/^https?:$/.test(url.protocol)
        ? 'is not an http(s) URL'
        : entry.length > mostCharacters
          ? `has more than ${mostCharacters} characters`
          : url.username !== '' || url.password !== ''
            ? 'names a user or a password'
            : url.search !== '' || url.hash !== ''
              ? 'has a query or a fragment'
              : undefined;
    if (url === undefined || fault !== undefined) {
      throw new Error(`"${entry}" ${fault}; write for example "https://app.example" or "https://app.example/portage"`);
    }
    return url.href;
  });
}

/**
 * @param url an http(s) URL
 * @param allowed from {@link parseReturnUrls}; empty allows all https addresses, and this machine
 */
export function mayReturnTo(url: string, allowed: readonly string[]): boolean {
  const address = new URL(url);
  if (allowed.length === 0) return address.protocol === 'https:' || isLoopback(address.hostname);
  return allowed.some((entry) => {
    const { origin, pathname } = new URL(entry);
    // A prefix ends at a slash: "/portage" does not allow "/portage-of-others".
    const folder = pathname.endsWith('/') ? pathname : `${pathname}/`;
    return address.origin === origin && (address.pathname === pathname || address.pathname.startsWith(folder));
  });
}

/** RFC 6761 §6.3, RFC 1122 §3.2.1.3; URLs are written in their canonical form. */
function isLoopback(hostname: string): boolean {
  return /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
