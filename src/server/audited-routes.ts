/** The audit action of each route that reads personal data or changes something, by method and Express's route. */
import type { Request } from 'express';

import type { AuditAction } from '../domain/audit';

const reads: Readonly<Record<string, AuditAction>> = {
  'GET /consents/:id/records': 'records.read',
  'GET /consents/:id/records/counts': 'records.counted',
  'GET /exports/:id/records': 'records.read',
  'GET /exports/:id/records/summary': 'records.counted',
  'GET /exports/:id/parts/:number': 'part.read',
  'GET /exports/:id/members': 'members.listed',
  'GET /exports/:id/members/:part/:entry': 'member.read',
};
const changes: Readonly<Record<string, AuditAction>> = {
  'POST /connect-sessions': 'connect_session.created',
  'POST /connect-sessions/:id/confirm': 'connect_session.confirmed',
  'POST /connect-sessions/:id/cancel': 'connect_session.cancelled',
  'POST /consents/:id/pause': 'consent.paused',
  'POST /consents/:id/resume': 'consent.resumed',
  'POST /consents/:id/export': 'consent.export_requested',
  'POST /consents/:id/cancel': 'consent.cancelled',
  'DELETE /consents/:id': 'consent.deleted',
  'POST /exports/:id/delivery': 'delivery.confirmed',
  'POST /webhook-endpoints': 'webhook_endpoint.created',
  'PATCH /webhook-endpoints/:id': 'webhook_endpoint.changed',
  'DELETE /webhook-endpoints/:id': 'webhook_endpoint.deleted',
  'POST /webhook-endpoints/:id/enable': 'webhook_endpoint.enabled',
  'POST /webhook-endpoints/:id/disable': 'webhook_endpoint.disabled',
  'POST /webhook-endpoints/:id/rotate-secret': 'webhook_endpoint.secrets_rotated',
  'POST /webhook-endpoints/:id/test': 'webhook_endpoint.tested',
  'POST /webhook-endpoints/:id/replay': 'webhook_endpoint.replayed',
  'DELETE /users/:userId': 'user.deletion_requested',
};

/** Changes whose entry the store writes, in the transaction of the change (database/api-keys.ts). */
const recordedByStore: ReadonlySet<string> = new Set([
  'POST /api-keys',
  'POST /api-keys/:id/rotate',
  'DELETE /api-keys/:id',
]);

/** The length at which a path is cut. */
const pathLength = 200;

/** The route of a request as it is declared, `/users/:userId`: a path holds ids of users, which the log must not keep. */
export function routeOf({ method, route }: Request): string {
  const { path } = (route ?? {}) as { path?: unknown };
  return `${method} ${typeof path === 'string' ? path : ''}`;
}

/** @returns the action of a request that reads personal data; undefined for other requests, and for HEAD */
export const readActionOf = (request: Request): AuditAction | undefined => reads[routeOf(request)];

/** @returns undefined for a changing request that has no action in the log */
export const changeActionOf = (request: Request): AuditAction | undefined => changes[routeOf(request)];

export const isRecordedByStore = (request: Request): boolean => recordedByStore.has(routeOf(request));

/** The path below an export: `parts/1`, `members/1/7`. */
export function objectOf(request: Request): string | undefined {
  return /^\/exports\/[^/]+\/((?:parts|members)\/.*)$/i.exec(request.path.slice(0, pathLength))?.[1];
}
