/** `portage migrate`: run before a new version serves. */
import { Command } from 'commander';

import { loadConfig } from '../config';
import { openPortage } from '../portage';
import type { CommandContext } from './context';

export function migrateCommand({ environment, terminal, portage: running }: CommandContext): Command {
  return new Command('migrate').description('bring the database to the newest form').action(async () => {
    const portage = running ?? (await openPortage(loadConfig(environment)));
    try {
      await portage.database.migrate();
    } finally {
      if (running === undefined) await portage.close();
    }
    terminal.out.write('The database is up to date.\n');
  });
}
