/** The operation that reads events instead of waiting for webhooks (docs/webhooks.md). */
import { z } from 'zod';

import { shownValue } from '../../domain/request-fault';
import { eventTypeNames, type EventType } from '../../domain/states';
import { eventSchema } from '../../events/event-schema';
import { defineOperation } from './operation';
import { wholeNumber } from './query-fields';

const isEventType = (name: string): name is EventType => (eventTypeNames as readonly string[]).includes(name);

const typesRemedy = 'name types of events, separated by commas, such as export.ready,consent.ended';

const types = z
  .string(typesRemedy)
  .transform((text, context): EventType[] => {
    const names = text.split(',');
    const unknown = names.find((name) => !isEventType(name));
    if (unknown !== undefined) {
      context.addIssue({ code: 'custom', message: `${typesRemedy}; ${shownValue(unknown)} is none` });
    }
    return names.filter(isEventType);
  })
  .meta({ override: { type: 'array', items: { type: 'string', enum: [...eventTypeNames] }, minItems: 1 } })
  .describe('Only events of these types')
  .optional()
  .meta({ param: { style: 'form', explode: false } });

export const listEvents = defineOperation({
  operationId: 'listEvents',
  method: 'get',
  path: '/events',
  tag: 'Events',
  summary: 'Read events in order, from a position on',
  description:
    'Store `nextAfter` together with your results of the events, and send it as `after` with the next request: no event is left out, and none comes twice.',
  scope: 'read',
  query: z.strictObject({
    after: wholeNumber(0, Number.MAX_SAFE_INTEGER)
      .optional()
      .describe(
        'The position after which the events begin: `nextAfter` of the former answer. Without it, the oldest kept event is the first',
      ),
    limit: wholeNumber(1, 100).default(50).describe('Events of one answer'),
    types,
    wait: wholeNumber(0, 30)
      .default(0)
      .describe('Seconds that Portage waits for an event before it answers without one'),
  }),
  success: {
    status: 200,
    description: 'The events, oldest first',
    json: z.object({
      items: z.array(eventSchema),
      nextAfter: z
        .int()
        .min(0)
        .describe('The position up to which everything was looked at, events of other types included'),
    }),
  },
  errors: ['EVENTS_PRUNED'],
});
