/** The secrets of webhook endpoints: opening them to sign, and replacing them. */
import { and, eq, ne } from 'drizzle-orm';

import type { Vault } from '../../vault';
import { newSecrets, parseSecrets, type WebhookSecrets } from '../../webhooks/sign';
import type { Database } from '../database';
import type { WebhookEndpoint } from '../rows';
import { webhookEndpoints } from '../schema';
import { formerSecretsPlace, secretsPlace } from './places';

export function sealSecrets(vault: Vault, endpointId: string, secrets: WebhookSecrets): string {
  return vault.seal(JSON.stringify(secrets), secretsPlace(endpointId));
}

export function secretQueries(db: Database, vault: Vault) {
  const { id: idColumn } = webhookEndpoints;

  return {
    /** The secrets that sign at this time: the present ones, then the former ones while they are valid. */
    secretsOf(endpoint: WebhookEndpoint, at: Date): WebhookSecrets[] {
      const { id, sealedSecrets, sealedFormerSecrets, formerSecretsUntil } = endpoint;
      const present = parseSecrets(vault.open(sealedSecrets, secretsPlace(id)));
      if (sealedFormerSecrets === null || formerSecretsUntil === null || formerSecretsUntil <= at) return [present];
      return [present, parseSecrets(vault.open(sealedFormerSecrets, formerSecretsPlace(id)))];
    },

    /**
     * From now on new secrets sign, together with the present ones until the overlap ends. Older secrets stop signing
     * immediately.
     *
     * @returns undefined when there is no such endpoint
     */
    async rotateSecrets(id: string, overlapMs: number, at: Date): Promise<WebhookSecrets | undefined> {
      return db.transaction(async (tx) => {
        const [endpoint] = await tx
          .select()
          .from(webhookEndpoints)
          .where(and(eq(idColumn, id), ne(webhookEndpoints.state, 'deleted')))
          .for('update');
        if (endpoint === undefined) return undefined;
        const present = vault.open(endpoint.sealedSecrets, secretsPlace(id));
        const secrets = newSecrets();
        await tx
          .update(webhookEndpoints)
          .set({
            sealedSecrets: sealSecrets(vault, id, secrets),
            sealedFormerSecrets: overlapMs > 0 ? vault.seal(present, formerSecretsPlace(id)) : null,
            formerSecretsUntil: overlapMs > 0 ? new Date(at.getTime() + overlapMs) : null,
          })
          .where(eq(idColumn, id));
        return secrets;
      });
    },
  };
}
