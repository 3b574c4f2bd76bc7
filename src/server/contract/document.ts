/** The OpenAPI document of the API, made from its operations; docs/openapi.json is its copy. */
import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiResponseObject,
  type ZodOpenApiSchemaObject,
} from 'zod-openapi';

import { errorTable, type ErrorCode } from '../../domain/error-codes';
import { longestIdempotencyKey } from '../../domain/idempotency';
import { lackingScope } from '../authentication/require-scope';
import { answeredAgain } from '../idempotency';
import { problemMediaType, problemSchema } from '../../problem-details';
import { tags, type Operation, type Success } from './operation';
import { operations } from './operations';
import { recordComponents } from './record-components';

export type OpenApiDocument = ReturnType<typeof createDocument>;

let made: OpenApiDocument | undefined;

/** @returns the document, which is made once */
export function openApiDocument(): OpenApiDocument {
  made ??= makeDocument(operations);
  return made;
}

const problem = problemSchema.meta({ id: 'Problem' });

/** The release that the document describes; package.json has the same one (test/server/contract/document.test.ts). */
const version = '0.1.0';

function makeDocument(all: readonly Operation[]): OpenApiDocument {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const operation of all) {
    const path = `/v1${operation.path.replaceAll(/:(\w+)/g, '{$1}')}`;
    (paths[path] ??= {})[operation.method] = describeOperation(operation);
  }
  return createDocument(
    {
      openapi: '3.1.1',
      info: {
        title: 'Portage',
        version,
        description:
          'Imports people’s data from Google’s Data Portability API. This is the API for host apps. Ignore fields that you do not know, and treat an unknown code, kind or state as a new one.',
        license: { name: 'Apache License 2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/', description: 'The address of your Portage, which PUBLIC_URL names' }],
      tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
      paths,
      components: {
        securitySchemes: {
          apiKey: {
            type: 'http',
            scheme: 'bearer',
            description: 'An API key that `portage api-keys create "My app"` made',
          },
        },
        schemas: recordComponents() as Record<string, ZodOpenApiSchemaObject>,
      },
    },
    {
      override({ jsonSchema, zodSchema, io }) {
        const { type } = zodSchema._zod.def;
        if (type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
        // The format already expresses zod's long pattern.
        if (jsonSchema.format === 'date-time' || jsonSchema.format === 'date') delete jsonSchema.pattern;
        // JSON Schema has no such format; the pattern expresses it.
        if (jsonSchema.format === 'starts_with') delete jsonSchema.format;
        // A later release may add fields to an answer (docs/versions.md).
        if (io === 'output' && type === 'object' && jsonSchema.additionalProperties === false) {
          delete jsonSchema.additionalProperties;
        }
      },
    },
  );
}

function describeOperation(operation: Operation): ZodOpenApiOperationObject {
  const { operationId, tag, summary, description, scope, parameters, query, body } = operation;
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    security: scope === null ? [] : [{ apiKey: [scope] }],
    requestParams: {
      ...(parameters !== undefined && { path: parameters }),
      ...(query !== undefined && { query }),
      ...headersOf(operation),
    },
    ...(body !== undefined && {
      requestBody: { required: !body.safeParse(undefined).success, content: { 'application/json': { schema: body } } },
    }),
    responses: { ...successes(operation), ...refusals(operation) },
  };
}

/** Every POST may come with a key, so that a repeat of it changes nothing. */
const idempotencyHeader = z.object({
  'Idempotency-Key': z
    .string()
    .min(1)
    .max(longestIdempotencyKey)
    .describe(
      'Any text, new for each new request. The same request with the same key is carried out once, and answered in the same way for 24 hours',
    )
    .optional(),
});

function headersOf({ method, headers }: Operation) {
  if (method !== 'post') return headers === undefined ? {} : { header: headers };
  return { header: headers === undefined ? idempotencyHeader : headers.extend(idempotencyHeader.shape) };
}

const rateLimitHeaders = {
  RateLimit: { schema: { type: 'string' }, description: 'How many requests are left, and for how many seconds' },
  'RateLimit-Policy': { schema: { type: 'string' }, description: 'How many requests a window of time allows' },
} as const;
const etagHeader = { ETag: { schema: { type: 'string' }, description: 'For `If-None-Match`' } } as const;

const answeredAgainHeader = {
  [answeredAgain]: { schema: { type: 'string' }, description: '`true` where this answer was given before' },
} as const;

function successes({ method, success }: Operation): Record<string, ZodOpenApiResponseObject> {
  const { status, description, json, stream, ranges = false } = success;
  const content = json === undefined ? contentOf(stream) : { 'application/json': { schema: json } };
  const hasEtag = (json !== undefined && method === 'get') || ranges;
  const headers = { ...rateLimitHeaders, ...(hasEtag && etagHeader), ...(method === 'post' && answeredAgainHeader) };
  const body = content === undefined ? {} : { content };
  return {
    [status]: { description, headers, ...body },
    ...(ranges && { 206: { description: 'The range', headers, ...body } }),
    ...(hasEtag && { 304: { description: 'You have this answer already: its ETag is in `If-None-Match`', headers } }),
  };
}

function contentOf(stream: Success['stream']): ZodOpenApiResponseObject['content'] {
  if (stream === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(stream).map(([mediaType, schema]) => [mediaType, schema === 'bytes' ? {} : { schema }]),
  );
}

/** The codes of a refused key, for every scope. */
const keyCodes = ['API_KEY_INVALID', 'API_KEY_MALFORMED', 'API_KEY_EXPIRED', 'API_KEY_UNACCEPTED'] as const;

/** The codes that any operation of this kind may answer with, by its method, scope and body. */
function commonCodes({ method, scope, body, success }: Operation): ErrorCode[] {
  return [
    ...(['REQUEST_INVALID', 'METHOD_NOT_ALLOWED', 'TOO_MANY_REQUESTS', 'UNEXPECTED'] as const),
    ...(['DATABASE_UNAVAILABLE', 'DATABASE_BUSY', 'DATABASE_OUTDATED', 'VAULT_KEY_WRONG'] as const),
    ...(scope === null ? [] : [...keyCodes, lackingScope[scope]]),
    ...(method === 'post' ? (['IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_KEY_IN_USE', 'DATA_DELETED'] as const) : []),
    ...(body === undefined ? [] : (['BODY_TOO_LARGE', 'MEDIA_TYPE_UNSUPPORTED'] as const)),
    ...(success.json === undefined ? [] : (['NOT_ACCEPTABLE'] as const)),
  ];
}

const retryAfter = {
  'Retry-After': { schema: { type: 'integer' }, description: 'Seconds to wait before the next try' },
} as const;

/** One answer for each status, which lists its codes. */
function refusals(operation: Operation): Record<string, ZodOpenApiResponseObject> {
  const codes = new Set<ErrorCode>([...commonCodes(operation), ...operation.errors]);
  const statuses = new Set([...codes].map((code) => errorTable[code].status));
  return Object.fromEntries(
    [...statuses].map((status) => {
      const ofStatus = [...codes].filter((code) => errorTable[code].status === status).toSorted();
      return [
        status,
        {
          description: ofStatus.map((code) => `\`${code}\`: ${errorTable[code].message}`).join('. '),
          ...((status === 429 || status === 503 || ofStatus.includes('IDEMPOTENCY_KEY_IN_USE')) && {
            headers: retryAfter,
          }),
          content: { [problemMediaType]: { schema: problem } },
        },
      ];
    }),
  );
}
