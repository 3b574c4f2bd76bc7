/** The context of every subcommand: the environment, a terminal, and a signal for an orderly stop. */
import { setTimeout as pause } from 'node:timers/promises';

import { InvalidArgumentError } from 'commander';
import ms, { type StringValue } from 'ms';

import { loadConfig, refusePlainConnections, type Config, type Environment } from '../config';
import { DatabaseUnusable } from '../database/open-database';
import { PortageError } from '../domain/error-codes';
import type { Logger } from '../log';
import { outageWarningsOf } from '../limit-outage-warnings';
import { openPortage, type Portage } from '../portage';
import type { CommandTerminal } from './command-terminal';

/** The pause between two tries to connect to a database that does not answer. */
const waitMs = 1_000;

export interface CommandContext {
  readonly environment: Environment;
  readonly terminal: CommandTerminal;
  /** The folder in which the command was typed, an absolute path; undefined when it is the folder of this process. */
  readonly folder?: string;
  /** The Portage of the running instance that executes the command; undefined when the command has its own process. */
  readonly portage?: Portage;
  /**
   * Runs until a signal arrives: the first signal stops in order, the second one immediately.
   *
   * @param run gets an AbortSignal that is aborted by the first signal; returns the exit code
   */
  readonly untilSignalled: (run: (signal: AbortSignal) => Promise<number>) => Promise<void>;
}

/** Resolves when the signal fires. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** The configuration of a command that is neither server nor worker. @throws ConfigError also for connections without TLS */
export function commandConfig(environment: Environment): Config {
  const config = loadConfig(environment);
  refusePlainConnections(config);
  return config;
}

/**
 * Opens Portage for one piece of work, or uses the Portage of the running instance.
 *
 * @throws ConfigError, DatabaseUnusable; the latter also when the tables do not exist yet, or are those of an earlier
 *   release
 */
export async function withPortage<T>(
  { environment, portage: running }: Pick<CommandContext, 'environment' | 'portage'>,
  work: (portage: Portage) => Promise<T>,
): Promise<T> {
  if (running !== undefined) return work(running);
  const portage = await openMigrated(commandConfig(environment));
  try {
    return await work(portage);
  } finally {
    await portage.close();
  }
}

/**
 * Opens Portage for a command that uses the database.
 *
 * @throws DatabaseUnusable when there is no database, the tables do not exist yet, or are those of an earlier release;
 * PortageError `DATABASE_UNAVAILABLE` when the database stops answering
 */
export async function openMigrated(config: Config): Promise<Portage> {
  const portage = await openPortage(config);
  try {
    await portage.database.check();
    return portage;
  } catch (error) {
    await portage.close();
    throw error;
  }
}

/**
 * Opens Portage for server and worker. It waits without a limit for a database that does not answer or is starting. It
 * accepts tables of an earlier release: the checks of server and worker wait for "portage migrate".
 *
 * @param signal ends the waiting
 */
export async function openWhenThere(config: Config, logger: Logger, signal: AbortSignal): Promise<Portage> {
  const warnings = outageWarningsOf(logger);
  if (config.databaseOwnerUrl !== undefined) {
    logger.warn(
      'DATABASE_OWNER_URL is set, so an attacker who takes over this process can change tables. Set it only for ' +
        '"portage migrate", and remove it from the environment and the file .env of servers and workers ' +
        '(docs/postgresql.md).',
    );
  }
  for (;;) {
    try {
      const portage = await openPortage(config);
      await warnOfNewer(portage, logger);
      return portage;
    } catch (error) {
      const canRecover = error instanceof DatabaseUnusable ? error.canRecover : error instanceof PortageError;
      if (!canRecover) throw error;
      warnings.warn('DATABASE_UNAVAILABLE', { err: error }, 'waiting for the database');
      await pause(waitMs, undefined, { signal });
    }
  }
}

/** The checks of server and worker report other faults of the tables, and a database that stops answering later. */
async function warnOfNewer({ database }: Portage, logger: Logger): Promise<void> {
  const { isNewer } = await database.check().catch(() => ({ isNewer: false }));
  if (isNewer)
    logger.warn('the database has migrations of a newer release; this release works with them, but update it soon');
}

/** Parses an option such as `20m` into milliseconds. */
export function parseDuration(text: string): number {
  const value = ms(text as StringValue) as number | undefined;
  if (value === undefined || !(value >= 0))
    throw new InvalidArgumentError('It is not a duration; write for example "4s" or "20m".');
  return value;
}

/** Parses an option that is a port. */
export function parsePort(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError('It is not a port from 0 to 65535.');
  return value;
}
