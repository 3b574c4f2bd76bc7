/** `portage keys`: the keys that seal what the database keeps secret. */
import { Command } from 'commander';

import { rotateKeys } from '../database/key-rotation';
import { withPortage, type CommandContext } from './context';

export function keysCommand(context: CommandContext): Command {
  const command = new Command('keys').description('manage the keys that seal tokens and data keys');

  command
    .command('rotate')
    .description(
      'seal every data key and token again, with KMS_KEY_ARN or the first key of VAULT_KEYS; archives do not change',
    )
    .action(() =>
      context.untilSignalled(() =>
        withPortage(context, async ({ database, vault, dataKeySealer, config }) => {
          const columns = await rotateKeys(database.db, vault, dataKeySealer);
          for (const { name, resealed, current, unopened } of columns) {
            context.terminal.out.write(`${name}: ${resealed} sealed anew, ${current} were already\n`);
            for (const { id, reason } of unopened) context.terminal.out.write(`  ${id} was left as it is. ${reason}\n`);
          }
          const left = columns.reduce((sum, { unopened }) => sum + unopened.length, 0);
          const { vaultKeys, kms } = config;
          const first = `the key "${vaultKeys[0]?.id ?? ''}"`;
          const by = kms.keyArn === undefined ? first : `${first}, and data keys with KMS`;
          context.terminal.out.write(
            left === 0
              ? `Everything is sealed with ${by}. Keys after the first may go once no process uses them.\n`
              : `${left} values could not be opened. Keep every key, add the missing ones, and run this again.\n`,
          );
          return left === 0 ? 0 : 1;
        }),
      ),
    );

  return command;
}
