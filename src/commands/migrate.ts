/** `portage migrate`: updates the database's tables and Temporal's search attributes for a new release. */
import { Command } from 'commander';

import { usualLimits } from '../domain/timeouts';
import { openPortage } from '../portage';
import { PortageError } from '../domain/error-codes';
import { openProbeConnection } from '../readiness/probe-connection';
import { isRefused, registerCommand, registerSearchAttributes } from '../readiness/register-search-attributes';
import type { TemporalAccess } from '../temporal/connection-options';
import type { CommandTerminal } from './command-terminal';
import { commandConfig, type CommandContext } from './context';

/** The command ends after this time, even if Temporal does not answer; it may be repeated. */
const registerWithinMs = 5_000;

interface TemporalPlace extends TemporalAccess {
  readonly namespace: string;
}

export function migrateCommand({ environment, terminal, portage: running }: CommandContext): Command {
  return new Command('migrate')
    .description('apply the missing database migrations, and register the search attributes at Temporal')
    .action(async () => {
      const portage = running ?? (await openPortage(commandConfig(environment)));
      const { temporal } = portage.config;
      try {
        await portage.database.migrate();
      } finally {
        if (running === undefined) await portage.close();
      }
      terminal.out.write('The database is up to date.\n');
      const isConfigured = running !== undefined || (environment['TEMPORAL_ADDRESS'] ?? '') !== '';
      if (isConfigured) await register(temporal, terminal);
      else terminal.remarks.write(notConfigured(temporal));
    });
}

/**
 * Registers the search attributes and prints the result. The database is already migrated, and `/readyz` reports
 * missing attributes.
 */
async function register(temporal: TemporalPlace, { out, remarks }: CommandTerminal): Promise<void> {
  const { namespace } = temporal;
  const connection = openProbeConnection(temporal, usualLimits.temporal);
  try {
    const registered = await connection.withDeadline(Date.now() + registerWithinMs, () =>
      registerSearchAttributes({ connection, namespace }),
    );
    out.write(
      registered.length === 0
        ? `Temporal knows the search attributes in the namespace ${namespace}.\n`
        : `Registered at Temporal, in the namespace ${namespace}: ${registered.join(', ')}.\n`,
    );
  } catch (error) {
    const why = whyNot(error, temporal);
    remarks.write(`The search attributes were not registered at Temporal (${why}). ${runLater(temporal)}`);
  } finally {
    await connection.close();
  }
}

function whyNot(error: unknown, { address }: TemporalPlace): string {
  if (error instanceof PortageError) return error.message;
  const { details } = error as { details?: unknown };
  return isRefused(error) && typeof details === 'string' ? `${address}: ${details}` : `${address} does not answer`;
}

const notConfigured = (temporal: TemporalPlace) =>
  `TEMPORAL_ADDRESS is not set, so no search attribute was registered at Temporal. ${runLater(temporal)}`;

const runLater = (temporal: TemporalPlace) =>
  `Exports cannot start before the attributes are registered. Repeat this command, or run:\n${registerCommand(temporal)}\n`;
