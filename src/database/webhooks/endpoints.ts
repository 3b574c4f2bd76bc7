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

/** What is undefined stays. */
interface EndpointChange {
  readonly url?: string | undefined;
  readonly eventTypes?: EventType[] | null | undefined;
}

export function endpointQueries(db: Database, vault: Vault) {
  const { id: idColumn } = webhookEndpoints;
  const isThere = ne(webhookEndpoints.state, 'deleted');
  const find = async (id: string): Promise<WebhookEndpoint | undefined> => {
    const [found] = await db
      .select()
      .from(webhookEndpoints)
      .where(and(eq(idColumn, id), isThere));
    return found;
  };

  return {
    findEndpoint: find,

    /**
     * @param of `eventTypes`: only these, undefined: all; `url` is checked by the caller (webhooks/check-url.ts)
     * @throws PortageError `WEBHOOK_ENDPOINTS_TOO_MANY`
     */
    async createEndpoint(of: {
      hostAppId: string;
      url: string;
      eventTypes: EventType[] | undefined;
      at: Date;
    }): Promise<{ endpoint: WebhookEndpoint; secrets: WebhookSecrets }> {
      const id = newId('whe');
      const secrets = newSecrets();
      const { hostAppId, url, eventTypes = null, at } = of;
      return db.transaction(async (tx) => {
        // Held, so that no two at once go past the bound.
        await tx.select({ id: hostApps.id }).from(hostApps).where(eq(hostApps.id, hostAppId)).for('no key update');
        const count = await tx.$count(webhookEndpoints, and(eq(webhookEndpoints.hostAppId, hostAppId), isThere));
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

    /** Oldest first. @param hostAppId undefined: of all host apps */
    async listEndpoints(hostAppId?: string): Promise<WebhookEndpoint[]> {
      const ofHostApp = hostAppId === undefined ? undefined : eq(webhookEndpoints.hostAppId, hostAppId);
      return db.select().from(webhookEndpoints).where(and(ofHostApp, isThere)).orderBy(asc(idColumn));
    },

    /**
     * Changes what is given. With a new address, what the endpoint has not taken yet is tried again at once.
     *
     * @param changed `url` is checked by the caller; `eventTypes`: null for all
     * @returns the endpoint as it is now; undefined when there is no such endpoint
     */
    changeEndpoint: (id: string, changed: EndpointChange, at: Date): Promise<WebhookEndpoint | undefined> =>
      db.transaction((tx) => change(tx, id, changed, at)),

    /** Has an event sent to this endpoint alone. @returns the event's id; undefined when there is no such endpoint */
    async testEndpoint(id: string, at: Date): Promise<string | undefined> {
      const endpoint = await find(id);
      if (endpoint === undefined) return undefined;
      const { hostAppId } = endpoint;
      return db.transaction((tx) =>
        recordTestEvent(tx, { hostAppId, type: 'webhook_endpoint.test', data: { endpointId: id }, at }),
      );
    },

    /** What it has not taken yet is sent again at once. @returns whether there is such an endpoint */
    async enableEndpoint(id: string, at: Date): Promise<boolean> {
      return db.transaction(async (tx) => {
        await tryAgainAt(tx, id, at);
        const enabled = await tx
          .update(webhookEndpoints)
          .set({ state: 'enabled', disabledReason: null, failingSince: null })
          .where(and(eq(idColumn, id), isThere))
          .returning({ id: idColumn });
        return enabled.length > 0;
      });
    },

    /** What it has not taken yet is kept for the time when it is enabled again. @returns whether it was enabled before */
    async disableEndpoint(id: string, reason: DisabledReason, at: Date): Promise<boolean> {
      return db.transaction((tx) => disable(tx, id, reason, at));
    },

    /**
     * Nothing more is sent, and address, secrets and deliveries go. The row itself stays a while, since an event that is being
     * written may name it (event-pruning.ts).
     */
    async deleteEndpoint(id: string, at: Date): Promise<void> {
      const nothing = { url: '', eventTypes: [], sealedFormerSecrets: null, formerSecretsUntil: null };
      await db.transaction(async (tx) => {
        // In the order of outcomes.ts, so that the two never wait for each other.
        await tx.delete(webhookDeliveries).where(eq(webhookDeliveries.endpointId, id));
        await tx
          .update(webhookEndpoints)
          // Nobody knows the secrets that take the place of the former ones.
          .set({ state: 'deleted', deletedAt: at, ...nothing, sealedSecrets: sealSecrets(vault, id, newSecrets()) })
          .where(and(eq(idColumn, id), isThere));
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
 * Has everything that the endpoint has not taken yet sent from then on, with all tries before it. It goes before the change of
 * the endpoint itself: outcomes.ts locks in this order, too, so that the two never wait for each other.
 */
async function tryAgainAt(tx: Database, endpointId: string, at: Date): Promise<void> {
  await tx
    .update(webhookDeliveries)
    .set({ nextAt: at, tries: 0, wokenAt: null })
    .where(and(eq(webhookDeliveries.endpointId, endpointId), eq(webhookDeliveries.state, 'pending')));
}

/** @param tx a transaction, which writes nothing afterwards (write-events.ts). @returns whether it was enabled before */
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
