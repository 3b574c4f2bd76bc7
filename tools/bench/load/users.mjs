// Users who connect, each in a browser of their own, and the host app that asks for it and confirms.
import { call } from './http-call.mjs';

const returnUrl = 'http://localhost/connected';

/**
 * @param instance see startInstance
 * @param resources the requested resources
 * @param access `once`, `30d` or `180d`
 * @param historyDays how long each user has used Google
 */
export function createUsers({ instance, resources, access, historyDays }) {
  const { url, apiKey, google } = instance;
  const api = async (path, json) => {
    const options = {
      method: json === undefined ? 'GET' : 'POST',
      json,
      headers: { authorization: `Bearer ${apiKey}` },
    };
    const { body } = await call(`${url}/v1${path}`, options, path === '/connect-sessions' ? 201 : 200);
    return JSON.parse(body);
  };
  return {
    /** A GET of the API, or a POST of `json`. */
    api,

    /** Takes a new user to the point at which Google redirects the browser back. */
    async prepare(number) {
      const userId = `user-${number}`;
      const { id, connectUrl } = await api('/connect-sessions', { userId, resources, returnUrl });
      const page = await call(connectUrl);
      const cookie = [page.headers['set-cookie']].flat()[0].split(';')[0];
      const start = await call(`${connectUrl}/start`, { method: 'POST', headers: { cookie } }, 303);
      const asked = { authorizeUrl: start.headers.location, email: `${userId}@example.com`, access, historyDays };
      return { id, userId, cookie, callbackUrl: await google.decide(asked) };
    },

    /** The browser comes back. @returns the code with which the host app confirms */
    async comeBack({ cookie, callbackUrl }) {
      const { headers } = await call(callbackUrl, { headers: { cookie } }, 303);
      return new URL(headers.location).searchParams.get('portage_code');
    },

    /** The host app confirms. @returns the connect session, which names its consent */
    confirm: ({ id, userId }, code) => api(`/connect-sessions/${id}/confirm`, { code, userId }),
  };
}
