/** What operators do, in the audit log. */
import { userInfo } from 'node:os';

import type { NewAuditEntry } from '../database/audit-log';
import type { AuditActor } from '../domain/audit';
import { PortageError } from '../domain/error-codes';
import type { Portage } from '../portage';

/** The user of the operating system who runs the command, or the instance that carries it out. */
export function operatorActor(): AuditActor {
  try {
    return { kind: 'operator', id: userInfo().username };
  } catch {
    // A container may run under a number that has no name.
    return { kind: 'operator', id: `uid ${process.getuid?.() ?? 'unknown'}` };
  }
}

type Entry = Omit<NewAuditEntry, 'actor' | 'at' | 'outcome' | 'address'>;
type Deps = Pick<Portage, 'auditLog' | 'now'>;

/** Records that an operator reads data, before anything of it is shown: what cannot be recorded is not shown. */
export async function auditRead({ auditLog, now }: Deps, entry: Entry): Promise<void> {
  await auditLog.append({ ...entry, actor: operatorActor(), at: now() });
}

/** Carries out what an operator asked for, and records how it went. */
export async function audited<T>({ auditLog, now }: Deps, entry: Entry, work: () => Promise<T>): Promise<T> {
  const actor = operatorActor();
  try {
    const result = await work();
    await auditLog.append({ ...entry, actor, at: now() });
    return result;
  } catch (error) {
    const [code, status] = error instanceof PortageError ? [error.code, error.status] : ['UNEXPECTED', 500];
    const outcome = status < 500 ? 'refused' : 'failed';
    const details = { ...entry.details, code };
    // What failed is what the operator has to hear of, also when the database is away.
    await auditLog.append({ ...entry, actor, outcome, details, at: now() }).catch(() => undefined);
    throw error;
  }
}
