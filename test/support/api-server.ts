/** A server with a database and an API key, and without Temporal: enough for the routes. */
import { loadConfig } from '../../src/config';
import { bindListener } from '../../src/listener';
import { createLogger } from '../../src/log';
import { openPortage, type Portage } from '../../src/portage';
import { startServer } from '../../src/server/start';
import { databaseSettings } from './database';

export interface ApiServer {
  readonly url: string;
  readonly portage: Portage;
  readonly apiKey: string;
  /** Asks for an address of the server with the API key. */
  ask(path: string, init?: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> }): Promise<Response>;
  /** Sends JSON, or a text as it is. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  stop(): Promise<void>;
}

export async function startApiServer(environment: Readonly<Record<string, string>> = {}): Promise<ApiServer> {
  const listener = await bindListener({ host: '127.0.0.1', port: 0 });
  const database = await databaseSettings();
  const config = loadConfig({
    ...database.settings,
    PUBLIC_URL: listener.url,
    PORT: String(listener.port),
    VAULT_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
    GOOGLE_CLIENT_ID: 'an-id',
    GOOGLE_CLIENT_SECRET: 'a-secret',
    TEMPORAL_ADDRESS: '127.0.0.1:9',
    ...environment,
  });
  const portage = await openPortage(config);
  await portage.database.migrate();
  const server = await startServer(portage, createLogger('error', { write: () => undefined }), { listener });
  const { key: apiKey } = await portage.hostApps.createApiKey('Test host app', {
    confirmation: false,
    scopes: ['admin'],
  });
  const ask: ApiServer['ask'] = (path, init = {}) =>
    fetch(server.url + path, { ...init, headers: { authorization: `Bearer ${apiKey}`, ...init.headers } });
  return {
    ...{ url: server.url, portage, apiKey, ask },
    post: (path, body, headers = {}) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    async stop() {
      await server.stop();
      await portage.close();
      await database.remove();
    },
  };
}
