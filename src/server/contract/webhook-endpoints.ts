/** The operations on webhook endpoints (docs/webhooks.md). */
import { z } from 'zod';

import { disabledReasons, eventTypeNames } from '../../domain/states';
import { endpointsPerHostApp, longestOverlapSeconds } from '../../domain/webhook-limits';
import { id, time } from './fields';
import { defineOperation } from './operation';
import { listDeliveries, replayEvents } from './webhook-deliveries';
import { idListParameters, listOf } from './query-fields';

const endpointFields = {
  id,
  url: z.string(),
  eventTypes: z.array(z.string()).nullable().describe('Only events of these types are sent; null for all'),
  state: z.enum(['enabled', 'disabled']),
  disabledReason: z.enum(disabledReasons).nullable(),
  failingSince: time.nullable().describe('Since when every try has failed; null after one that did not'),
  formerSecretUntil: time.nullable().describe('How long messages have signatures of the former secrets as well'),
  createdAt: time,
};
const endpoint = z.object(endpointFields).meta({ id: 'WebhookEndpoint' });

const secretFields = {
  secret: z.string().describe('For `v1` (HMAC-SHA256): `whsec_…`. Only this answer has it'),
  publicKey: z.string().describe('For `v1a` (ed25519): `whpk_…`. Only this answer has it'),
};

const url = z.string().min(1).max(2_000).describe('A public https address. The part after the host may be secret');
const eventTypes = z.array(z.enum(eventTypeNames)).min(1).max(100);

const common = { tag: 'Webhook endpoints', scope: 'manage', parameters: z.object({ id }) } as const;

export const createWebhookEndpoint = defineOperation({
  operationId: 'createWebhookEndpoint',
  method: 'post',
  path: '/webhook-endpoints',
  tag: 'Webhook endpoints',
  summary: 'Have your events sent to an address from now on',
  description: `A host app may have ${endpointsPerHostApp} endpoints.`,
  scope: 'manage',
  body: z.strictObject({
    url,
    eventTypes: eventTypes.describe('Only events of these types; leave it out for all').optional(),
  }),
  bodyLimit: 16 * 1024,
  success: {
    status: 201,
    description: 'The endpoint, with the secrets that verify its webhooks',
    json: z.object({ ...endpointFields, ...secretFields }).meta({ id: 'NewWebhookEndpoint' }),
  },
  errors: ['WEBHOOK_URL_REFUSED', 'WEBHOOK_ENDPOINTS_TOO_MANY'],
});

export const listWebhookEndpoints = defineOperation({
  operationId: 'listWebhookEndpoints',
  method: 'get',
  path: '/webhook-endpoints',
  tag: 'Webhook endpoints',
  summary: 'List your endpoints, the newest first',
  scope: 'read',
  query: z.strictObject(idListParameters('whe')),
  success: {
    status: 200,
    description: 'A page of endpoints',
    json: listOf(endpoint),
  },
  errors: [],
});

export const getWebhookEndpoint = defineOperation({
  ...common,
  operationId: 'getWebhookEndpoint',
  method: 'get',
  path: '/webhook-endpoints/:id',
  summary: 'Show an endpoint',
  scope: 'read',
  success: { status: 200, description: 'The endpoint', json: endpoint },
  errors: ['NOT_FOUND'],
});

export const changeWebhookEndpoint = defineOperation({
  ...common,
  operationId: 'changeWebhookEndpoint',
  method: 'patch',
  path: '/webhook-endpoints/:id',
  summary: 'Change the address or the event types of an endpoint',
  description:
    'The secrets stay. Events that the endpoint has not taken yet go to the new address, except for a message that is on its ' +
    'way. New event types count for events from now on.',
  body: z
    .strictObject({
      url: url.optional(),
      eventTypes: eventTypes.nullable().describe('Only events of these types; null for all').optional(),
    })
    .refine((body) => Object.keys(body).length > 0, 'give at least one of url and eventTypes'),
  bodyLimit: 16 * 1024,
  success: { status: 200, description: 'The endpoint', json: endpoint },
  errors: ['NOT_FOUND', 'WEBHOOK_URL_REFUSED'],
});

export const deleteWebhookEndpoint = defineOperation({
  ...common,
  operationId: 'deleteWebhookEndpoint',
  method: 'delete',
  path: '/webhook-endpoints/:id',
  summary: 'Delete an endpoint with its secrets and deliveries',
  description: 'Events that it has not taken are no longer sent to it. A message that is on its way may still arrive.',
  success: { status: 204, description: 'It is deleted' },
  errors: ['NOT_FOUND'],
});

export const enableWebhookEndpoint = defineOperation({
  ...common,
  operationId: 'enableWebhookEndpoint',
  method: 'post',
  path: '/webhook-endpoints/:id/enable',
  summary: 'Send to an endpoint again',
  description: 'Events that it has not taken are sent first. A repeat changes nothing.',
  success: { status: 200, description: 'The endpoint', json: endpoint },
  errors: ['NOT_FOUND'],
});

export const disableWebhookEndpoint = defineOperation({
  ...common,
  operationId: 'disableWebhookEndpoint',
  method: 'post',
  path: '/webhook-endpoints/:id/disable',
  summary: 'Send nothing more to an endpoint',
  description:
    'Events that it has not taken are kept. New ones are not: replay sends them later. A repeat changes nothing.',
  success: { status: 200, description: 'The endpoint', json: endpoint },
  errors: ['NOT_FOUND'],
});

export const rotateWebhookSecret = defineOperation({
  ...common,
  operationId: 'rotateWebhookSecret',
  method: 'post',
  path: '/webhook-endpoints/:id/rotate-secret',
  summary: 'Sign with new secrets',
  description: 'Until the overlap ends, messages have signatures of the present secrets as well.',
  body: z
    .strictObject({
      overlapSeconds: z
        .int()
        .min(0)
        .max(longestOverlapSeconds)
        .describe('A day unless given. With 0, the present secrets end at once')
        .optional(),
    })
    .optional(),
  bodyLimit: 4 * 1024,
  success: {
    status: 200,
    description: 'The new secrets',
    json: z
      .object({ id, ...secretFields, formerSecretUntil: time.nullable().describe('The end of the overlap') })
      .meta({ id: 'WebhookSecrets' }),
  },
  errors: ['NOT_FOUND'],
});

export const testWebhookEndpoint = defineOperation({
  ...common,
  operationId: 'testWebhookEndpoint',
  method: 'post',
  path: '/webhook-endpoints/:id/test',
  summary: 'Send an event `webhook_endpoint.test` to this endpoint alone',
  success: {
    status: 202,
    description: 'The event is sent as soon as the endpoint is enabled',
    json: z.object({ eventId: id }).meta({ id: 'WebhookTest' }),
  },
  errors: ['NOT_FOUND'],
});

export const webhookEndpointOperations = [
  ...[createWebhookEndpoint, listWebhookEndpoints, getWebhookEndpoint, changeWebhookEndpoint],
  ...[deleteWebhookEndpoint, enableWebhookEndpoint, disableWebhookEndpoint, rotateWebhookSecret, testWebhookEndpoint],
  ...[listDeliveries, replayEvents],
];
