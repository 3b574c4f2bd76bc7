/** Puts operations on a router: each request is read by the operation's schemas before its handler runs. */
import { json, type Request, type RequestHandler, type Response, type Router } from 'express';
import type { z } from 'zod';

import { PortageError } from '../../domain/error-codes';
import { answerOnce } from '../idempotency';
import { isHeld } from '../if-none-match';
import { refuseNulInBody } from '../refuse-nul';
import type { Operation } from './operation';
import { readRequest, type ReadRequest } from './read-request';

/** The type of an answer with all its properties read-only, like rows and records. */
export type DeepReadonly<T> = T extends Date
  ? T
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

/** The argument of a handler. */
export interface Call<Path, Query, Body> extends ReadRequest<Path, Query, Body> {
  readonly request: Request;
  readonly response: Response;
}

/** Returns the JSON answer; undefined for an answer without a body, or one that the handler has sent itself. */
export type Handler<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, A extends z.ZodType> = (
  call: Call<z.output<P>, z.output<Q>, z.output<B>>,
) => Promise<DeepReadonly<z.input<A>>>;

const usualBodyLimit = 64 * 1024;

/**
 * @param handler throws only PortageErrors whose codes the operation names, or that every operation has
 */
export function mountOperation<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, A extends z.ZodType>(
  router: Router,
  operation: Operation<P, Q, B, A>,
  handler: Handler<P, Q, B, A>,
): void {
  const { method, path, body, bodyLimit = usualBodyLimit, success } = operation;
  const readBody = body === undefined ? [] : [requireJson, json({ limit: bodyLimit, strict: false }), refuseNulInBody];
  router[method](path, ...readBody, async (request, response) => {
    if (success.json !== undefined) requireJsonAccepted(request);
    const call = { request, response, ...readRequest(operation, request) };
    const answer = await answerOnce(call, () => handler(call));
    if (response.headersSent) return;
    response.status(success.status);
    if (success.json === undefined) response.end();
    else sendJson(request, response, answer);
  });
}

/** Goes behind all operations. @throws PortageError `METHOD_NOT_ALLOWED` for the other methods of their addresses */
export function refuseOtherMethods(router: Router, operations: readonly Operation[]): void {
  for (const path of new Set(operations.map((each) => each.path))) {
    const methods = operations.filter((each) => each.path === path).map(({ method }) => method.toUpperCase());
    const allowed = [...(methods.includes('GET') ? ['HEAD'] : []), ...methods].toSorted().join(', ');
    router.all(path, (request, response) => {
      response.set('allow', allowed);
      throw new PortageError('METHOD_NOT_ALLOWED', { detail: `${request.method}; it takes ${allowed}` });
    });
  }
}

/** An answer that is polled is sent once: `If-None-Match` with its ETag is answered 304. */
function sendJson(request: Request, response: Response, answer: unknown): void {
  const text = JSON.stringify(answer);
  if (request.method === 'GET' || request.method === 'HEAD') {
    const makeEtag = request.app.get('etag fn') as (text: string, encoding: string) => string;
    const etag = makeEtag(text, 'utf8');
    response.set('etag', etag);
    if (isHeld(request, etag)) {
      response.status(304).end();
      return;
    }
  }
  response.type('application/json').send(text);
}

/** @throws PortageError `MEDIA_TYPE_UNSUPPORTED` for a body that is not JSON */
const requireJson: RequestHandler = (request, _response, next) => {
  // For a request without a body, the schema names the missing fields.
  const isEmpty = request.get('content-length') === '0';
  if (!isEmpty && request.is('application/json') === false) {
    const detail = `Content-Type is ${JSON.stringify(request.get('content-type') ?? '').slice(0, 60)}`;
    throw new PortageError('MEDIA_TYPE_UNSUPPORTED', { detail });
  }
  next();
};

/** @throws PortageError `NOT_ACCEPTABLE` */
function requireJsonAccepted(request: Request): void {
  if (request.accepts('application/json') !== false) return;
  throw new PortageError('NOT_ACCEPTABLE', { detail: 'the answer comes as application/json' });
}
