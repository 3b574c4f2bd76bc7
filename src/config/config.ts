/** The configuration as the rest of the code uses it. */
import type { ArchiveLimits } from '../domain/archive-limits';
import type { DownloadSettings, Policy, Retention } from '../domain/policy';
import type { KmsSettings } from '../kms-sealer';
import type { StorageLocation } from '../storage/location';
import type { TemporalAccess } from '../temporal/connection-options';
import type { VaultKey } from '../vault';
import type { UnsafeSetting } from './value-formats';

export interface Config {
  readonly publicUrl: string;
  readonly host: string;
  readonly port: number;
  /** Proxies from which the header with a caller's address is accepted. */
  readonly trustedProxies: string[];
  /** In a minute, at each server. */
  readonly requestLimits: { readonly pages: number; readonly api: number };
  readonly databaseUrl: string | undefined;
  /** The role that owns the tables; only migrations use it. */
  readonly databaseOwnerUrl: string | undefined;
  /** Absolute path. */
  readonly dataDir: string;
  readonly storage: StorageLocation;
  /** Networks to which webhooks may be sent although they are not public, as CIDR. */
  readonly webhookPrivateNetworks: readonly string[];
  /** When they are not set, the AWS SDK looks for credentials in its usual places. */
  readonly s3Credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  readonly vaultKeys: readonly VaultKey[];
  readonly kms: KmsSettings;
  readonly google: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly redirectUri: string;
    readonly projectNumber: string | undefined;
    readonly emulatorUrl: string | undefined;
    readonly callsPerMinute: number;
    readonly extraResources: readonly string[];
  };
  readonly temporal: TemporalAccess & {
    readonly namespace: string;
    readonly taskQueue: string;
    readonly payloads: 'encrypted' | 'readable';
    /** Whether payloads that are not sealed are used. */
    readonly acceptsUnsealed: boolean;
  };
  readonly policy: Policy;
  readonly housekeepingEveryMs: number;
  readonly archiveLimits: ArchiveLimits;
  readonly download: DownloadSettings;
  /** Undefined keeps everything. */
  readonly retention: Retention | undefined;
  /** How long entries of the audit log are kept; undefined keeps them all. */
  readonly auditRetentionMs: number | undefined;
  /** How long events are kept, and deliveries of webhooks after their end. */
  readonly eventRetentionMs: number;
  readonly connectLinkTtlMs: number;
  /** How long a grant waits for its host app's confirmation (docs/google-api.md Q12 bounds it). */
  readonly confirmWithinMs: number;
  /**
   * How long before its end Google lets a grant be renewed. It is used only in pages and answers, since Google decides.
   */
  readonly renewalWindowMs: number;
  /** Unsafe settings that do not keep server and worker from starting. */
  readonly allowedUnsafe: readonly UnsafeSetting[];
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}
