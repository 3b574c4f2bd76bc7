/** The pages that the `type` of a problem leads to: the meaning of a code, and its remedy. */
import { Router } from 'express';

import { isErrorCode, PortageError } from '../domain/error-codes';
import { messagePage } from './pages/message-page';

export function problemRouter(): Router {
  const router = Router();
  router.get('/problems/:code', (request, response) => {
    const { code } = request.params;
    if (!isErrorCode(code)) throw new PortageError('NOT_FOUND', { detail: 'error code' });
    response.send(messagePage({ code }));
  });
  return router;
}
