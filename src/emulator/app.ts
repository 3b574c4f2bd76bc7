/** The emulator's paths: Google's own on one base URL, and the control plane next to them. */
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';
import { apiEndpoints, googleNotFound } from './api/endpoints';
import { createJobs } from './api/jobs';
import { createLocks } from './api/locks';
import { createArchives } from './archives/archive';
import type { GivenArchives } from './archives/given/given-archives';
import type { Control } from './control/control';
import { gatherOverview } from './control/overview';
import { overviewPage } from './control/overview-page';
import { controlRoutes } from './control/routes';
import type { Uploads } from './control/uploads';
import { downloadEndpoint } from './downloads/download';
import { createLinks } from './downloads/links';
import type { Faults } from './faults/faults';
import { serveEndpoint, type Endpoint } from './http/endpoint';
import { htmlReply, textReply } from './http/reply';
import type { RequestLog } from './http/request-log';
import { wantsPage } from './http/wants-page';
import { authorizeEndpoints } from './issuer/authorize';
import { connectionsEndpoints } from './issuer/connections';
import { createGrants } from './issuer/grants';
import { errorPage } from './issuer/pages/error-page';
import { homePage, notFoundPage } from './issuer/pages/home-page';
import { revokeEndpoint } from './issuer/revoke';
import { tokenEndpoint } from './issuer/token';
import type { World } from './world';

export interface AppDeps {
  world: World;
  log: RequestLog;
  faults: Faults;
  given: GivenArchives | undefined;
  /** Undefined leaves the control plane out. */
  control: Control | undefined;
  uploads: Uploads;
}

export function createApp({ world, log, faults, given, control, uploads }: AppDeps): Express {
  const grants = createGrants(world);
  const jobs = createJobs(world, grants);
  const locks = createLocks(world, grants, jobs);
  const archives = createArchives(world, given);
  const links = createLinks(world, archives);
  const api = apiEndpoints({ world, grants, jobs, locks, linksTo: (job) => links.to(job) });
  const authorize = authorizeEndpoints(world, grants);
  const serve = (endpoint: Endpoint) =>
    serveEndpoint({ clock: world.clock, store: world.store, log, faults }, endpoint);

  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('case sensitive routing', true);
  if (control !== undefined) {
    const overview = () => overviewPage(gatherOverview({ world, grants, jobs, locks, faults }));
    app.use('/_emulator', controlRoutes(control, overview, uploads));
  }

  // Not an address of Google's, so it is neither logged nor subject to faults.
  app.get('/', (_request, response) => {
    const page = homePage({ baseUrl: world.baseUrl(), control: control !== undefined, apps: world.clients.all() });
    response.set('cache-control', 'no-store').type('html').send(`<!doctype html>\n${page}`);
  });

  const form = express.urlencoded({ extended: false, limit: '1mb' });
  app.get('/o/oauth2/v2/auth', serve(authorize.show));
  app.post('/o/oauth2/v2/auth', form, serve(authorize.submit));
  app.post('/token', form, serve(tokenEndpoint(world, grants)));
  app.post('/revoke', form, serve(revokeEndpoint(world, grants)));
  const connections = connectionsEndpoints(world, grants);
  app.get('/connections', serve(connections.show));
  app.get('/connections/link', serve(connections.link));
  app.post('/connections', form, serve(connections.change));
  app.get('/dpinfo', serve(pageEndpoint(400, 'invalid_request', 'Too many kinds of data were asked for at once.')));

  const raw = express.raw({ type: () => true, limit: '1mb' });
  for (const version of ['v1', 'v1beta']) {
    app.post(`/${version}/portabilityArchive\\:initiate`, raw, serve(api.initiate));
    app.get(`/${version}/archiveJobs/:jobId/portabilityArchiveState`, serve(api.state));
    app.post(`/${version}/archiveJobs/:jobId\\:retry`, raw, serve(api.retry));
    app.post(`/${version}/archiveJobs/:jobId\\:cancel`, raw, serve(api.cancel));
    app.post(`/${version}/accessType\\:check`, raw, serve(api.check));
    app.post(`/${version}/authorization\\:reset`, raw, serve(api.reset));
  }
  app.all('/download-storage/:bucket/:object', serve(downloadEndpoint({ world, jobs, links, archives })));
  app.use(
    serve({
      method: 'unknown',
      identify: () => ({}),
      handle: (request) =>
        wantsPage(request)
          ? htmlReply(404, notFoundPage(request.path.slice(0, 200)))
          : textReply(404, 'text/html; charset=UTF-8', googleNotFound),
    }),
  );
  app.use(unreadable);
  return app;
}

/**
 * Answers what cannot be parsed as a request: a broken body or path. Express needs all four parameters to recognise an
 * error handler.
 */
function unreadable(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  const { status } = z.object({ status: z.number() }).catch({ status: 500 }).parse(error);
  if (response.headersSent) next(error);
  else
    response
      .status(status)
      .type('html')
      .send(errorPage(status, 'invalid_request', 'The request cannot be read.'));
}

function pageEndpoint(status: number, code: string, explanation: string): Endpoint {
  return {
    method: 'authorize',
    identify: () => ({}),
    handle: () => htmlReply(status, errorPage(status, code, explanation)),
  };
}
