/** The operations on the API keys of a host app (docs/api.md, "API keys and their scopes"). */
import { z } from 'zod';

import {
  apiKeyName,
  apiKeysPerHostApp,
  endedKeysKept,
  longestApiKeyName,
  longestKeyOverlapSeconds,
  longestLifetimeSeconds,
} from '../../domain/api-key-limits';
import { apiKeyScopes, usualScopes } from '../../domain/api-key-scopes';
import { id, time } from './fields';
import { defineOperation } from './operation';
import { idListParameters, listOf } from './query-fields';

const keyFields = {
  id,
  name: z.string().nullable().describe('What the key is for'),
  scopes: z.array(z.string()).describe(`What the key may do: ${apiKeyScopes.join(', ')}`),
  state: z
    .enum(['active', 'expired', 'revoked', 'unaccepted', 'altered'])
    .describe(
      'Only an `active` key works. `unaccepted`: of an earlier release, and no operator has accepted it. ' +
        '`altered`: the row is not as Portage wrote it',
    ),
  createdAt: time,
  expiresAt: time.nullable().describe('null for a key that does not expire'),
  lastUsedAt: time.nullable().describe('To the minute; null for a key that no request came with'),
  revokedAt: time.nullable(),
};
const secret = z.string().describe('`ptg_` and 49 letters and digits. Only this answer has it');

const common = { tag: 'API keys', scope: 'admin' } as const;

export const createApiKey = defineOperation({
  ...common,
  operationId: 'createApiKey',
  method: 'post',
  path: '/api-keys',
  summary: 'Make an API key of your app',
  description:
    `While ${apiKeysPerHostApp} keys have neither expired nor been revoked, no more are made here. ` +
    'Send an Idempotency-Key, so that a lost answer with the key is given again.',
  body: z
    .strictObject({
      name: z
        .string()
        .min(1)
        .max(longestApiKeyName)
        .regex(apiKeyName, 'has characters that cannot be seen')
        .meta({ override: { pattern: undefined } })
        .describe('What the key is for')
        .optional(),
      scopes: z
        .array(z.enum(apiKeyScopes))
        .min(1)
        .max(10)
        .describe(`${usualScopes.join(' and ')} unless given`)
        .optional(),
      expiresInSeconds: z
        .int()
        .min(1)
        .max(longestLifetimeSeconds)
        .describe('The key stops working after this time; leave it out for a key that does not expire')
        .optional(),
    })
    .optional(),
  bodyLimit: 4 * 1024,
  success: {
    status: 201,
    description: 'The key',
    json: z.object({ ...keyFields, key: secret }).meta({ id: 'NewApiKey' }),
  },
  errors: ['API_KEYS_TOO_MANY'],
});

export const listApiKeys = defineOperation({
  ...common,
  operationId: 'listApiKeys',
  method: 'get',
  path: '/api-keys',
  summary: 'List the API keys of your app, the newest first, also those that have ended',
  description: `Of the keys that have ended, the list has at least the newest ${endedKeysKept}.`,
  query: z.strictObject(idListParameters('key')),
  success: {
    status: 200,
    description: 'A page of keys, without the secrets',
    json: listOf(z.object(keyFields).meta({ id: 'ApiKey' })),
  },
  errors: [],
});

export const rotateApiKey = defineOperation({
  ...common,
  operationId: 'rotateApiKey',
  method: 'post',
  path: '/api-keys/:id/rotate',
  summary: 'Replace an active API key of your app',
  description:
    'The new key has the name, the scopes and the lifetime of the former one, which expires when the overlap ends, and ' +
    'cannot be replaced again. ' +
    'It may be the key of this request: then use an overlap, so that the request can be repeated when its answer is lost.',
  parameters: z.object({ id }),
  body: z
    .strictObject({
      overlapSeconds: z
        .int()
        .min(0)
        .max(longestKeyOverlapSeconds)
        .describe('Both keys work for this long, a day unless given. With 0, the former key ends at once')
        .optional(),
    })
    .optional(),
  bodyLimit: 4 * 1024,
  success: {
    status: 201,
    description: 'The new key',
    json: z
      .object({
        ...{ id, key: secret, expiresAt: keyFields.expiresAt, formerKeyId: id },
        formerEndsAt: time.describe('The end of the overlap, or the expiry of the former key when that comes first'),
      })
      .meta({ id: 'RotatedApiKey' }),
  },
  errors: ['NOT_FOUND', 'API_KEY_REPLACED', 'API_KEYS_TOO_MANY'],
});

export const revokeApiKey = defineOperation({
  ...common,
  operationId: 'revokeApiKey',
  method: 'delete',
  path: '/api-keys/:id',
  summary: 'Revoke an API key of your app at once',
  description:
    'It may be the key of this request, and the last one with the scope admin: then only an operator can make another.',
  parameters: z.object({ id }),
  success: { status: 204, description: 'It is revoked' },
  errors: ['NOT_FOUND'],
});

export const apiKeyOperations = [createApiKey, listApiKeys, rotateApiKey, revokeApiKey];
