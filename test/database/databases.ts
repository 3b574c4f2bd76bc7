/** Every database that Portage runs on, so that one table of stories runs on each of them. */
import { getTableName, sql } from 'drizzle-orm';

import type { Database, OpenDatabase } from '../../src/database/database';
import { openDatabase } from '../../src/database/open-database';
import { createConnectSessionStore, type ConnectSession } from '../../src/database/connect-sessions';
import { createConsentStore } from '../../src/database/consents';
import { createExportStore } from '../../src/database/exports';
import { createAuditLog, type AuditLog } from '../../src/database/audit-log';
import { createHostAppStore } from '../../src/database/host-apps';
import { createOwnSecrets } from '../../src/database/own-secrets';
import * as schema from '../../src/database/schema';
import { createTokenStore } from '../../src/database/tokens';
import { createVault, type Vault } from '../../src/vault';
import { embeddedDatabase } from '../support/database';
import { startTestPostgres } from '../support/postgres';

export const at = new Date('2026-03-01T09:30:00.000Z');
export const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000);

const vault = createVault([{ id: 'k1', key: Buffer.alloc(32, 1) }]);

/** An audit log of a database, with the keys of the stages. */
export const auditOf = (db: Database): AuditLog => createAuditLog(db, createOwnSecrets(db, vault));
export const hostAppsOf = (db: Database) => createHostAppStore(db, createOwnSecrets(db, vault), auditOf(db));

/**
 * The stage of a story: the stores of one database, and functions that make a session and a consent.
 *
 * @param ownVault of a Portage that has the database, too: its own secrets are sealed with it
 * @param owner the same database as the role that owns the tables
 */
export function createStage(db: Database, ownVault: Vault = vault, owner = db) {
  const secrets = createOwnSecrets(db, ownVault);
  const audit = createAuditLog(db, secrets);
  const hostApps = createHostAppStore(db, secrets, audit);
  const connectSessions = createConnectSessionStore(db);
  const consents = createConsentStore(db, vault);
  const exports = createExportStore(db);
  const tokens = createTokenStore(db, vault);

  const stage = {
    db,
    /** For what the role of servers and workers may not do. */
    owner,
    vault,
    audit,
    hostApps,
    connectSessions,
    consents,
    exports,
    tokens,

    async session(request: Partial<Parameters<typeof connectSessions.create>[0]> = {}): Promise<ConnectSession> {
      const hostAppId = request.hostAppId ?? (await hostApps.createApiKey(`app ${crypto.randomUUID()}`)).hostApp.id;
      const { id } = await connectSessions.create({
        hostAppId,
        userId: 'user-1',
        resources: ['chrome.history', 'myactivity.search'],
        returnUrl: undefined,
        at,
        expiresAt: later(60),
        ...request,
      });
      const session = await connectSessions.find(id);
      if (session === undefined) throw new Error('the session that was just made is not there');
      return session;
    },

    /** A consent with tokens, as the callback stores it. */
    async consent(grant: Partial<Parameters<typeof consents.create>[0]> = {}): Promise<string> {
      return consents.create({
        session: grant.session ?? (await stage.session()),
        resources: ['chrome.history'],
        accessType: undefined,
        endsAt: undefined,
        tokens: { accessToken: 'access-1', accessTokenExpiresAt: later(60), refreshToken: 'refresh-1' },
        at,
        ...grant,
      });
    },

    /** The events of a consent, in order. */
    async eventsOf(consentId: string) {
      const rows = await db.select().from(schema.events).orderBy(schema.events.createdAt, schema.events.id);
      return rows.filter((row) => row.consentId === consentId);
    },

    /** Every row of every table, as text. */
    async everyRow(): Promise<string> {
      const tables = Object.values(schema).map(getTableName);
      const rows = await Promise.all(
        tables.map((table) => db.execute(sql`select row_to_json(t)::text from ${sql.identifier(table)} t`)),
      );
      return JSON.stringify(rows);
    },
  };
  return stage;
}

export type Stage = ReturnType<typeof createStage>;
export type Story = (sentence: string, check: (stage: Stage, kind: string) => Promise<void>) => void;

/**
 * Opens an in-memory PGlite and, where one can be had, a PostgreSQL, and runs each story on both of them; reports on
 * standard error why there is only one.
 */
export function onEveryDatabase(define: (story: Story) => void): void {
  const open: { kind: string; database: OpenDatabase; owner?: OpenDatabase; stop: () => Promise<void> }[] = [];

  beforeAll(async () => {
    open.push({
      kind: 'PGlite',
      database: await openDatabase(await embeddedDatabase()),
      stop: () => Promise.resolve(),
    });
    const postgres = await startTestPostgres({ migrated: true });
    if ('missing' in postgres) {
      process.stderr.write(`These stories run on PGlite only. ${postgres.missing}\n`);
    } else {
      const [database, owner] = [await openDatabase(postgres), await openDatabase({ url: postgres.ownerUrl ?? '' })];
      open.push({ kind: 'PostgreSQL', database, owner, stop: () => postgres.stop() });
    }
  });

  afterAll(async () => {
    for (const { database, owner, stop } of open) {
      await database.close();
      await owner?.close();
      await stop();
    }
  });

  define((sentence, check) => {
    it(sentence, async () => {
      for (const { kind, database, owner } of open) {
        try {
          await check(createStage(database.db, vault, owner?.db), kind);
        } catch (error) {
          if (error instanceof Error) error.message = `On ${kind}: ${error.message}`;
          throw error;
        }
      }
    });
  });
}
