/** The rows of the tables as types, so that the files of a store need not import the store. */
import type { HostAppSettings } from '../domain/host-app-settings';
import type {
  connectSessions,
  consents,
  events,
  exportsTable,
  knownRecords,
  parts,
  segments,
  webhookDeliveries,
  webhookEndpoints,
} from './schema';

export type ConnectSession = typeof connectSessions.$inferSelect;
export type Consent = typeof consents.$inferSelect;
export type Event = typeof events.$inferSelect;
export type Export = typeof exportsTable.$inferSelect;
export type Part = typeof parts.$inferSelect;
export type Segment = typeof segments.$inferSelect;
export type KnownRecords = typeof knownRecords.$inferSelect;
export type WebhookEndpoint = typeof webhookEndpoints.$inferSelect;
export type WebhookDelivery = typeof webhookDeliveries.$inferSelect;

export interface HostApp {
  readonly id: string;
  readonly name: string;
  /** Whether its connect sessions have to be confirmed (docs/api.md). */
  readonly requiresConfirmation: boolean;
  /** The addresses to which its users' browsers may return (domain/return-urls.ts). */
  readonly returnUrls: readonly string[];
  /** The OAuth client for new consents; null means the one of the configuration. */
  readonly googleClientId: string | null;
  readonly settings: HostAppSettings;
}
