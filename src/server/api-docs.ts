/** The page on which a developer reads the API: Swagger UI over /v1/openapi.json, with its files from this server. */
import { dirname, join } from 'node:path';

import { Router } from 'express';

import { apiDocsPage } from './pages/api-docs-page';

/** The only files of the package that are served. */
const files = ['swagger-ui.css', 'swagger-ui-bundle.js'];

export function apiDocsRouter(): Router {
  const router = Router();
  const folder = dirname(require.resolve('swagger-ui-dist/package.json'));
  router.get('/docs', (_request, response) => {
    response.send(apiDocsPage());
  });
  for (const file of files) {
    router.get(`/docs/${file}`, (_request, response) => {
      response.sendFile(join(folder, file), { maxAge: '1h' });
    });
  }
  return router;
}
