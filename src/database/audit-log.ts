/** The audit log: who did what to which data. An entry is written with the change, or before the data is sent. */
import { and, asc, eq, gt, gte, isNotNull, lte, type SQL } from 'drizzle-orm';

import { linkEntries, readHead, lockChain, type ChainHead } from './audit-chain';
import { recordWith, type AuditEntry, type NewAuditEntry, type RecordAudit } from './audit-entry';
import { verifyChain, type AuditVerification } from './audit-verification';
import type { Database } from './database';
import type { OwnSecrets } from './own-secrets';
import { auditLog } from './schema';

export type { AuditEntry, NewAuditEntry, RecordAudit } from './audit-entry';
export type AuditLog = ReturnType<typeof createAuditLog>;
/** For stores that write entries in their own transactions. */
export type AuditRecorder = Pick<AuditLog, 'recorder'>;

/** Entries wait this long to be linked, together with those that follow in this time. */
const linkAfterMs = 1_000;
/** Each pruning is an entry itself, so it is done at most this often. */
const pruneEveryMs = 3_600_000;
const mostPruned = 50_000;

export function createAuditLog(db: Database, secrets: OwnSecrets) {
  let timer: NodeJS.Timeout | undefined;
  let linking: Promise<unknown> = Promise.resolve();
  const key = () => secrets.open('audit');

  const linkAll = async (waits: boolean): Promise<void> => {
    while ((await linkEntries(db, await key(), waits)) > 0);
  };
  const link = () => linkAll(true);

  const linkSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      // When this fails, it is done with the next entry, by the server's rounds, or by the next verification.
      linking = linkAll(false).catch(() => undefined);
    }, linkAfterMs).unref();
  };

  const recorder = async (): Promise<RecordAudit> => {
    const record = recordWith(await key());
    return async (tx, entry) => {
      await record(tx, entry);
      linkSoon();
    };
  };

  return {
    /** To be called before the transaction in which the entry is written. */
    recorder,

    async append(entry: NewAuditEntry): Promise<void> {
      await (
        await recorder()
      )(db, entry);
    },

    /** Makes every entry a link of the chain; waits for another process that is linking. */
    link,

    /** @returns the last link; undefined when the chain is empty */
    head: (): Promise<ChainHead | undefined> => readHead(db),

    /**
     * Links all entries that are not linked yet, and verifies the chain. @param expected a head that was noted earlier
     */
    async verify(expected?: ChainHead): Promise<AuditVerification> {
      await link();
      return verifyChain(db, await key(), expected);
    },

    /**
     * Entries in the order in which they were written. @param page `after` is the id of the last one of the previous
     * page
     */
    async page(page: { consentId: string | undefined; after: string; limit: number }): Promise<AuditEntry[]> {
      const { consentId, after, limit } = page;
      const own = consentId === undefined ? undefined : eq(auditLog.consentId, consentId);
      return db
        .select()
        .from(auditLog)
        .where(and(gt(auditLog.id, after), own))
        .orderBy(asc(auditLog.id))
        .limit(limit);
    },

    /**
     * Removes the oldest links whose entries were written before `before`, once some of them are an hour older. The
     * last link always stays. An entry `audit.pruned` holds the number and the hash of the last removed link.
     *
     * @returns the number of removed links
     */
    async prune(before: Date, at: Date): Promise<number> {
      const record = await recorder();
      return db.transaction(async (tx) => {
        await lockChain(tx);
        const one = (where: SQL | undefined) =>
          tx.select().from(auditLog).where(where).orderBy(asc(auditLog.number)).limit(1);
        const [oldest] = await one(isNotNull(auditLog.number));
        if (oldest?.number == null || oldest.createdAt.getTime() > before.getTime() - pruneEveryMs) return 0;
        const [kept] = await one(and(isNotNull(auditLog.number), gte(auditLog.createdAt, before)));
        const end = kept?.number ?? (await readHead(tx))?.number ?? 0;
        const through = Math.min(end - 1, oldest.number + mostPruned - 1);
        const [last] = await one(eq(auditLog.number, through));
        if (last === undefined) return 0;
        await tx.delete(auditLog).where(and(isNotNull(auditLog.number), lte(auditLog.number, through)));
        const details = { from: oldest.number, through, hash: last.hash };
        await record(tx, { action: 'audit.pruned', details, at });
        return through - oldest.number + 1;
      });
    },

    /** Links the last entries, and waits for it. */
    async close(): Promise<void> {
      if (timer !== undefined) {
        clearTimeout(timer);
        timer = undefined;
        linking = Promise.all([linking, link().catch(() => undefined)]);
      }
      await linking;
    },
  };
}
