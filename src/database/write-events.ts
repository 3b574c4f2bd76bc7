/**
 * Writes facts for the host app, always in the transaction of the change that they describe, together with the
 * deliveries to its webhook endpoints.
 *
 * Each event gets the next position of its host app. The counter is in the row of the host app, and the statement that
 * increments it locks this row until the transaction ends. So positions have no gaps, since a failed transaction undoes
 * its increment, and they become visible in order, since the next transaction increments only after this one has ended:
 * a reader up to a position has missed nothing before it. A sequence guarantees neither.
 *
 * Because the row stays locked, an event must be the last write of a transaction, and a transaction with events for
 * several host apps writes them in the order of their ids. Otherwise two transactions could deadlock.
 */
import { sql, type SQL } from 'drizzle-orm';

import type { EventType } from '../domain/states';
import { appStream } from '../domain/webhook-retries';
import type { EventData } from '../events/event-types';
import type { Database } from './database';
import { newId } from './ids';

export interface NewEvent<T extends EventType = EventType> {
  readonly hostAppId: string;
  readonly type: T;
  readonly consentId?: string;
  readonly exportId?: string;
  /** Ids, states, times and counts; never personal data. */
  readonly data: EventData<T>;
  readonly at: Date;
}

/** A transaction, which can write an event. */
export type EventWriter = Pick<Database, 'execute'>;

/** @param tx the transaction that makes the change */
export async function recordEvent<T extends EventType>(tx: EventWriter, event: NewEvent<T>): Promise<void> {
  await insertEvent(tx, sql`${event.hostAppId}::text`, event, wanted);
}

/** The same for the host app of a consent, in one statement. @param tx the transaction that makes the change */
export async function recordConsentEvent<T extends EventType>(
  tx: EventWriter,
  event: Omit<NewEvent<T>, 'hostAppId'> & { readonly consentId: string },
): Promise<void> {
  await insertEvent(tx, sql`(select host_app_id from consents where id = ${event.consentId})`, event, wanted);
}

/** The same for one endpoint only, whatever types it accepts. @param tx a transaction */
export async function recordTestEvent(tx: EventWriter, event: NewEvent<'webhook_endpoint.test'>): Promise<string> {
  return insertEvent(tx, sql`${event.hostAppId}::text`, event, sql`endpoint.id = ${event.data.endpointId}`);
}

const wanted = sql`endpoint.state = 'enabled' and (endpoint.event_types is null or event.type = any(endpoint.event_types))`;

/** @param receivers the host app's endpoints that get it. @returns the id of the event */
async function insertEvent(
  tx: EventWriter,
  hostAppId: SQL,
  { type, consentId, exportId, data, at }: Omit<NewEvent, 'hostAppId' | 'data'> & { readonly data: unknown },
  receivers: SQL,
): Promise<string> {
  const id = newId('evt');
  await tx.execute(sql`
    with place as (
      update host_apps set last_event_position = last_event_position + 1 where id = ${hostAppId}
      returning id, last_event_position as position
    ), event as (
      insert into events (id, host_app_id, type, consent_id, export_id, data, created_at, position)
      select ${id}::text, id, ${type}::text, ${consentId ?? null}::text, ${exportId ?? null}::text, ${JSON.stringify(data)}::jsonb,
        ${at.toISOString()}::timestamptz, position from place
      returning *
    )
    insert into webhook_deliveries (endpoint_id, event_id, stream, position, next_at)
    select endpoint.id, event.id, coalesce(event.consent_id, event.data ->> 'connectSessionId', ${appStream}::text), event.position, event.created_at
    from event join webhook_endpoints endpoint on endpoint.host_app_id = event.host_app_id where ${receivers}`);
  return id;
}
