/** Follows the redirects of a download link up to a limit; each one must be allowed like the link itself. */
import { checkLink } from './allowed-hosts';
import { PortageError } from '../domain/error-codes';

const maxRedirects = 3;

/** The properties of an answer that are needed to follow it. */
interface Redirecting {
  readonly status: number;
  /** By name in lower case. */
  header(name: string): string | undefined;
  /** Ends a body that is not read. */
  discard(): void;
}

/**
 * @param ask requests an address once
 * @returns the first answer that is not a redirect
 * @throws PortageError `LINK_NOT_ALLOWED`, `LINK_DEAD` after too many redirects; the errors of `ask`
 */
export async function followRedirects<Answer extends Redirecting>(
  link: string,
  emulatorOrigin: string | undefined,
  ask: (url: URL) => Promise<Answer>,
): Promise<Answer> {
  let url = checkLink(link, emulatorOrigin);
  for (let hop = 0; hop <= maxRedirects; hop += 1) {
    const answer = await ask(url);
    const location = answer.header('location');
    if (answer.status < 300 || answer.status >= 400 || location === undefined) return answer;
    answer.discard();
    if (!URL.canParse(location, url.href)) {
      throw new PortageError('LINK_NOT_ALLOWED', { detail: 'a redirect without a valid URL' });
    }
    url = checkLink(new URL(location, url).href, emulatorOrigin);
  }
  throw new PortageError('LINK_DEAD', { detail: `more than ${maxRedirects} redirects` });
}
