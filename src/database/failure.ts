/**
 * Translates failures of the database and the connection to it in one place: a broken connection is a reason to try
 * again.
 */
import { DrizzleQueryError } from 'drizzle-orm/errors';

import { PortageError } from '../domain/error-codes';

/** Thrown when no database can be used; the message contains the remedy, and no password. */
export class DatabaseUnusable extends Error {
  override readonly name: string = 'DatabaseUnusable';

  /** Whether waiting can help, as while a server starts; it does not help against a wrong password. */
  get canRecover(): boolean {
    return databaseFailure(this.cause) !== undefined;
  }
}

/** Thrown when its tables are missing, or are those of an earlier release. */
export class DatabaseOutdated extends DatabaseUnusable {
  override readonly name = 'DatabaseOutdated';

  /** @param lack the missing item, as the end of a sentence about the database */
  constructor(readonly lack: string) {
    super(`The database ${lack}. Run "portage migrate" first.`);
  }
}

/**
 * SQLSTATE codes (https://www.postgresql.org/docs/current/errcodes-appendix.html) of a database that is unavailable or
 * has no room: connection exceptions, insufficient resources, system errors, a shutdown or a start, a statement or
 * transaction that took too long, and a read-only one, as after a failover.
 */
const outageCodes = /^(08|53|58)|^(57P0[1-5]|57014|25P0[34]|25006)$/;
/**
 * Errors of sockets, names and TLS, as Node reports them. Its other codes with `ERR_`, such as `ERR_INVALID_URL`, are
 * program errors.
 */
const unreachable = /^E(?!RR_)[A-Z_]{3,20}$|^ERR_(?:TLS|SSL|SOCKET|STREAM)_[A-Z_]{3,60}$/;
/** Messages of the driver that have no code. */
const codelessMessages: Readonly<Record<string, string>> = {
  'Connection terminated': 'the connection ended',
  'Connection terminated unexpectedly': 'the connection broke',
  'Connection terminated due to connection timeout': 'no connection in time',
  'Client was closed and is not queryable': 'the connection ended',
  'Client has encountered a connection error and is not queryable': 'the connection broke',
  'Query read timeout': 'no answer in time',
  'timeout expired': 'no connection in time',
};
const noneFree = 'timeout exceeded when trying to connect';

/**
 * @param error thrown by the driver or Drizzle
 * @returns `DATABASE_UNAVAILABLE` or `DATABASE_BUSY`; undefined for errors that are no failure of connection or server,
 * such as a refused row
 */
export function databaseFailure(error: unknown): PortageError | undefined {
  if (error instanceof PortageError) return error.code.startsWith('DATABASE_') ? error : undefined;
  if (error instanceof DrizzleQueryError) return databaseFailure(error.cause);
  if (typeof error !== 'object' || error === null) return undefined;
  // Checked by shape, as socket errors may be of another realm. An error after all addresses of a name were tried also
  // has a code.
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (message === noneFree) return new PortageError('DATABASE_BUSY', { cause: error });
  const isOutage = typeof code === 'string' && (outageCodes.test(code) || unreachable.test(code));
  const detail = isOutage ? code : codelessMessages[String(message)];
  return detail === undefined ? undefined : new PortageError('DATABASE_UNAVAILABLE', { detail, cause: error });
}

/** Awaits work with the database. @throws PortageError as {@link databaseFailure}; other errors unchanged */
export async function translatingFailures<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw databaseFailure(error) ?? error;
  }
}

/** SQLSTATE codes of a missing table and a missing schema. */
const missingTables = new Set<unknown>(['42P01', '3F000']);

/** @param error thrown by the driver or Drizzle. @returns its SQLSTATE, if it has one */
export function databaseErrorCode(error: unknown): unknown {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return (cause as { code?: unknown }).code;
}

/** @param error thrown by the driver or Drizzle */
export function isTableMissing(error: unknown): boolean {
  return missingTables.has(databaseErrorCode(error));
}

/**
 * Awaits a check of the tables, for callers that decide by codes.
 *
 * @throws PortageError `DATABASE_OUTDATED` when they are missing or older than this release, `DATABASE_UNAVAILABLE`
 * when their version cannot be read, otherwise as {@link databaseFailure}
 */
export async function checkingTables<T>(look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof DatabaseOutdated) {
      throw new PortageError('DATABASE_OUTDATED', { detail: `it ${error.lack}`, cause: error });
    }
    if (isTableMissing(error)) {
      throw new PortageError('DATABASE_OUTDATED', { detail: 'a table is missing', cause: error });
    }
    if (error instanceof DatabaseUnusable) {
      throw new PortageError('DATABASE_UNAVAILABLE', { detail: error.message, cause: error });
    }
    throw databaseFailure(error) ?? error;
  }
}
