/** The Express application, apart from listening, so that tests need no fixed port. */
import { join } from 'node:path';

import cookieParser from 'cookie-parser';
import express, { type Express } from 'express';
import helmet from 'helmet';

import { apiRouter } from './api';
import { takeOwnForms } from './authentication/own-forms';
import { accentRouter } from './branding';
import { callbackRouter } from './callback';
import { connectRouter } from './connect';
import type { ServerDependencies } from './dependencies';
import { errorHandler, notFound } from './error-handler';
import { healthRouter, refuseWhileUnfit } from './health';
import { homeRouter, type HomeLink } from './home';
import { privateAnswers } from './private-answers';
import { problemRouter } from './problem-page';
import { refuseNulInUrl } from './refuse-nul';
import { renewalRouter } from './renewal';
import { limitPages } from './rate-limits';
import { statusRouter } from './status';

const publicFolder = join(__dirname, '../../public');

/** @param homeLinks links of the home page, in addition to the server's own addresses */
export function createApp(deps: ServerDependencies, homeLinks: () => readonly HomeLink[] = () => []): Express {
  const app = express();
  const secure = deps.config.publicUrl.startsWith('https:');
  app.disable('x-powered-by');
  // The proxies from which the header with a caller's address is accepted.
  app.set('trust proxy', deps.config.trustedProxies);
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          styleSrc: ["'self'"],
          scriptSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          connectSrc: ["'self'"],
          // The connect form is answered with a redirect to Google, which browsers check against this list.
          formAction: ["'self'", new URL(deps.endpoints.authorizeUrl).origin],
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
        },
      },
      // Not `no-referrer`, with which a browser hides where Portage's own forms come from; no other site gets the address.
      referrerPolicy: { policy: 'same-origin' },
      strictTransportSecurity: secure,
    }),
  );
  app.use(refuseNulInUrl);
  app.use('/public', express.static(publicFolder, { index: false, maxAge: '1h' }));
  app.use(accentRouter());
  app.use(privateAnswers);
  app.use(homeRouter(homeLinks));
  app.use(problemRouter());
  app.use(healthRouter(deps));
  app.use(refuseWhileUnfit(deps));
  app.use('/v1', apiRouter(deps));
  app.use(limitPages(deps.config));
  app.use(cookieParser());
  app.use(takeOwnForms(deps.config.publicUrl));
  app.use(connectRouter(deps));
  app.use(callbackRouter(deps));
  app.use(statusRouter(deps));
  app.use(renewalRouter(deps));
  app.use(notFound);
  app.use(errorHandler(deps.logger));
  return app;
}
