/** `portage keys`: the keys that seal what the database keeps secret. */
import { Command } from 'commander';

import { rotateKeys } from '../database/key-rotation';
import { withPortage, type CommandContext } from './context';

export function keysCommand(context: CommandContext): Command {
  const command = new Command('keys').description('take care of the keys that seal tokens and data keys');

  command
    .command('rotate')
    .description('seal every data key and token anew with the first of VAULT_KEYS; stored archives are not touched')
    .action(() =>
      context.untilSignalled(() =>
        withPortage(context, async ({ database, vault, config }) => {
          const columns = await rotateKeys(database.db, vault);
          for (const { name, resealed, current, unopened } of columns) {
            process.stdout.write(`${name}: ${resealed} sealed anew, ${current} were already\n`);
            for (const { id, reason } of unopened) process.stdout.write(`  ${id} was left as it is. ${reason}\n`);
          }
          const left = columns.reduce((sum, { unopened }) => sum + unopened.length, 0);
          const [first] = config.vaultKeys;
          process.stdout.write(
            left === 0
              ? `Everything is sealed with the key "${first?.id ?? ''}". Keys after it may go once no process uses them.\n`
              : `${left} values could not be opened. Keep every key, add the missing ones, and run this again.\n`,
          );
          return left === 0 ? 0 : 1;
        }),
      ),
    );

  return command;
}
