/** What the database and the way to it refuse, translated once: a connection that broke is a reason to try again. */
import { DrizzleQueryError } from 'drizzle-orm/errors';

import { PortageError } from '../domain/error-codes';

/** Thrown when there is no database to work with; the message says what to do, and holds no password. */
export class DatabaseUnusable extends Error {
  override readonly name: string = 'DatabaseUnusable';

  /** Whether it may come by itself, as a server that starts does; a password that is wrong does not. */
  get mayCome(): boolean {
    return databaseFailure(this.cause) !== undefined;
  }
}

/** Thrown when its tables are not there, or are those of an earlier release. */
export class DatabaseOutdated extends DatabaseUnusable {
  override readonly name = 'DatabaseOutdated';

  /** @param lack what the database lacks, as the end of a sentence about it */
  constructor(readonly lack: string) {
    super(`The database ${lack}. Run "portage migrate" first.`);
  }
}

/**
 * SQLSTATE codes (https://www.postgresql.org/docs/current/errcodes-appendix.html) of a database that is away or has no
 * room: connection exceptions, insufficient resources, system errors, a shutdown or a start, a statement or transaction
 * that took too long, and one that may only be read, as after a failover.
 */
const away = /^(08|53|58)|^(57P0[1-5]|57014|25P0[34]|25006)$/;
/** Errors of sockets, names and TLS, as Node gives them. Its other codes with `ERR_`, such as `ERR_INVALID_URL`, are faults of a program. */
const unreachable = /^E(?!RR_)[A-Z_]{3,20}$|^ERR_(?:TLS|SSL|SOCKET|STREAM)_[A-Z_]{3,60}$/;
/** What the driver says itself, without a code. */
const spoken: Readonly<Record<string, string>> = {
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
 * @param error what the driver or drizzle threw
 * @returns `DATABASE_UNAVAILABLE` or `DATABASE_BUSY`; undefined for what is no failure of connection or server, such as
 * a row that is refused
 */
export function databaseFailure(error: unknown): PortageError | undefined {
  if (error instanceof PortageError) return error.code.startsWith('DATABASE_') ? error : undefined;
  if (error instanceof DrizzleQueryError) return databaseFailure(error.cause);
  if (typeof error !== 'object' || error === null) return undefined;
  // By shape, as errors of sockets may be of another realm; one that tried every address of a name has a code, too.
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (message === noneFree) return new PortageError('DATABASE_BUSY', { cause: error });
  const isAway = typeof code === 'string' && (away.test(code) || unreachable.test(code));
  const detail = isAway ? code : spoken[String(message)];
  return detail === undefined ? undefined : new PortageError('DATABASE_UNAVAILABLE', { detail, cause: error });
}

/** Awaits work with the database. @throws PortageError as {@link databaseFailure}, anything else as it is */
export async function translatingFailures<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw databaseFailure(error) ?? error;
  }
}

/** SQLSTATE codes of a table and of a schema that are not there. */
const missingTables = new Set<unknown>(['42P01', '3F000']);

/** @param error what the driver or drizzle threw. @returns the SQLSTATE, where it has one */
export function databaseErrorCode(error: unknown): unknown {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return (cause as { code?: unknown }).code;
}

/** @param error what the driver or drizzle threw */
export function isTableMissing(error: unknown): boolean {
  return missingTables.has(databaseErrorCode(error));
}

/**
 * Awaits a look at the tables, for whoever decides by codes.
 *
 * @throws PortageError `DATABASE_OUTDATED` where they are missing or older than this release, `DATABASE_UNAVAILABLE` where the
 * database does not tell, else as {@link databaseFailure}
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
