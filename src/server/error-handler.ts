/** Turns errors into answers: a code with its message and remedy, never the text of a thrown error. */
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';

import { isOutage, PortageError } from '../domain/error-codes';
import type { Logger } from '../log';
import { outageWarningsOf } from '../outage-warnings';
import { messagePage } from './pages/message-page';

/** The wait in `Retry-After` for a temporary error that names no time itself. */
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
    if (known.status === 503 || known.status === 429) response.set('retry-after', String(retryAfterSeconds(known)));
    if (wantsJson(request)) {
      response.json(errorBody(known));
    } else {
      response.send(messagePage({ code: known.code }));
    }
  };
}

/**
 * The JSON answer. The detail of a refusal names fields and values of the request; the detail of a failure is only
 * logged.
 */
export function errorBody(error: unknown): { error: { code: string; message: string; remedy: string } } {
  const { status, code, remedy, message } = toPortageError(error);
  return { error: { code, message: status < 500 ? message : new PortageError(code).message, remedy } };
}

/** In whole seconds, as the header has it. */
function retryAfterSeconds({ retryAfterMs = usualRetryMs }: PortageError): number {
  return Math.max(1, Math.ceil(retryAfterMs / 1_000));
}

/** Programs get JSON: under the API always, elsewhere when they prefer it to a page. A browser gets a page. */
function wantsJson(request: Request): boolean {
  return /^\/v1(\/|$)/.test(request.path) || request.accepts(['html', 'json']) === 'json';
}

/** Express and its parsers mark the caller's faults with a 4xx status. */
function toPortageError(error: unknown): PortageError {
  if (error instanceof PortageError) return error;
  const status: unknown = error instanceof Error && 'status' in error ? error.status : undefined;
  const callersFault = typeof status === 'number' && status >= 400 && status < 500;
  return new PortageError(callersFault ? 'REQUEST_INVALID' : 'UNEXPECTED', { cause: error });
}
