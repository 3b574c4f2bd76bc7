/** The host app's JSON routes, behind an API key. */
import { Router } from 'express';

import { apiDocsRouter } from './api-docs';
import { apiKeyRouter } from './api-key-routes';
import { archiveRouter } from './archive-routes';
import { auditChanges, auditRefusals } from './audit-requests';
import { createHostAppAccess } from './authentication/host-app';
import { requireScope } from './authentication/require-scope';
import { connectSessionRouter } from './connect-session-routes';
import { consentActionRouter } from './consent-action-routes';
import { consentRouter } from './consent-routes';
import { getOpenApi } from './contract/describe-api';
import { openApiDocument } from './contract/document';
import { getHealth } from './contract/health';
import { mountOperation, refuseOtherMethods } from './contract/mount-operation';
import { operations } from './contract/operations';
import type { ServerDependencies } from './dependencies';
import { eventRouter } from './event-routes';
import { exportRouter } from './export-routes';
import { healthDetails } from './health';
import { takeIdempotencyKeys } from './idempotency';
import { recordRouter } from './record-routes';
import { resourceRouter } from './resource-routes';
import { limitFailedKeys, limitHostApps, limitPages } from './rate-limits';
import { userRouter } from './user-routes';
import { webhookEndpointRouter } from './webhook-endpoint-routes';

export function apiRouter(deps: ServerDependencies): Router {
  const router = Router();
  const access = createHostAppAccess(deps);
  router.use(['/openapi.json', '/docs'], limitPages(deps.config));
  mountOperation(router, getOpenApi, () => Promise.resolve({ ...openApiDocument() }));
  router.use(apiDocsRouter());
  router.use(access.authenticate);
  router.use(limitFailedKeys());
  router.use(limitHostApps(deps.config, (request) => access.hostAppOf(request)));
  router.use(requireScope((request) => access.keyOf(request)));
  router.use(auditChanges(deps, access));
  router.use(takeIdempotencyKeys(deps, access));
  mountOperation(router, getHealth, () => healthDetails(deps));
  router.use(connectSessionRouter(deps, access));
  router.use(consentRouter(deps, access));
  router.use(consentActionRouter(deps, access));
  router.use(exportRouter(deps, access));
  router.use(archiveRouter(deps, access));
  router.use(recordRouter(deps, access));
  router.use(eventRouter(deps, access));
  router.use(resourceRouter(deps));
  router.use(userRouter(deps, access));
  router.use(webhookEndpointRouter(deps, access));
  router.use(apiKeyRouter(deps, access));
  refuseOtherMethods(router, operations);
  router.use(auditRefusals(deps, access));
  return router;
}
