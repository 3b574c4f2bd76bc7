/** `portage migrate`: updates the database's tables and Temporal's search attributes for a new release. */
import { Command } from 'commander';

import type { AppGrants } from '../database/app-role';
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
      let granted: AppGrants | undefined;
      try {
        granted = await portage.database.migrate();
      } finally {
        if (running === undefined) await portage.close();
      }
      terminal.out.write('The database is up to date.\n');
      if (granted !== undefined) reportGrants(granted, terminal);
      const isConfigured = running !== undefined || (environment['TEMPORAL_ADDRESS'] ?? '') !== '';
      if (isConfigured) await register(temporal, terminal);
      else terminal.remarks.write(notConfigured(temporal));
    });
}

/** Says what the role in `DATABASE_URL` may do, and what is still to be arranged for it. */
function reportGrants({ role, mayChangeTables, mayRewrite, left }: AppGrants, { out, remarks }: CommandTerminal): void {
  if (!mayChangeTables) out.write(`The role "${role}" may read and write rows, and may not change tables.\n`);
  else {
    remarks.write(
      `The role "${role}" of DATABASE_URL may still make or change tables: as a superuser, by the right CREATE on the ` +
        'database or a schema, or because it owns tables itself or with another role. Take these rights away ' +
        '(docs/postgresql.md).\n',
    );
  }
  if (!mayRewrite) {
    remarks.write(
      'Before PostgreSQL 17, only the owner of a table may rewrite it. Deleted keys and tokens stay in the files of the ' +
        'database until the owner rewrites the tables (docs/postgresql.md).\n',
    );
  }
  if (left.length > 0) {
    remarks.write(
      'The role in DATABASE_OWNER_URL may not run these statements. Portage works without them; docs/postgresql.md says ' +
        `what each is for. A superuser can run them in this database:\n${left.join('\n')}\n`,
    );
  }
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
