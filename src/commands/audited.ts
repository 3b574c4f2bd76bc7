/** Audit entries for the acts of operators. */
import { userInfo } from 'node:os';

import type { NewAuditEntry } from '../database/audit-log';
import type { AuditActor } from '../domain/audit';
import { isId } from '../database/ids';
import { PortageError, type ErrorCode } from '../domain/error-codes';
import { resources } from '../domain/resources';
import type { Portage } from '../portage';

/** The user of the operating system who runs the command, or the instance that executes it. */
export function operatorActor(): AuditActor {
  try {
    return { kind: 'operator', id: userInfo().username };
  } catch {
    // In a container, the user id may have no name.
    return { kind: 'operator', id: `uid ${process.getuid?.() ?? 'unknown'}` };
  }
}

type Entry = Omit<NewAuditEntry, 'actor' | 'at' | 'outcome' | 'address'>;
type Deps = Pick<Portage, 'auditLog' | 'now'>;

/** Records that an operator reads data, before any data is shown. If the entry cannot be written, nothing is shown. */
export async function auditRead({ auditLog, now }: Deps, entry: Entry): Promise<void> {
  await auditLog.append({ ...entry, actor: operatorActor(), at: now() });
}

/** Why a command did nothing: `not_confirmed` when the answer to its question was not yes. */
type Refusal = ErrorCode | 'not_confirmed';

/** The argument as the log may keep it: an operator may have typed a key or a person's name. */
const kept = (typed: string | undefined) =>
  typed !== undefined && (isId(typed) || resources.has(typed)) ? typed : undefined;

/**
 * Records that a command was refused because of the object that it names. Syntax errors are not recorded. The operator
 * sees the refusal also when it cannot be recorded.
 */
export async function auditRefusal({ auditLog, now }: Deps, entry: Entry, code: Refusal): Promise<void> {
  const { consentId, exportId, object } = entry;
  const named = { consentId: kept(consentId), exportId: kept(exportId), object: kept(object) };
  const refused = { outcome: 'refused', details: { ...entry.details, code } } as const;
  await auditLog.append({ ...entry, ...named, ...refused, actor: operatorActor(), at: now() }).catch(() => undefined);
}

/** Finds the object that a command names, and records a refusal. */
export async function findOrRefuse<T>(deps: Deps, entry: Entry, find: () => T | Promise<T>): Promise<T> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof PortageError && error.status < 500) await auditRefusal(deps, entry, error.code);
    throw error;
  }
}

/** Executes an operator's action, and records its outcome. */
export async function audited<T>({ auditLog, now }: Deps, entry: Entry, work: () => Promise<T>): Promise<T> {
  const actor = operatorActor();
  try {
    const result = await findOrRefuse({ auditLog, now }, entry, work);
    await auditLog.append({ ...entry, actor, at: now() });
    return result;
  } catch (error) {
    const [code, status] = error instanceof PortageError ? [error.code, error.status] : ['UNEXPECTED', 500];
    if (status < 500) throw error;
    const details = { ...entry.details, code };
    // The operator needs the error of the action, also when the database is unavailable.
    await auditLog.append({ ...entry, actor, outcome: 'failed', details, at: now() }).catch(() => undefined);
    throw error;
  }
}
