/** The operations on deliveries to a webhook endpoint, and the one that sends events again. */
import { z } from 'zod';

import { deliveryStates } from '../../domain/states';
import { eventsPerReplay } from '../../domain/webhook-limits';
import { count, id, time } from './fields';
import { defineOperation } from './operation';
import { idListParameters, listOf } from './query-fields';

const attempt = z.object({
  at: z.iso.datetime(),
  status: z.int().nullable().describe('The status of the answer; null when none came'),
  problem: z.string().nullable().describe('Why no answer came'),
  durationMs: count,
  answer: z.string().describe('The first 512 bytes of the answer’s body'),
});

const delivery = z
  .object({
    ...{ eventId: id, type: z.string().describe('The type of the event') },
    position: z.int().min(1).describe('The event’s place among all events of your app'),
    ...{ consentId: id.nullable(), exportId: id.nullable() },
    eventAt: time,
    state: z
      .enum(deliveryStates)
      .describe('`pending`: it is sent, or sent again, while the endpoint is enabled. `failed`: the last try failed'),
    tries: count.describe('Since it was to be sent, or sent once more'),
    lastStatus: z.int().nullable().describe('The status of the last answer; null when none came'),
    nextTryAt: time.nullable().describe('Not before this time, and after the events before it; null at the end'),
    endedAt: time.nullable(),
    attempts: z.array(attempt).describe('The last 20 tries, the oldest first'),
  })
  .meta({ id: 'WebhookDelivery' });

export const listDeliveries = defineOperation({
  operationId: 'listWebhookDeliveries',
  method: 'get',
  path: '/webhook-endpoints/:id/deliveries',
  tag: 'Webhook endpoints',
  summary: 'List the deliveries of events to an endpoint, the newest event first',
  scope: 'read',
  parameters: z.object({ id }),
  query: z.strictObject({
    ...idListParameters('evt'),
    state: z.enum(deliveryStates).describe('Only those in this state').optional(),
  }),
  success: {
    status: 200,
    description: 'A page of deliveries',
    json: listOf(delivery),
  },
  errors: ['NOT_FOUND'],
});

const instant = z.iso.datetime({ offset: true });

export const replayEvents = defineOperation({
  operationId: 'replayWebhookEvents',
  method: 'post',
  path: '/webhook-endpoints/:id/replay',
  tag: 'Webhook endpoints',
  summary: 'Send events to an endpoint once more, also those that it has taken',
  description: `Name one event, a range of time, or the failures. One request sends ${eventsPerReplay} events at most: of a longer range none, of failures the oldest ones.`,
  scope: 'manage',
  parameters: z.object({ id }),
  body: z
    .strictObject({
      eventId: id.max(100).describe('This event').optional(),
      since: instant.describe('Events from this time on').optional(),
      until: instant.describe('Events before this time; only with `since`').optional(),
      failures: z.literal(true).describe('Every event whose last try failed').optional(),
    })
    .refine(
      ({ eventId, since, failures }) => [eventId, since, failures].filter((each) => each !== undefined).length === 1,
      'give exactly one of eventId, since and failures',
    )
    .refine(({ since, until }) => until === undefined || since !== undefined, {
      ...{ path: ['until'], message: 'is only for since' },
    }),
  bodyLimit: 4 * 1024,
  success: {
    status: 202,
    description: 'They are sent in the order of their positions',
    json: z.object({ events: count.describe('How many') }).meta({ id: 'WebhookReplay' }),
  },
  errors: ['NOT_FOUND', 'REPLAY_TOO_LARGE'],
});
