/** An event as host apps get it: by webhook, and from the API. */
import type { EventType } from '../domain/states';
import { eventTypes } from './event-types';

/** The input of a payload; a row of the table of events has it. */
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
 * Made only from the row, always in the same order, so that each try of a delivery sends the same bytes. It includes
 * only the fields of the type's schema: rows of earlier releases hold ids of users.
 *
 * @param publicUrl base of the links to the API
 */
export function eventPayload(event: EventFacts, publicUrl: string) {
  const { id, type, position, consentId, exportId, createdAt } = event;
  const named = Object.keys(eventTypes[type].data.shape);
  const dataFields = named.flatMap((name) =>
    event.data[name] === undefined ? [] : [[name, event.data[name]] as const],
  );
  // The data of a connect session's event names the resulting consent.
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
      ...(Object.fromEntries(dataFields) as Record<string, unknown>),
      ...(Object.keys(links).length > 0 && { links }),
    },
  };
}
