/** The schema of an event as host apps get it (payload.ts), made from the table of types. */
import { z } from 'zod';

import { eventTypeNames, type EventType } from '../domain/states';
import { eventTypes, type EventDescription } from './event-types';
import { eventPayload, type EventPayload } from './payload';

const consentId = z.string().startsWith('con_');
const exportId = z.string().startsWith('exp_');

const links = z
  .object({ consent: z.url().optional(), export: z.url().optional(), records: z.url().optional() })
  .describe('Where the API has the subject of the event')
  .optional();

/** The ids of the subject of an event of this type, in addition to its data. */
function subjectOf(type: EventType): { readonly consentId?: z.ZodType; readonly exportId?: z.ZodType } {
  if (type.startsWith('export.') || type === 'records.available') return { consentId, exportId };
  if (type === 'data.deleted') return { consentId, exportId: exportId.optional() };
  return type.startsWith('consent.') ? { consentId } : {};
}

/** The fields of every payload, in addition to its type and its data. */
const envelope = {
  id: z.string().startsWith('evt_'),
  timestamp: z.iso.datetime().describe('When it happened'),
  position: z.int().min(1).describe('The number of the event, from 1 and without gaps for each host app'),
};

function schemaOf(type: EventType) {
  const { description, data, example }: EventDescription = eventTypes[type];
  const subject = subjectOf(type);
  const facts = {
    ...{ id: 'evt_01jd8m6n5ze3bv9d2rm4w5x6y7', type, position: 17, data: example },
    consentId: subject.consentId === undefined ? null : 'con_01jd8m6n5ze3bv9d2rm4w5x6y7',
    exportId: subject.exportId === exportId ? 'exp_01jd8m6n5ze3bv9d2rm4w5x6y7' : null,
    createdAt: new Date('2026-03-01T09:30:00.000Z'),
  };
  return z
    .object({
      ...{ id: envelope.id, type: z.literal(type), timestamp: envelope.timestamp, position: envelope.position },
      data: z.object({ ...subject, ...data.shape, links }),
    })
    .meta({ id: `Event.${type}`, description, examples: [eventPayload(facts, 'https://portage.example.com')] });
}

const [first, ...others] = eventTypeNames;

/** An event of any type; the field `type` names it. */
export const eventSchema = z
  .discriminatedUnion('type', [schemaOf(first), ...others.map(schemaOf)])
  .meta({ id: 'Event', description: 'What happened. A webhook has the same body' }) as unknown as z.ZodType<
  EventPayload,
  EventPayload
>;
