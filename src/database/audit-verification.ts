/** Walks the chain of the audit log and finds the first entry that was changed, removed or inserted. */
import { and, asc, eq, gt, isNotNull, isNull } from 'drizzle-orm';

import { chainStart, linkHash, type ChainHead } from './audit-chain';
import { isGenuine, isSameText, type AuditEntry } from './audit-entry';
import type { Database } from './database';
import { auditLog } from './schema';

export type AuditFaultKind = 'changed' | 'removed' | 'inserted';

export interface AuditFault {
  readonly kind: AuditFaultKind;
  /** The number at which the chain breaks; undefined for an entry that is no link yet. */
  readonly number: number | undefined;
  /** Of the entry that is there; undefined where it is missing. */
  readonly id: string | undefined;
  readonly text: string;
}

export interface AuditVerification {
  /** The first and the last link that hold; undefined where there is none. */
  readonly from: number | undefined;
  readonly head: ChainHead | undefined;
  readonly fault: AuditFault | undefined;
}

const linksPerPage = 1_000;

/** @param expected a head that was noted earlier: the chain has to have it, or to begin after it */
export async function verifyChain(db: Database, key: Buffer, expected?: ChainHead): Promise<AuditVerification> {
  let from: number | undefined;
  let head: ChainHead | undefined;
  const broken = (kind: AuditFaultKind, number: number | undefined, id: string | undefined, text: string) => ({
    from,
    head,
    fault: { kind, number, id, text },
  });

  for (let after = 0; ;) {
    const page = await db
      .select()
      .from(auditLog)
      .where(and(isNotNull(auditLog.number), gt(auditLog.number, after)))
      .orderBy(asc(auditLog.number))
      .limit(linksPerPage);
    for (const entry of page) {
      const number = entry.number ?? 0;
      const former = head ?? (await beginning(db, key, number));
      const due = (former ?? chainStart).number + 1;
      if (former === undefined || number !== due) {
        const last = number - 1;
        const which = last === due ? `The entry ${due} is` : `The entries ${due} to ${last} are`;
        return broken('removed', due, undefined, `${which} missing, and no pruning explains it.`);
      }
      const wrong = faultOf(key, former, entry);
      if (wrong !== undefined) return broken(wrong.kind, number, entry.id, wrong.text);
      head = { number, hash: entry.hash ?? '' };
      from ??= number;
      if (expected?.number === number && !isSameText(expected.hash, head.hash)) {
        return broken('changed', number, entry.id, `The entry ${number} has another hash than the one expected.`);
      }
    }
    const last = page.at(-1)?.number ?? undefined;
    if (last === undefined || page.length < linksPerPage) break;
    after = last;
  }
  if (expected !== undefined && expected.number > (head?.number ?? 0)) {
    const text = `The entries after ${head?.number ?? 0} are missing: ${expected.number} was the last one.`;
    return broken('removed', (head?.number ?? 0) + 1, undefined, text);
  }
  for (const entry of await db.select().from(auditLog).where(isNull(auditLog.number)).limit(linksPerPage)) {
    if (!isGenuine(key, entry)) return broken('inserted', undefined, entry.id, notGenuine(entry));
  }
  return { from, head, fault: undefined };
}

/** @returns what the first link that is there follows: nothing, or what the newest pruning says; undefined for neither */
async function beginning(db: Database, key: Buffer, first: number): Promise<ChainHead | undefined> {
  if (first === chainStart.number + 1) return chainStart;
  for (const entry of await db.select().from(auditLog).where(eq(auditLog.action, 'audit.pruned'))) {
    const { through, hash } = entry.details ?? {};
    if (through === first - 1 && typeof hash === 'string' && isGenuine(key, entry)) return { number: through, hash };
  }
  return undefined;
}

function faultOf(key: Buffer, former: ChainHead, entry: AuditEntry): Omit<AuditFault, 'number' | 'id'> | undefined {
  const number = former.number + 1;
  const hash = entry.hash ?? '';
  const linked = (genuine: boolean) => isSameText(hash, linkHash(key, former.hash, entry, number, genuine));
  if (isGenuine(key, entry)) {
    return linked(true)
      ? undefined
      : { kind: 'changed', text: `The entry ${number} (${entry.id}) is genuine, but does not belong at this place.` };
  }
  if (linked(true)) {
    return { kind: 'changed', text: `The entry ${number} (${entry.id}) was changed after it was written.` };
  }
  return { kind: 'inserted', text: notGenuine(entry) };
}

const notGenuine = ({ id, number }: AuditEntry) =>
  `The entry ${number === null ? id : `${number} (${id})`} was inserted: Portage, or a release that knows the chain, did not write it.`;
