/** Deliveries, failed deliveries, and replays. */
import { and, asc, desc, eq, lt, sql } from 'drizzle-orm';

import { PortageError } from '../../domain/error-codes';
import type { DeliveryState } from '../../domain/states';
import { appStream } from '../../domain/webhook-retries';
import type { Database } from '../database';
import { holdOldEvents } from '../event-pruning';
import type { Event, WebhookDelivery } from '../rows';
import { events, webhookDeliveries } from '../schema';

/** The events to send again. */
export type ReplayChoice =
  | { readonly eventId: string }
  /** Every event of the endpoint's types from `since` on, and before `until`. */
  | { readonly since: Date; readonly until?: Date | undefined }
  | 'failures';

export function replayQueries(db: Database) {
  return {
    /** Deliveries whose last try failed, oldest event first. @param endpointId undefined means all endpoints */
    async listFailures(
      endpointId: string | undefined,
      limit: number,
    ): Promise<{ delivery: WebhookDelivery; event: Event }[]> {
      const ofEndpoint = endpointId === undefined ? undefined : eq(webhookDeliveries.endpointId, endpointId);
      return db
        .select({ delivery: webhookDeliveries, event: events })
        .from(webhookDeliveries)
        .innerJoin(events, eq(events.id, webhookDeliveries.eventId))
        .where(and(eq(webhookDeliveries.state, 'failed'), ofEndpoint))
        .orderBy(asc(webhookDeliveries.endpointId), asc(webhookDeliveries.position))
        .limit(limit);
    },

    /**
     * A page of an endpoint's deliveries, those of the newest events first. @param page `after`: older than this event
     */
    async listDeliveries(
      endpointId: string,
      { state, after, limit }: { state: DeliveryState | undefined; after: string | undefined; limit: number },
    ): Promise<{ delivery: WebhookDelivery; event: Event }[]> {
      const { eventId } = webhookDeliveries;
      const isAsked = and(
        eq(webhookDeliveries.endpointId, endpointId),
        state === undefined ? undefined : eq(webhookDeliveries.state, state),
        after === undefined ? undefined : lt(eventId, after),
      );
      return db
        .select({ delivery: webhookDeliveries, event: events })
        .from(webhookDeliveries)
        .innerJoin(events, eq(events.id, eventId))
        .where(isAsked)
        .orderBy(desc(eventId))
        .limit(limit);
    },

    /**
     * Sends events again, with a full set of tries, also delivered ones. They are sent in the order of the events,
     * before newer pending ones.
     *
     * @param atMost the largest number of events; of failures, the oldest ones are taken
     * @returns the number of events
     * @throws PortageError `REPLAY_TOO_LARGE`
     */
    async replay(endpointId: string, choice: ReplayChoice, at: Date, atMost?: number): Promise<number> {
      const now = sql`${at.toISOString()}::timestamptz`;
      let which = sql`sent.state = 'failed'`;
      if (choice !== 'failures') {
        which =
          'eventId' in choice
            ? sql`event.id = ${choice.eventId}`
            : sql`event.created_at >= ${choice.since.toISOString()}::timestamptz
                and event.created_at < ${choice.until?.toISOString() ?? 'infinity'}::timestamptz
                and event.type <> 'webhook_endpoint.test'
                and (endpoint.event_types is null or event.type = any(endpoint.event_types))`;
      }
      const isRange = choice !== 'failures' && !('eventId' in choice);
      // One more row shows that the limit is exceeded.
      const limit = atMost === undefined ? null : atMost + (isRange ? 1 : 0);
      const { rows } = await db.transaction(async (tx) => {
        await tx.execute(holdOldEvents(sql`select host_app_id from webhook_endpoints where id = ${endpointId}`));
        const sent = (await tx.execute(sql`
        insert into webhook_deliveries as delivery (endpoint_id, event_id, stream, position, next_at)
        select endpoint.id, event.id, coalesce(event.consent_id, event.data ->> 'connectSessionId', ${appStream}::text), event.position, ${now}
        from webhook_endpoints endpoint join events event on event.host_app_id = endpoint.host_app_id
        left join webhook_deliveries sent on sent.endpoint_id = endpoint.id and sent.event_id = event.id
        where endpoint.id = ${endpointId} and event.position is not null and ${which}
          and endpoint.state <> 'deleted'
        order by event.position limit ${limit}::bigint
        on conflict (endpoint_id, event_id) do update
        set state = 'pending', tries = 0, next_at = ${now}, woken_at = null, ended_at = null
        returning delivery.event_id`)) as { rows: unknown[] };
        if (isRange && atMost !== undefined && sent.rows.length > atMost) {
          throw new PortageError('REPLAY_TOO_LARGE', { detail: `more than ${atMost} events are in this period` });
        }
        return sent;
      });
      return rows.length;
    },
  };
}
