/** The demo's pages. Its only user is always logged in; all data come from Portage's public API. */
import { join } from 'node:path';

import express, { type Express } from 'express';
import helmet from 'helmet';

import { createArrivals } from './arrived';
import { arrivedPage, type ArrivedView } from './arrived-page';
import { connectPage } from './connect-page';
import { connectRouter } from './connect-routes';
import { connectionRouter } from './connection-routes';
import type { DemoContext } from './demo-context';
import { openKeptConnections, type Connection } from './kept-connections';
import { NoSuchPage, showProblem } from './problems';

export interface DemoAppOptions extends Pick<DemoContext, 'api' | 'url' | 'suggested' | 'usesEmulator'> {
  /** The file that keeps connections over restarts; without it they are lost when the process ends. */
  readonly keptIn?: string;
  readonly now?: () => Date;
}

const userId = 'demo-user';

export function createDemoApp(options: DemoAppOptions): Express {
  const { api, url, suggested, usesEmulator, now = () => new Date() } = options;
  const kept = openKeptConnections(options.keptIn);
  const context: DemoContext = { api, kept, userId, url, suggested, usesEmulator, now };
  const arrivedOf = createArrivals({ api, kept });
  const app = express();
  app.disable('x-powered-by');
  app.use(helmet({ contentSecurityPolicy: { useDefaults: false, directives: contentSources } }));
  app.use(express.urlencoded({ extended: false, limit: '64kb' }));
  app.use('/public', express.static(join(__dirname, '../../../public')));

  const view = async (connection: Connection): Promise<ArrivedView> => ({
    connection,
    arrived: await arrivedOf(userId, connection),
    others: kept.connectionsOf(userId).filter(({ sessionId }) => sessionId !== connection.sessionId),
  });

  app.get('/', async (_request, response) => {
    for (const connection of kept.connectionsOf(userId)) {
      const current = await view(connection);
      if (current.arrived.state !== 'unknown') return void response.send(arrivedPage(current));
      kept.forget(userId, connection.sessionId);
    }
    response.send(connectPage({ suggested, ticked: suggested, usesEmulator }));
  });

  app.use(connectRouter(context));
  app.use(connectionRouter(context, view));
  app.use(() => {
    throw new NoSuchPage();
  });
  app.use(showProblem);
  return app;
}

/** Records contain text from strangers: these pages run only the demo's own script. */
const contentSources = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  scriptSrc: ["'self'"],
  connectSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};
