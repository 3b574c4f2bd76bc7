/**
 * The chain of the audit log. One process at a time gives an entry its number and its hash shortly after it was
 * written, so that no writer of an entry waits for another. The hash covers the previous link, so that no link can be
 * changed, removed or inserted without the secret.
 */
import { createHmac } from 'node:crypto';

import { asc, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';

import { contentMac, isGenuine, type AuditEntry } from './audit-entry';
import type { Database } from './database';
import { auditLog } from './schema';

/**
 * An arbitrary number, the same in every Portage process and different from other locks: held while the chain changes.
 */
const chainLock = 7_208_402;
/** Number of entries that are linked in one transaction. */
const linksAtOnce = 500;

export interface ChainHead {
  readonly number: number;
  readonly hash: string;
}

/** The state before the first link. */
export const chainStart: ChainHead = { number: 0, hash: '' };

/** @returns the hash of the link after `former`, hexadecimal */
export function linkHash(
  key: Buffer,
  former: string,
  entry: Pick<AuditEntry, 'mac'>,
  number: number,
  genuine: boolean,
) {
  // Whether an entry was genuine when it was linked stays on record, even if someone changes it afterwards.
  const link = [former, number, entry.mac, genuine];
  return createHmac('sha256', key)
    .update(`link ${JSON.stringify(link)}`)
    .digest('hex');
}

type Transaction = Pick<Database, 'select' | 'update'>;

/** Waits for the lock of the chain, and holds it until the transaction ends. */
export async function lockChain(tx: Pick<Database, 'execute'>): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${chainLock}::bigint)`);
}

/** @returns false when another process holds the lock of the chain */
async function tryLockChain(tx: Pick<Database, 'execute'>): Promise<boolean> {
  const { rows } = (await tx.execute(sql`select pg_try_advisory_xact_lock(${chainLock}::bigint) as taken`)) as {
    rows: unknown[];
  };
  return (rows[0] as { taken: boolean } | undefined)?.taken === true;
}

export async function readHead(tx: Pick<Database, 'select'>): Promise<ChainHead | undefined> {
  const [head] = await tx
    .select({ number: auditLog.number, hash: auditLog.hash })
    .from(auditLog)
    .where(isNotNull(auditLog.number))
    .orderBy(desc(auditLog.number))
    .limit(1);
  return head === undefined ? undefined : { number: head.number ?? 0, hash: head.hash ?? '' };
}

/**
 * Links the oldest entries that have no link yet.
 *
 * @param waits whether to wait for another process that is linking; otherwise nothing is done then
 * @returns the number of new links
 */
export async function linkEntries(db: Database, key: Buffer, waits: boolean): Promise<number> {
  return db.transaction(async (tx) => {
    if (waits) await lockChain(tx);
    else if (!(await tryLockChain(tx))) return 0;
    const head = await readHead(tx);
    if (head === undefined) await adoptEarlier(tx, key);
    const entries = await tx
      .select()
      .from(auditLog)
      .where(isNull(auditLog.number))
      .orderBy(asc(auditLog.id))
      .limit(linksAtOnce);
    let { number, hash } = head ?? chainStart;
    const links = entries.map((entry) => {
      number += 1;
      hash = linkHash(key, hash, entry, number, isGenuine(key, entry));
      return { id: entry.id, number, hash };
    });
    if (links.length > 0) {
      await tx.execute(sql`
        update audit_log set number = link.number, hash = link.hash
        from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as link (id text, number bigint, hash text)
        where audit_log.id = link.id`);
    }
    return links.length;
  });
}

/** Entries that an earlier release wrote get their MAC when the chain begins, and never after that. */
async function adoptEarlier(tx: Transaction, key: Buffer): Promise<void> {
  for (;;) {
    const entries = await tx.select().from(auditLog).where(isNull(auditLog.mac)).limit(linksAtOnce);
    if (entries.length === 0) return;
    for (const entry of entries) {
      const mac = contentMac(key, entry);
      await tx.update(auditLog).set({ mac }).where(eq(auditLog.id, entry.id));
    }
  }
}
