/** Streams of deliveries: those that have something to send now, and the next delivery of a stream. */
import { and, asc, eq, sql } from 'drizzle-orm';

import type { Database } from '../database';
import type { Event, WebhookDelivery, WebhookEndpoint } from '../rows';
import { events, webhookDeliveries, webhookEndpoints } from '../schema';

/** The deliveries of one consent, connect session or neither to one endpoint; in the order of the events. */
export interface WebhookStream {
  readonly endpointId: string;
  readonly stream: string;
}

/** A claimed stream's workflow has this long to begin; then the stream can be claimed again. */
const claimSeconds = 60;

export function dueQueries(db: Database) {
  return {
    /**
     * Claims streams that have something to send now, so that the caller starts their workflows: of several processes,
     * one gets a stream. A stream that waits after a failed try is left to the timer of its workflow, unless that is
     * late. Deliveries behind the first one are claimed with it, since the workflow sends them too; there are few,
     * since a stream is one consent or session.
     *
     * @returns the streams, those that wait longest first
     */
    async claimDue(at: Date, limit: number): Promise<WebhookStream[]> {
      const now = sql`${at.toISOString()}::timestamptz`;
      const patience = sql`make_interval(secs => ${claimSeconds})`;
      const isFree = sql`(webhook_deliveries.woken_at is null or webhook_deliveries.woken_at < ${now} - ${patience})`;
      const { rows } = (await db.execute(sql`
        with head as (
          select distinct on (endpoint_id, stream) endpoint_id, event_id, next_at, tries, woken_at
          from webhook_deliveries where state = 'pending'
            and endpoint_id in (select id from webhook_endpoints where state = 'enabled')
          order by endpoint_id, stream, position
        ), due as (
          select endpoint_id, event_id from head
          where next_at <= ${now} - case when tries > 0 then ${patience} else interval '0' end
            and (woken_at is null or woken_at < ${now} - ${patience})
          order by next_at limit ${limit}
        ), taken as (
          update webhook_deliveries set woken_at = ${now} from due
          where webhook_deliveries.endpoint_id = due.endpoint_id and webhook_deliveries.event_id = due.event_id
            and webhook_deliveries.state = 'pending' and ${isFree}
          returning webhook_deliveries.endpoint_id, webhook_deliveries.stream, webhook_deliveries.event_id
        ), behind as (
          update webhook_deliveries set woken_at = ${now} from taken
          where webhook_deliveries.endpoint_id = taken.endpoint_id and webhook_deliveries.stream = taken.stream
            and webhook_deliveries.state = 'pending' and webhook_deliveries.event_id <> taken.event_id
        )
        select endpoint_id as "endpointId", stream from taken`)) as {
        rows: unknown[];
      };
      return rows as WebhookStream[];
    },

    /** Releases a claimed stream whose workflow could not be started. */
    async releaseClaim(stream: WebhookStream): Promise<void> {
      await db.update(webhookDeliveries).set({ wokenAt: null }).where(isPending(stream));
    },

    /** The next delivery; undefined when there is none, or the endpoint is disabled. */
    async nextDelivery(
      stream: WebhookStream,
    ): Promise<{ delivery: WebhookDelivery; event: Event; endpoint: WebhookEndpoint } | undefined> {
      const [due] = await db
        .select({ delivery: webhookDeliveries, event: events, endpoint: webhookEndpoints })
        .from(webhookDeliveries)
        .innerJoin(events, eq(events.id, webhookDeliveries.eventId))
        .innerJoin(webhookEndpoints, eq(webhookEndpoints.id, webhookDeliveries.endpointId))
        .where(and(isPending(stream), eq(webhookEndpoints.state, 'enabled')))
        .orderBy(asc(webhookDeliveries.position))
        .limit(1);
      return due;
    },
  };
}

function isPending({ endpointId, stream }: WebhookStream) {
  return and(
    eq(webhookDeliveries.endpointId, endpointId),
    eq(webhookDeliveries.stream, stream),
    eq(webhookDeliveries.state, 'pending'),
  );
}
