/** The result of a try to deliver, and its effect on the endpoint. */
import { and, eq, isNotNull, sql } from 'drizzle-orm';

import type { DisabledReason } from '../../domain/states';
import { attemptsKept, failingForMs, type DeliveryAttempt } from '../../domain/webhook-retries';
import type { Database } from '../database';
import type { WebhookDelivery } from '../rows';
import { webhookDeliveries, webhookEndpoints } from '../schema';
import { disable } from './endpoints';

export type Outcome =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'retry'; readonly nextAt: Date }
  /** The last try failed. */
  | { readonly kind: 'failed' }
  /** The endpoint answered that it no longer exists: nothing more is sent to it. */
  | { readonly kind: 'gone' };

export function outcomeQueries(db: Database) {
  return {
    /**
     * Records a try. A repeat, after the worker died or the database's answer was lost, records one more try of the
     * same delivery; a delivery that has ended meanwhile is not changed.
     *
     * @param sentTo the address of the try: its failure does not count against a new address of the endpoint
     * @returns why the endpoint was disabled, if this try caused it
     */
    async recordAttempt(
      { endpointId, eventId }: Pick<WebhookDelivery, 'endpointId' | 'eventId'>,
      attempt: DeliveryAttempt,
      outcome: Outcome,
      sentTo?: string,
    ): Promise<DisabledReason | undefined> {
      const at = new Date(attempt.at);
      return db.transaction(async (tx) => {
        const place = and(eq(webhookDeliveries.endpointId, endpointId), eq(webhookDeliveries.eventId, eventId));
        const [before] = await tx.select().from(webhookDeliveries).where(place).for('update');
        if (before?.state !== 'pending') return undefined;
        const kept = [...before.attempts, attempt].slice(-attemptsKept);
        if (outcome.kind !== 'delivered' && !(await isAddressOf(tx, endpointId, sentTo))) {
          await tx.update(webhookDeliveries).set({ attempts: kept }).where(place);
          return undefined;
        }
        await tx
          .update(webhookDeliveries)
          .set({
            attempts: kept,
            tries: before.tries + 1,
            ...(outcome.kind === 'retry' && { nextAt: outcome.nextAt }),
            ...((outcome.kind === 'delivered' || outcome.kind === 'failed') && { state: outcome.kind, endedAt: at }),
          })
          .where(place);
        const reason = await judgeEndpoint(tx, endpointId, outcome, at);
        if (reason === undefined) return undefined;
        return (await disable(tx, endpointId, reason, at)) ? reason : undefined;
      });
    },
  };
}

async function isAddressOf(tx: Database, id: string, url: string | undefined): Promise<boolean> {
  if (url === undefined) return true;
  const [endpoint] = await tx
    .select({ url: webhookEndpoints.url })
    .from(webhookEndpoints)
    .where(eq(webhookEndpoints.id, id));
  return endpoint?.url === url;
}

/** @returns why the endpoint has to be disabled */
async function judgeEndpoint(
  tx: Database,
  id: string,
  { kind }: Outcome,
  at: Date,
): Promise<DisabledReason | undefined> {
  const { id: idColumn, failingSince } = webhookEndpoints;
  if (kind === 'delivered') {
    await tx
      .update(webhookEndpoints)
      .set({ failingSince: null })
      .where(and(eq(idColumn, id), isNotNull(failingSince)));
    return undefined;
  }
  const [endpoint] = await tx
    .update(webhookEndpoints)
    .set({ failingSince: sql`coalesce(${failingSince}, ${at.toISOString()}::timestamptz)` })
    .where(eq(idColumn, id))
    .returning();
  if (kind === 'gone') return 'gone';
  const sinceMs = endpoint?.failingSince?.getTime() ?? at.getTime();
  return at.getTime() - sinceMs >= failingForMs ? 'failing' : undefined;
}
