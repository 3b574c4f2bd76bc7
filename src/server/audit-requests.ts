/** Audit entries for the requests of host apps. */
import type { ErrorRequestHandler, RequestHandler } from 'express';

import { changeActionOf, isRecordedByStore, routeOf } from './audited-routes';
import type { HostAppAccess } from './authentication/host-app';
import type { ServerDependencies } from './dependencies';
import { toPortageError } from './error-handler';
import { isAnsweredAgain } from './idempotency';

type AuditDependencies = Pick<ServerDependencies, 'auditLog' | 'refusals' | 'logger' | 'now'>;

/** Records each successful request that changes something, before its answer is sent. */
export function auditChanges({ auditLog, logger, now }: AuditDependencies, access: HostAppAccess): RequestHandler {
  return (request, response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') {
      next();
      return;
    }
    const end = response.end.bind(response) as (...parts: unknown[]) => void;
    response.end = (...parts: unknown[]) => {
      response.end = end as typeof response.end;
      // A replayed answer belongs to a request that already has its entry.
      if (response.statusCode >= 400 || isAnsweredAgain(response) || isRecordedByStore(request)) {
        end(...parts);
        return response;
      }
      const named = changeActionOf(request);
      const action = named ?? 'request.made';
      const details = named === undefined && { details: { route: routeOf(request) } };
      const subject = access.subjectOf(request);
      auditLog
        .append({ action, ...access.callerOf(request), ...subject, ...(details !== false && details), at: now() })
        .catch((err: unknown) => {
          // The change is made, so only the log can report it.
          logger.error({ err, action, ...subject }, 'a change could not be written to the audit log');
        })
        .finally(() => end(...parts));
      return response;
    };
    next();
  };
}

/** Goes after the routes: counts requests that were refused or failed. */
export function auditRefusals({ refusals }: AuditDependencies, access: HostAppAccess): ErrorRequestHandler {
  return (error: unknown, request, _response, next) => {
    const { actor, address } = access.callerOf(request);
    const { code, status } = toPortageError(error);
    refusals.count({ keyId: actor.id, outcome: status < 500 ? 'refused' : 'failed', code, address });
    next(error);
  };
}
