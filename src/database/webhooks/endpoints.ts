/** Webhook endpoints: made, listed, given new secrets, tested, enabled and disabled. */
import { and, asc, eq } from 'drizzle-orm';

import type { DisabledReason, EventType } from '../../domain/states';
import type { Vault } from '../../vault';
import { newSecrets, parseSecrets, type WebhookSecrets } from '../../webhooks/sign';
import type { Database } from '../database';
import { recordEvent, recordTestEvent } from '../events';
import { newId } from '../ids';
import type { WebhookEndpoint } from '../rows';
import { webhookDeliveries, webhookEndpoints } from '../schema';
import { formerSecretsPlace, secretsPlace } from './places';

export function endpointQueries(db: Database, vault: Vault) {
  const { id: idColumn } = webhookEndpoints;
  const find = async (id: string): Promise<WebhookEndpoint | undefined> => {
    const [found] = await db.select().from(webhookEndpoints).where(eq(idColumn, id));
    return found;
  };
  const seal = (id: string, secrets: WebhookSecrets) => vault.seal(JSON.stringify(secrets), secretsPlace(id));

  return {
    findEndpoint: find,

    /** @param of `eventTypes`: only these, undefined: all; `url` is checked by the caller (webhooks/check-url.ts) */
    async createEndpoint(of: {
      hostAppId: string;
      url: string;
      eventTypes: EventType[] | undefined;
      at: Date;
    }): Promise<{ endpoint: WebhookEndpoint; secrets: WebhookSecrets }> {
      const id = newId('whe');
      const secrets = newSecrets();
      const { hostAppId, url, eventTypes = null, at } = of;
      const [endpoint] = await db
        .insert(webhookEndpoints)
        .values({ id, hostAppId, url, eventTypes, sealedSecrets: seal(id, secrets), createdAt: at })
        .returning();
      if (endpoint === undefined) throw new Error(`webhook endpoint ${id} vanished while it was made`);
      return { endpoint, secrets };
    },

    /** Oldest first. @param hostAppId undefined: of all host apps */
    async listEndpoints(hostAppId?: string): Promise<WebhookEndpoint[]> {
      const ofHostApp = hostAppId === undefined ? undefined : eq(webhookEndpoints.hostAppId, hostAppId);
      return db.select().from(webhookEndpoints).where(ofHostApp).orderBy(asc(idColumn));
    },

    /** The secrets that sign at this time: the present ones, then the former ones while they are valid. */
    secretsOf(endpoint: WebhookEndpoint, at: Date): WebhookSecrets[] {
      const { id, sealedSecrets, sealedFormerSecrets, formerSecretsUntil } = endpoint;
      const present = parseSecrets(vault.open(sealedSecrets, secretsPlace(id)));
      if (sealedFormerSecrets === null || formerSecretsUntil === null || formerSecretsUntil <= at) return [present];
      return [present, parseSecrets(vault.open(sealedFormerSecrets, formerSecretsPlace(id)))];
    },

    /**
     * From now on new secrets sign, and beside them the present ones until the overlap ends. Those that were former ones
     * already sign no more.
     *
     * @returns undefined when there is no such endpoint
     */
    async rotateSecrets(id: string, overlapMs: number, at: Date): Promise<WebhookSecrets | undefined> {
      const endpoint = await find(id);
      if (endpoint === undefined) return undefined;
      const present = vault.open(endpoint.sealedSecrets, secretsPlace(id));
      const secrets = newSecrets();
      const rotated = await db
        .update(webhookEndpoints)
        .set({
          sealedSecrets: seal(id, secrets),
          sealedFormerSecrets: overlapMs > 0 ? vault.seal(present, formerSecretsPlace(id)) : null,
          formerSecretsUntil: overlapMs > 0 ? new Date(at.getTime() + overlapMs) : null,
        })
        .where(and(eq(idColumn, id), eq(webhookEndpoints.sealedSecrets, endpoint.sealedSecrets)))
        .returning({ id: idColumn });
      if (rotated.length === 0) throw new Error(`the secrets of ${id} were changed at the same time; try again`);
      return secrets;
    },

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
        const enabled = await tx
          .update(webhookEndpoints)
          .set({ state: 'enabled', disabledReason: null, failingSince: null })
          .where(eq(idColumn, id))
          .returning({ id: idColumn });
        await tx
          .update(webhookDeliveries)
          .set({ nextAt: at, tries: 0, wokenAt: null })
          .where(and(eq(webhookDeliveries.endpointId, id), eq(webhookDeliveries.state, 'pending')));
        return enabled.length > 0;
      });
    },

    /** What it has not taken yet is kept for the time when it is enabled again. @returns whether it was enabled before */
    async disableEndpoint(id: string, reason: DisabledReason, at: Date): Promise<boolean> {
      return db.transaction((tx) => disable(tx, id, reason, at));
    },
  };
}

/** @param tx a transaction, which writes nothing afterwards (events.ts). @returns whether it was enabled before */
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
