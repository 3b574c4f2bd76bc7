/** A small host app to click through: it knows its user, holds an API key, sends the browser to Portage and shows what arrived. */
import { once } from 'node:events';
import { createServer } from 'node:http';

import { createDemoApp, type DemoAppOptions } from './demo-app/routes';

export interface HostAppOptions extends Omit<DemoAppOptions, 'url'> {
  readonly host: string;
  readonly port: number;
}

export async function startHostApp(options: HostAppOptions): Promise<{ url: string; stop(): Promise<void> }> {
  const url = `http://localhost:${options.port}`;
  const app = createDemoApp({ ...options, url });
  const server = createServer(app);
  server.listen(options.port, options.host);
  await once(server, 'listening');
  return {
    url,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close').catch(() => undefined);
    },
  };
}
