/** Host apps; the statements about their API keys are in api-keys.ts. */
import { eq, sql } from 'drizzle-orm';

import type { AuditActor } from '../domain/audit';
import { PortageError } from '../domain/error-codes';
import { apiKeyQueries } from './api-keys';
import type { AuditRecorder } from './audit-log';
import type { Database } from './database';
import type { SettingChanges } from './host-app-settings';
import type { OwnSecrets } from './own-secrets';
import type { HostApp } from './rows';
import { hostApps } from './schema';

export type { HostApp } from './rows';
export type HostAppStore = ReturnType<typeof createHostAppStore>;

export interface HostAppChanges {
  readonly requiresConfirmation?: boolean;
  readonly returnUrls?: string[];
  /**
   * A stored client (google-clients.ts), or null for the one of the configuration. Existing consents keep their client.
   */
  readonly googleClientId?: string | null;
  readonly settings?: SettingChanges;
}

export function createHostAppStore(db: Database, secrets: OwnSecrets, audit: AuditRecorder) {
  const keys = apiKeyQueries(db, secrets, audit);
  return {
    ...keys,

    async find(id: string): Promise<HostApp | undefined> {
      const [hostApp] = await db.select().from(hostApps).where(eq(hostApps.id, id));
      return hostApp;
    },

    /** The host app that a key belongs to, or undefined when the key is refused. */
    async findByApiKey(key: string, at: Date = new Date()): Promise<HostApp | undefined> {
      try {
        return (await keys.authenticate(key, at)).hostApp;
      } catch (error) {
        if (error instanceof PortageError && error.status === 401) return undefined;
        throw error;
      }
    },

    /** All host apps, by name. */
    async list(): Promise<HostApp[]> {
      return db.select().from(hostApps).orderBy(hostApps.name);
    },

    /**
     * Applies to connect sessions that are made from now on.
     *
     * @param before runs in the same transaction, once the host app's row is read, for example to store its client
     * @returns the host app as it is now; undefined when no host app has this name
     */
    async change(
      name: string,
      changes: HostAppChanges,
      { by, at, before }: { by: AuditActor; at: Date; before?: ((tx: Database) => Promise<void>) | undefined },
    ): Promise<HostApp | undefined> {
      const recordAudit = await audit.recorder();
      return db.transaction(async (tx) => {
        const { settings, ...columns } = changes;
        const isNamed = eq(hostApps.name, name);
        const [hostApp] = await tx.select({ id: hostApps.id }).from(hostApps).where(isNamed).for('no key update');
        if (hostApp === undefined) return undefined;
        await before?.(tx);
        const [changed] = await tx
          .update(hostApps)
          // A setting that is null is removed.
          .set({
            ...columns,
            ...(settings && {
              settings: sql`jsonb_strip_nulls(${hostApps.settings} || ${JSON.stringify(settings)}::jsonb)`,
            }),
          })
          .where(isNamed)
          .returning();
        if (changed === undefined) return undefined;
        await recordAudit(tx, {
          ...{ action: 'host_app.changed', actor: by, object: changed.id, details: { ...changes }, at },
        });
        return changed;
      });
    },
  };
}
