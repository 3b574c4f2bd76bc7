/**
 * Removes old rows: events, delivery results, answers for idempotency keys, and deleted webhook endpoints.
 *
 * Events of a host app are removed in the order of their positions, and the row of the host app holds the last removed
 * position. So a reader by position either gets every event after it, or can be notified that some are gone. An event
 * stays as long as it has a delivery. An event about a shared Google account stays as long as it names a user, since
 * Portage queries it (consents/shared-accounts.ts).
 */
import { and, eq, inArray, lt, sql } from 'drizzle-orm';

import { answerKeptMs } from '../domain/idempotency';
import type { Database } from './database';
import { idempotencyKeys, webhookDeliveries, webhookEndpoints } from './schema';

export type EventPruning = ReturnType<typeof createEventPruning>;

/** The number of removed rows. */
export interface Pruned {
  readonly deliveries: number;
  readonly events: number;
  readonly answers: number;
  readonly endpoints: number;
}

/** A statement that writes an event to an endpoint has ended long before this (timeouts.ts). */
const endpointKeptMs = 3_600_000;

/**
 * Prevents the removal of a host app's events while a replay makes deliveries of them, and the reverse.
 *
 * @param hostAppId the id, or a query for it
 */
export const holdOldEvents = (hostAppId: ReturnType<typeof sql>) =>
  sql`select pg_advisory_xact_lock(hashtextextended('portage old events ' || (${hostAppId}), 0))`;

async function rowsOf<T>(tx: Pick<Database, 'execute'>, query: ReturnType<typeof sql>): Promise<T[]> {
  return ((await tx.execute(query)) as { rows: unknown[] }).rows as T[];
}

/**
 * Deliveries that a disabled endpoint has not accepted in this time are given up, and removed later like other failed
 * ones.
 */
async function giveUp(db: Database, before: string, at: string, limit: number): Promise<void> {
  await db.execute(sql`
    update webhook_deliveries set state = 'failed', ended_at = ${at}::timestamptz
    where state = 'pending' and (endpoint_id, event_id) in (
      select delivery.endpoint_id, delivery.event_id from webhook_deliveries delivery
      join webhook_endpoints endpoint on endpoint.id = delivery.endpoint_id
      where endpoint.state = 'disabled' and delivery.state = 'pending' and delivery.next_at < ${before}::timestamptz
      limit ${limit})`);
}

async function pruneDeliveries(db: Database, before: string, limit: number): Promise<number> {
  const isOver = sql`state <> 'pending' and ended_at < ${before}::timestamptz`;
  const rows = await rowsOf(
    db,
    sql`delete from webhook_deliveries where ${isOver} and (endpoint_id, event_id) in (
      select endpoint_id, event_id from webhook_deliveries where ${isOver} order by ended_at limit ${limit})
    returning event_id`,
  );
  return rows.length;
}

/** Removes the oldest events of one host app, up to the first one that stays. */
async function pruneEventsOf(db: Database, hostAppId: string, before: string, limit: number): Promise<number> {
  return db.transaction(async (tx) => {
    await tx.execute(holdOldEvents(sql`${hostAppId}::text`));
    const [bound] = await rowsOf<{ until: number | null }>(
      tx,
      sql`with oldest as (
        select event.position, event.created_at >= ${before}::timestamptz
          or exists (select from webhook_deliveries where event_id = event.id) as stays
        from events event join host_apps app on app.id = event.host_app_id
        where app.id = ${hostAppId} and event.position > app.pruned_event_position
        order by event.position limit ${limit}
      ) select coalesce(min(position) filter (where stays) - 1, max(position))::float8 as until from oldest`,
    );
    const until = bound?.until ?? 0;
    const gone = await rowsOf(
      tx,
      sql`delete from events where host_app_id = ${hostAppId} and position <= ${until}
        and not (type = 'consent.account_shared' and data ? 'userId')
        and not exists (select from webhook_deliveries where event_id = events.id) returning id`,
    );
    // Must be the last write, as in write-events.ts.
    await tx.execute(sql`update host_apps set pruned_event_position = ${until}
      where id = ${hostAppId} and pruned_event_position < ${until}`);
    return gone.length;
  });
}

async function pruneEvents(db: Database, before: string, limit: number): Promise<number> {
  const due = await rowsOf<{ id: string }>(
    db,
    sql`select app.id from host_apps app where (
        select created_at from events where host_app_id = app.id and position > app.pruned_event_position
        order by position limit 1) < ${before}::timestamptz
      order by app.id limit ${limit}`,
  );
  let events = 0;
  for (const { id } of due) {
    if (events >= limit) break;
    events += await pruneEventsOf(db, id, before, limit);
  }
  return events;
}

async function pruneEndpoints(db: Database, at: Date): Promise<number> {
  const isOver = and(
    eq(webhookEndpoints.state, 'deleted'),
    lt(webhookEndpoints.deletedAt, new Date(at.getTime() - endpointKeptMs)),
  );
  return db.transaction(async (tx) => {
    const over = (await tx.select({ id: webhookEndpoints.id }).from(webhookEndpoints).where(isOver)).map(
      ({ id }) => id,
    );
    if (over.length === 0) return 0;
    await tx.delete(webhookDeliveries).where(inArray(webhookDeliveries.endpointId, over));
    await tx.delete(webhookEndpoints).where(inArray(webhookEndpoints.id, over));
    return over.length;
  });
}

async function pruneAnswers(db: Database, at: Date, limit: number): Promise<number> {
  const isOver = lt(idempotencyKeys.startedAt, new Date(at.getTime() - answerKeptMs));
  const over = db.select({ id: idempotencyKeys.id }).from(idempotencyKeys).where(isOver).limit(limit);
  const gone = await db
    .delete(idempotencyKeys)
    .where(and(inArray(idempotencyKeys.id, over), isOver))
    .returning({ id: idempotencyKeys.id });
  return gone.length;
}

export function createEventPruning(db: Database) {
  return {
    /**
     * Removes rows that are older, in batches: the rest is removed by the next call.
     *
     * @param keptMs how long events are kept, and deliveries after their end
     * @param limit rows of each kind, and host apps
     */
    async pruneOld(at: Date, keptMs: number, limit: number): Promise<Pruned> {
      const before = new Date(at.getTime() - keptMs).toISOString();
      await giveUp(db, before, at.toISOString(), limit);
      const endpoints = await pruneEndpoints(db, at);
      const deliveries = await pruneDeliveries(db, before, limit);
      const events = await pruneEvents(db, before, limit);
      return { deliveries, events, answers: await pruneAnswers(db, at, limit), endpoints };
    },
  };
}
