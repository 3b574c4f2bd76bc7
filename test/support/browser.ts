/** A browser as far as redirects and cookies go: keeps cookies by origin, follows nothing automatically. */

export interface Browser {
  /** Opens an address; for a connect link also does the work of its page's script. */
  get(url: string): Promise<Response>;
  /**
   * @param form names and values; as a list where a name comes several times
   * @param headers those by which a browser says where a form comes from; without them, it is an old browser
   */
  post(
    url: string,
    form?: Record<string, string> | string[][],
    headers?: Readonly<Record<string, string>>,
  ): Promise<Response>;
  /** Opens the connect page, and clicks its button. */
  continueToGoogle(connectUrl: string): Promise<Response>;
  /** Goes where a redirect leads. @throws when it is none */
  follow(redirect: Response): Promise<Response>;
}

/** @param planted a cookie that the browser has of an origin before it opens anything */
export function createBrowser(planted?: { readonly url: string; readonly cookie: string }): Browser {
  const cookies = new Map<string, Map<string, string>>();
  if (planted !== undefined) {
    const [name = '', value = ''] = planted.cookie.split('=');
    cookies.set(new URL(planted.url).origin, new Map([[name, value]]));
  }

  const request = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const { origin } = new URL(url);
    const jar = cookies.get(origin) ?? new Map<string, string>();
    cookies.set(origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...(cookie === '' ? {} : { cookie }), ...(init.headers as Record<string, string> | undefined) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return response;
  };

  const post: Browser['post'] = (url, form = {}, headers = {}) =>
    request(url, { method: 'POST', body: new URLSearchParams(form), headers });

  const follow: Browser['follow'] = (redirect) => {
    const location = redirect.headers.get('location');
    if (location === null) throw new Error(`${redirect.url} answered ${redirect.status}, not with a redirect`);
    return get(new URL(location, redirect.url).href);
  };
  const get = async (url: string): Promise<Response> => {
    const { origin, pathname, hash } = new URL(url);
    if (pathname !== '/connect' || hash === '') return request(url);
    const opened = await post(`${origin}/connect/open`, { link: hash.slice(1) });
    return opened.status === 303 ? follow(opened) : opened;
  };

  return {
    get,
    post,
    follow,
    async continueToGoogle(connectUrl) {
      const page = await get(connectUrl);
      return post(`${page.url}/start`);
    },
  };
}
