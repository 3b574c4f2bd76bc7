/** Verifies the chain of the audit log and finds the first entry that was changed, removed or inserted. */
import { and, asc, eq, gt, isNotNull, isNull } from 'drizzle-orm';

import { chainStart, linkHash, type ChainHead } from './audit-chain';
import { isGenuine, isSameText, type AuditEntry } from './audit-entry';
import type { Database } from './database';
import { auditLog } from './schema';

export type AuditFaultKind = 'changed' | 'removed' | 'inserted';

export interface AuditFault {
  readonly kind: AuditFaultKind;
  /** The number at which the chain breaks; undefined for an entry that is not linked yet. */
  readonly number: number | undefined;
  /** The id of the entry with this number; undefined when it is missing. */
  readonly id: string | undefined;
  readonly text: string;
}

export interface AuditVerification {
  /** The first and the last valid link; undefined when there is none. */
  readonly from: number | undefined;
  readonly head: ChainHead | undefined;
  readonly fault: AuditFault | undefined;
}

const linksPerPage = 1_000;

/** @param expected a head that was noted earlier: the chain must contain it, or begin after it */
export async function verifyChain(db: Database, key: Buffer, expected?: ChainHead): Promise<AuditVerification> {
  const linked = await verifyLinks(db, key, expected);
  const { from, head } = linked;
  if (linked.fault !== undefined) return linked;
  const last = head?.number ?? 0;
  if (expected !== undefined && expected.number > last) {
    const text = `The entries after ${last} are missing: ${expected.number} was the last one.`;
    return { from, head, fault: { kind: 'removed', number: last + 1, id: undefined, text } };
  }
  for (const entry of await db.select().from(auditLog).where(isNull(auditLog.number)).limit(linksPerPage)) {
    if (isGenuine(key, entry)) continue;
    return { from, head, fault: { kind: 'inserted', number: undefined, id: entry.id, text: notGenuine(entry) } };
  }
  return linked;
}

async function verifyLinks(db: Database, key: Buffer, expected?: ChainHead): Promise<AuditVerification> {
  let from: number | undefined;
  let head: ChainHead | undefined;
  for await (const entry of links(db)) {
    const number = entry.number ?? 0;
    const former = head ?? (await beginning(db, key, number));
    const fault = gapBefore(former, number) ?? faultOf(key, former ?? chainStart, entry) ?? unexpected(entry, expected);
    if (fault !== undefined) return { from, head, fault };
    head = { number, hash: entry.hash ?? '' };
    from ??= number;
  }
  return { from, head, fault: undefined };
}

async function* links(db: Database): AsyncGenerator<AuditEntry, void> {
  for (let after: number | undefined = 0; after !== undefined;) {
    const page: AuditEntry[] = await db
      .select()
      .from(auditLog)
      .where(and(isNotNull(auditLog.number), gt(auditLog.number, after)))
      .orderBy(asc(auditLog.number))
      .limit(linksPerPage);
    yield* page;
    after = page.length < linksPerPage ? undefined : (page.at(-1)?.number ?? undefined);
  }
}

function gapBefore(former: ChainHead | undefined, number: number): AuditFault | undefined {
  const due = (former ?? chainStart).number + 1;
  if (former !== undefined && number === due) return undefined;
  const last = number - 1;
  const which = last === due ? `The entry ${due} is` : `The entries ${due} to ${last} are`;
  return { kind: 'removed', number: due, id: undefined, text: `${which} missing, and no pruning explains it.` };
}

function unexpected({ number, id, hash }: AuditEntry, expected: ChainHead | undefined): AuditFault | undefined {
  if (expected === undefined || expected.number !== number || isSameText(expected.hash, hash ?? '')) return undefined;
  return { kind: 'changed', number, id, text: `The entry ${number} has another hash than the one expected.` };
}

/**
 * @returns the link before the first remaining one: the start of the chain, or the link that the newest pruning names;
 * undefined for neither
 */
async function beginning(db: Database, key: Buffer, first: number): Promise<ChainHead | undefined> {
  if (first === chainStart.number + 1) return chainStart;
  for (const entry of await db.select().from(auditLog).where(eq(auditLog.action, 'audit.pruned'))) {
    const { through, hash } = entry.details ?? {};
    if (through === first - 1 && typeof hash === 'string' && isGenuine(key, entry)) return { number: through, hash };
  }
  return undefined;
}

function faultOf(key: Buffer, former: ChainHead, entry: AuditEntry): AuditFault | undefined {
  const { id } = entry;
  const number = former.number + 1;
  const isLinked = isSameText(entry.hash ?? '', linkHash(key, former.hash, entry, number, true));
  const isOwn = isGenuine(key, entry);
  if (isOwn && isLinked) return undefined;
  if (isOwn) {
    return { kind: 'changed', number, id, text: `The entry ${number} (${id}) does not belong at this place.` };
  }
  if (isLinked) {
    return { kind: 'changed', number, id, text: `The entry ${number} (${id}) was changed after it was written.` };
  }
  return { kind: 'inserted', number, id, text: notGenuine(entry) };
}

const notGenuine = ({ id, number }: AuditEntry) =>
  `The entry ${number === null ? id : `${number} (${id})`} was inserted: Portage, or a release that knows the chain, did not write it.`;
