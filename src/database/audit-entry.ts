/** One entry of the audit log: its values, and the MAC that proves that Portage wrote them. */
import { createHmac, timingSafeEqual } from 'node:crypto';

import type { AuditAction, AuditActor, AuditCounts, AuditDetails, AuditOutcome } from '../domain/audit';
import type { Database } from './database';
import { newId } from './ids';
import { auditLog } from './schema';

export type AuditEntry = typeof auditLog.$inferSelect;

export interface NewAuditEntry {
  readonly action: AuditAction;
  /** By default `done`. */
  readonly outcome?: AuditOutcome;
  /** By default the system. */
  readonly actor?: AuditActor;
  readonly object?: string | undefined;
  readonly consentId?: string | undefined;
  readonly exportId?: string | undefined;
  readonly address?: string | undefined;
  readonly counts?: AuditCounts;
  readonly details?: AuditDetails;
  readonly at: Date;
}

/** Everything that the MAC covers. */
type Content = Omit<AuditEntry, 'mac' | 'number' | 'hash'>;

/** Writes an entry in the transaction of the change that it describes. */
export type RecordAudit = (tx: Pick<Database, 'insert'>, entry: NewAuditEntry) => Promise<void>;

/** @param key secret of the audit log */
export function recordWith(key: Buffer): RecordAudit {
  return async (tx, { actor = { kind: 'system' }, at, ...values }) => {
    const content: Content = {
      id: newId('aud'),
      action: values.action,
      outcome: values.outcome ?? 'done',
      actorKind: actor.kind,
      actorId: actor.id ?? null,
      object: values.object ?? null,
      consentId: values.consentId ?? null,
      exportId: values.exportId ?? null,
      address: values.address ?? null,
      counts: values.counts ?? null,
      details: values.details ?? null,
      createdAt: at,
    };
    await tx.insert(auditLog).values({ ...content, mac: contentMac(key, content) });
  };
}

/** @returns hexadecimal */
export function contentMac(key: Buffer, entry: Content): string {
  const { id, action, outcome, actorKind, actorId, object, consentId, exportId, address } = entry;
  const { counts, details, createdAt } = entry;
  const texts = [id, action, outcome, actorKind, actorId, object, consentId, exportId, address];
  const content = [...texts, sorted(counts), sorted(details), createdAt.toISOString()];
  return createHmac('sha256', key)
    .update(`entry ${JSON.stringify(content)}`)
    .digest('hex');
}

export function isGenuine(key: Buffer, entry: AuditEntry): boolean {
  return entry.mac !== null && isSameText(entry.mac, contentMac(key, entry));
}

export function isSameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Sorts the names of objects, since `jsonb` does not keep their order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, each]) => [name, sorted(each)]));
}
