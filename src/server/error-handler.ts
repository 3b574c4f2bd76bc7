/** Turns errors into answers: a code with its message and remedy, never the text of a thrown error. */
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';

import { databaseFailure } from '../database/failure';
import { isOutage, PortageError } from '../domain/error-codes';
import type { Logger } from '../log';
import { outageWarningsOf } from '../limit-outage-warnings';
import { problemMediaType, problemOf } from '../problem-details';
import { messagePage } from './pages/message-page';
import { refusedBody } from './refused-body';

/** The wait in `Retry-After` for a temporary error that has no time of its own. */
const usualRetryMs = 5_000;

export const notFound: RequestHandler = () => {
  throw new PortageError('NOT_FOUND');
};

export function errorHandler(logger: Logger): ErrorRequestHandler {
  const warnings = outageWarningsOf(logger);
  return (error: unknown, request, response, next) => {
    const known = toPortageError(error);
    // The path of a connect link holds its secret, so only the route's first word is logged.
    const route = request.path.split('/')[1] ?? '';
    const about = { method: request.method, route, errorCode: known.code };
    if (isOutage(known.code)) warnings.warn(known.code, { ...about, err: error }, 'request failed');
    else if (known.status >= 500) logger.error({ ...about, err: error }, 'request failed');
    else logger.info(about, 'request refused');
    if (response.headersSent) {
      next(error);
      return;
    }
    response.status(known.status);
    const isTemporary = known.status === 503 || known.status === 429 || known.code === 'IDEMPOTENCY_KEY_IN_USE';
    if (isTemporary) response.set('retry-after', String(retryAfterSeconds(known)));
    if (known.status === 401) response.set('www-authenticate', 'Bearer');
    if (wantsJson(request)) {
      const requestId = response.get('x-request-id');
      response.type(problemMediaType).send(JSON.stringify(problemOf(known, requestId)));
    } else {
      response.send(messagePage({ code: known.code }));
    }
  };
}

/** In whole seconds, as the header has it. */
function retryAfterSeconds({ retryAfterMs = usualRetryMs }: PortageError): number {
  return Math.max(1, Math.ceil(retryAfterMs / 1_000));
}

/** The API always answers with JSON; other routes do so when the client prefers it to a page. A browser gets a page. */
function wantsJson(request: Request): boolean {
  if (/^\/v1(\/|$)/.test(request.path)) return true;
  return request.accepts(['html', 'json', problemMediaType]) !== 'html';
}

/** Translates the errors of Express, its parsers and the database. Every unknown error is `UNEXPECTED`. */
export function toPortageError(error: unknown): PortageError {
  if (error instanceof PortageError) return error;
  return refusedBody(error) ?? databaseFailure(error) ?? new PortageError('UNEXPECTED', { cause: error });
}
