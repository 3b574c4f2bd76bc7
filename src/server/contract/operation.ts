/**
 * The request and the answers of one operation of the API. Routes, checks and docs/openapi.json are made from these.
 */
import type { z } from 'zod';

import type { ApiKeyScope } from '../../domain/api-key-scopes';
import type { ErrorCode } from '../../domain/error-codes';

/** The groups of operations in the document, in order, each with a description. */
export const tags = {
  'Connect sessions': 'One attempt to connect one user',
  Consents: 'What a user granted',
  Exports: 'What Portage exported of a consent, and the files as Google delivered them',
  Records: 'The records that Portage read in the exports',
  Events: 'What happened, in order',
  Users: 'Your users, by the ids that your app gave them',
  Resources: 'What can be asked for',
  'Webhook endpoints': 'The addresses to which your events are sent, and the deliveries',
  'API keys': 'The keys with which your app calls this API',
  Server: 'This server and this API',
} as const;

export interface Operation<
  Path extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  /** A verb and a noun in camel case; generated clients use it as the name of a method. */
  readonly operationId: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/v1`, as Express writes it: `/exports/:id`. */
  readonly path: string;
  readonly tag: keyof typeof tags;
  /** One line without a full stop. */
  readonly summary: string;
  readonly description?: string;
  /** The scope that the API key needs; null when no key is needed. */
  readonly scope: ApiKeyScope | null;
  readonly parameters?: Path;
  /** Every other query parameter is refused. */
  readonly query?: Query;
  /** Headers that change the answer; they are documented, and read by the handler. */
  readonly headers?: z.ZodObject;
  readonly body?: Body;
  /** The largest body in bytes, 64 KiB by default. */
  readonly bodyLimit?: number;
  /** Fields of the body whose values never appear in an answer. */
  readonly secrets?: readonly string[];
  readonly success: Success<Answer>;
  /** The codes that only this operation has; those that every operation may have are added (document.ts). */
  readonly errors: readonly ErrorCode[];
}

/** The successful answer: JSON, no body, or a stream that the handler sends itself. */
export interface Success<Answer extends z.ZodType = z.ZodType> {
  readonly status: 200 | 201 | 202 | 204;
  readonly description: string;
  /** The values before they are JSON: an instant is a `Date`. */
  readonly json?: Answer;
  /** Media types of a stream, each with the schema of the stream (or of one line), or `bytes`. */
  readonly stream?: Readonly<Record<string, 'bytes' | z.ZodType | { readonly $ref: string }>>;
  /** Whether a part of it can be asked for with `Range`. */
  readonly ranges?: boolean;
}

/** Keeps the types of the schemas, so that a handler is checked against them. */
export function defineOperation<
  Path extends z.ZodObject = z.ZodObject<Record<string, never>>,
  Query extends z.ZodObject = z.ZodObject<Record<string, never>>,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodVoid,
>(operation: Operation<Path, Query, Body, Answer>): Operation<Path, Query, Body, Answer> {
  return operation;
}
