/**
 * Webhook endpoints with their sealed secrets, and the deliveries to them. The statements are in the folder `webhooks`,
 * by purpose.
 */
import type { Vault } from '../vault';
import type { Database } from './database';
import { dueQueries } from './webhooks/due-streams';
import { endpointQueries } from './webhooks/endpoints';
import { outcomeQueries } from './webhooks/outcomes';
import { replayQueries } from './webhooks/replay';
import { secretQueries } from './webhooks/secrets';

export type { Event, WebhookDelivery, WebhookEndpoint } from './rows';
export type { WebhookStream } from './webhooks/due-streams';
export type { Outcome } from './webhooks/outcomes';
export type { ReplayChoice } from './webhooks/replay';
export type WebhookStore = ReturnType<typeof createWebhookStore>;

export function createWebhookStore(db: Database, vault: Vault) {
  return {
    ...endpointQueries(db, vault),
    ...secretQueries(db, vault),
    ...dueQueries(db),
    ...outcomeQueries(db),
    ...replayQueries(db),
  };
}
