/** Webhook endpoints: made, listed, tested, enabled, disabled and deleted. */
import { and, asc, eq, ne } from 'drizzle-orm';

import { PortageError } from '../../domain/error-codes';
import type { DisabledReason, EventType } from '../../domain/states';
import { endpointsPerHostApp } from '../../domain/webhook-limits';
import type { Vault } from '../../vault';
import { newSecrets, type WebhookSecrets } from '../../webhooks/sign';
import type { Database } from '../database';
import { recordEvent, recordTestEvent } from '../write-events';
import { removeAnswers } from '../idempotency-keys';
import { newId } from '../ids';
import type { WebhookEndpoint } from '../rows';
import { hostApps, webhookDeliveries, webhookEndpoints } from '../schema';
import { sealSecrets } from './secrets';

/** Undefined fields stay as they are. */
interface EndpointChange {
  readonly url?: string | undefined;
  readonly eventTypes?: EventType[] | null | undefined;
}

export function endpointQueries(db: Database, vault: Vault) {
  const { id: idColumn } = webhookEndpoints;
  const isNotDeleted = ne(webhookEndpoints.state, 'deleted');
  const find = async (id: string): Promise<WebhookEndpoint | undefined> => {
    const [endpoint] = await db
      .select()
      .from(webhookEndpoints)
      .where(and(eq(idColumn, id), isNotDeleted));
    return endpoint;
  };

  return {
    findEndpoint: find,

    /**
     * @param request `eventTypes`: only these, undefined: all; `url` is checked by the caller (webhooks/check-url.ts)
     * @throws PortageError `WEBHOOK_ENDPOINTS_TOO_MANY`
     */
    async createEndpoint(request: {
      hostAppId: string;
      url: string;
      eventTypes: EventType[] | undefined;
      at: Date;
    }): Promise<{ endpoint: WebhookEndpoint; secrets: WebhookSecrets }> {
      const id = newId('whe');
      const secrets = newSecrets();
      const { hostAppId, url, eventTypes = null, at } = request;
      return db.transaction(async (tx) => {
        // Locked, so that two calls at the same time cannot exceed the limit.
        await tx.select({ id: hostApps.id }).from(hostApps).where(eq(hostApps.id, hostAppId)).for('no key update');
        const count = await tx.$count(webhookEndpoints, and(eq(webhookEndpoints.hostAppId, hostAppId), isNotDeleted));
        if (count >= endpointsPerHostApp) {
          throw new PortageError('WEBHOOK_ENDPOINTS_TOO_MANY', { detail: `it has ${count}` });
        }
        const [endpoint] = await tx
          .insert(webhookEndpoints)
          .values({ id, hostAppId, url, eventTypes, sealedSecrets: sealSecrets(vault, id, secrets), createdAt: at })
          .returning();
        if (endpoint === undefined) throw new Error(`webhook endpoint ${id} vanished while it was made`);
        return { endpoint, secrets };
      });
    },

    /** Oldest first. @param hostAppId undefined means all host apps */
    async listEndpoints(hostAppId?: string): Promise<WebhookEndpoint[]> {
      const ofHostApp = hostAppId === undefined ? undefined : eq(webhookEndpoints.hostAppId, hostAppId);
      return db.select().from(webhookEndpoints).where(and(ofHostApp, isNotDeleted)).orderBy(asc(idColumn));
    },

    /**
     * Changes the given fields. With a new address, pending deliveries are tried again immediately.
     *
     * @param changed `url` is checked by the caller; `eventTypes`: null for all
     * @returns the endpoint as it is now; undefined when there is no such endpoint
     */
    changeEndpoint: (id: string, changed: EndpointChange, at: Date): Promise<WebhookEndpoint | undefined> =>
      db.transaction((tx) => change(tx, id, changed, at)),

    /** Sends a test event to this endpoint only. @returns the event's id; undefined when there is no such endpoint */
    async testEndpoint(id: string, at: Date): Promise<string | undefined> {
      const endpoint = await find(id);
      if (endpoint === undefined) return undefined;
      const { hostAppId } = endpoint;
      return db.transaction((tx) =>
        recordTestEvent(tx, { hostAppId, type: 'webhook_endpoint.test', data: { endpointId: id }, at }),
      );
    },

    /** Pending deliveries are sent again immediately. @returns whether there is such an endpoint */
    async enableEndpoint(id: string, at: Date): Promise<boolean> {
      return db.transaction(async (tx) => {
        await tryAgainAt(tx, id, at);
        const enabled = await tx
          .update(webhookEndpoints)
          .set({ state: 'enabled', disabledReason: null, failingSince: null })
          .where(and(eq(idColumn, id), isNotDeleted))
          .returning({ id: idColumn });
        return enabled.length > 0;
      });
    },

    /** Pending deliveries are kept until it is enabled again. @returns whether it was enabled before */
    async disableEndpoint(id: string, reason: DisabledReason, at: Date): Promise<boolean> {
      return db.transaction((tx) => disable(tx, id, reason, at));
    },

    /**
     * Ends all sending, and deletes address, secrets and deliveries. The row itself stays for a while, since an event
     * that is being written may refer to it (event-pruning.ts).
     */
    async deleteEndpoint(id: string, at: Date): Promise<void> {
      const nothing = { url: '', eventTypes: [], sealedFormerSecrets: null, formerSecretsUntil: null };
      await db.transaction(async (tx) => {
        // In the order of outcomes.ts, so that the two never deadlock.
        await tx.delete(webhookDeliveries).where(eq(webhookDeliveries.endpointId, id));
        await tx
          .update(webhookEndpoints)
          // Random secrets, stored nowhere else, replace the former ones.
          .set({ state: 'deleted', deletedAt: at, ...nothing, sealedSecrets: sealSecrets(vault, id, newSecrets()) })
          .where(and(eq(idColumn, id), isNotDeleted));
        await removeAnswers(tx, [id]);
      });
    },
  };
}

async function change(
  tx: Database,
  id: string,
  changed: EndpointChange,
  at: Date,
): Promise<WebhookEndpoint | undefined> {
  const hasNewAddress = changed.url !== undefined;
  if (hasNewAddress) await tryAgainAt(tx, id, at);
  const [endpoint] = await tx
    .update(webhookEndpoints)
    .set({ ...changed, ...(hasNewAddress && { failingSince: null }) })
    .where(and(eq(webhookEndpoints.id, id), ne(webhookEndpoints.state, 'deleted')))
    .returning();
  return endpoint;
}

/**
 * Schedules all pending deliveries of the endpoint for this time, with a full set of tries. It must precede the change
 * of the endpoint itself: outcomes.ts locks in the same order, so that the two never deadlock.
 */
async function tryAgainAt(tx: Database, endpointId: string, at: Date): Promise<void> {
  await tx
    .update(webhookDeliveries)
    .set({ nextAt: at, tries: 0, wokenAt: null })
    .where(and(eq(webhookDeliveries.endpointId, endpointId), eq(webhookDeliveries.state, 'pending')));
}

/** @param tx a transaction that writes nothing afterwards (write-events.ts). @returns whether it was enabled before */
export async function disable(tx: Database, id: string, reason: DisabledReason, at: Date): Promise<boolean> {
  const [disabled] = await tx
    .update(webhookEndpoints)
    .set({ state: 'disabled', disabledReason: reason })
    .where(and(eq(webhookEndpoints.id, id), eq(webhookEndpoints.state, 'enabled')))
    .returning();
  if (disabled === undefined) return false;
  const data = { endpointId: id, reason };
  await recordEvent(tx, { hostAppId: disabled.hostAppId, type: 'webhook_endpoint.disabled', data, at });
  return true;
}
