/** `portage migrate`: run before a new version serves. */
import { Command } from 'commander';

import { withPortage, type CommandContext } from './context';

export function migrateCommand(context: CommandContext): Command {
  return new Command('migrate').description('bring the database to the newest form').action(async () => {
    await withPortage(context, ({ database }) => database.migrate());
    process.stdout.write('The database is up to date.\n');
  });
}
