/** What operators do, in the audit log. */
import { userInfo } from 'node:os';

import type { NewAuditEntry } from '../database/audit-log';
import type { AuditActor } from '../domain/audit';
import { isId } from '../database/ids';
import { PortageError, type ErrorCode } from '../domain/error-codes';
import { resources } from '../domain/resources';
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

/** Why a command did nothing: `not_confirmed` when the answer to its question was not yes. */
type Refusal = ErrorCode | 'not_confirmed';

/** An operator may type anything, also a key or the name of somebody, which must not stay in the log. */
const kept = (typed: string | undefined) =>
  typed !== undefined && (isId(typed) || resources.has(typed)) ? typed : undefined;

/**
 * Records that a command did nothing because of what it names. What is wrong with its words alone is not recorded. The
 * operator hears of the refusal also when it cannot be recorded.
 */
export async function auditRefusal({ auditLog, now }: Deps, entry: Entry, code: Refusal): Promise<void> {
  const { consentId, exportId, object } = entry;
  const named = { consentId: kept(consentId), exportId: kept(exportId), object: kept(object) };
  const refused = { outcome: 'refused', details: { ...entry.details, code } } as const;
  await auditLog.append({ ...entry, ...named, ...refused, actor: operatorActor(), at: now() }).catch(() => undefined);
}

/** Looks for what a command names, and records when it is refused. */
export async function findOrRefuse<T>(deps: Deps, entry: Entry, find: () => T | Promise<T>): Promise<T> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof PortageError && error.status < 500) await auditRefusal(deps, entry, error.code);
    throw error;
  }
}

/** Carries out what an operator asked for, and records how it went. */
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
    // What failed is what the operator has to hear of, also when the database is away.
    await auditLog.append({ ...entry, actor, outcome: 'failed', details, at: now() }).catch(() => undefined);
    throw error;
  }
}
