/** What subcommands are given: the environment, a terminal, and a life that ends in good order. */
import { setTimeout as pause } from 'node:timers/promises';

import { InvalidArgumentError } from 'commander';
import ms, { type StringValue } from 'ms';

import { loadConfig, type Config, type Environment } from '../config';
import { DatabaseUnusable } from '../database/open-database';
import { PortageError } from '../domain/errors';
import type { Logger } from '../log';
import { outageWarningsOf } from '../outage-warnings';
import { openPortage, type Portage } from '../portage';
import type { CommandTerminal } from './command-terminal';

/** Between two tries to reach a database that is away. */
const waitMs = 1_000;

export interface CommandContext {
  readonly environment: Environment;
  readonly terminal: CommandTerminal;
  /** Where the command was typed, an absolute path; undefined when that is the folder of this process. */
  readonly folder?: string;
  /** The Portage of the running instance that the command is carried out in; undefined in a process of its own. */
  readonly portage?: Portage;
  /**
   * Runs until a signal comes: the first one stops in good order, the second one at once.
   *
   * @param run gets a signal that fires at the first one; what it returns is the exit code
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

/**
 * Opens Portage for the time of one piece of work, or takes the running instance's.
 *
 * @throws ConfigError, DatabaseUnusable; the latter also when the tables are not there yet, or are those of an earlier
 *   release
 */
export async function withPortage<T>(
  { environment, portage: running }: Pick<CommandContext, 'environment' | 'portage'>,
  work: (portage: Portage) => Promise<T>,
): Promise<T> {
  if (running !== undefined) return work(running);
  const portage = await openMigrated(loadConfig(environment));
  try {
    return await work(portage);
  } finally {
    await portage.close();
  }
}

/**
 * Opens Portage for a command that works with what is stored.
 *
 * @throws DatabaseUnusable when there is no database, the tables are not there yet, or are those of an earlier release;
 * PortageError `DATABASE_UNAVAILABLE` when it falls silent meanwhile
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
 * Opens Portage for a command that serves: it waits for a database that is away, or starts, for as long as it takes. Tables
 * of an earlier release are left to the checks of server and worker, which wait for "portage migrate".
 *
 * @param signal ends the waiting
 */
export async function openWhenThere(config: Config, logger: Logger, signal: AbortSignal): Promise<Portage> {
  const warnings = outageWarningsOf(logger);
  for (;;) {
    try {
      const portage = await openPortage(config);
      await warnOfNewer(portage, logger);
      return portage;
    } catch (error) {
      const mayCome = error instanceof DatabaseUnusable ? error.mayCome : error instanceof PortageError;
      if (!mayCome) throw error;
      warnings.warn('DATABASE_UNAVAILABLE', { err: error }, 'waiting for the database');
      await pause(waitMs, undefined, { signal });
    }
  }
}

/** What else may be wrong with the tables, and a database that falls silent now, is told by the checks of server and worker. */
async function warnOfNewer({ database }: Portage, logger: Logger): Promise<void> {
  const { isNewer } = await database.check().catch(() => ({ isNewer: false }));
  if (isNewer) logger.warn('the database has migrations of a newer release, which this one works with: update soon');
}

/** Reads an option such as `20m` into milliseconds. */
export function parseDuration(text: string): number {
  const value = ms(text as StringValue) as number | undefined;
  if (value === undefined || !(value >= 0))
    throw new InvalidArgumentError('It is not a duration; write for example "4s" or "20m".');
  return value;
}

/** Reads an option that is a port. */
export function parsePort(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError('It is not a port from 0 to 65535.');
  return value;
}
