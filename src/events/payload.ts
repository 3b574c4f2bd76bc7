/** An event as host apps get it: by webhook, and from the API. */
import type { EventType } from '../domain/states';
import { eventTypes } from './event-types';

/** What a payload is made of; a row of the table of events has it. */
export interface EventFacts {
  readonly id: string;
  readonly type: EventType;
  readonly position: number | null;
  readonly consentId: string | null;
  readonly exportId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
}

export type EventPayload = ReturnType<typeof eventPayload>;

/**
 * Made of the row alone, always in the same order, so that each try of a delivery sends the same bytes. Of the row's data
 * only what the type names is taken: rows of earlier releases hold ids of users.
 *
 * @param publicUrl under which the links lead to the API
 */
export function eventPayload(event: EventFacts, publicUrl: string) {
  const { id, type, position, consentId, exportId, createdAt } = event;
  const named = Object.keys(eventTypes[type].data.shape);
  const told = named.flatMap((name) => (event.data[name] === undefined ? [] : [[name, event.data[name]] as const]));
  // An event of a connect session names in its data the consent that came of it.
  const about = consentId ?? event.data['consentId'];
  const links = {
    ...(typeof about === 'string' && { consent: `${publicUrl}/v1/consents/${about}` }),
    ...(exportId !== null && { export: `${publicUrl}/v1/exports/${exportId}` }),
    ...(type === 'records.available' && { records: `${publicUrl}/v1/exports/${exportId ?? ''}/records` }),
  };
  return {
    ...{ id, type, timestamp: createdAt.toISOString(), position },
    data: {
      ...(consentId !== null && { consentId }),
      ...(exportId !== null && { exportId }),
      ...(Object.fromEntries(told) as Record<string, unknown>),
      ...(Object.keys(links).length > 0 && { links }),
    },
  };
}
