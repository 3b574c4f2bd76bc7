/** `portage retention`: deletes what has been kept long enough. */
import { Command } from 'commander';

import { deleteDue } from '../archive/delete/delete-due';
import { withPortage, type CommandContext } from './context';

export function retentionCommand(context: CommandContext): Command {
  const command = new Command('retention').description('keep data no longer than RETENTION says');

  command
    .command('apply')
    .description(
      'delete at once what the workers would delete by themselves: data whose time is over, and what is left of deletions that were broken off',
    )
    .action(() =>
      context.untilSignalled((signal) =>
        withPortage(context, async (portage) => {
          let deleted = 0;
          for await (const { consentId, exportId } of deleteDue(portage, portage.config.retention, signal)) {
            const what = exportId === undefined ? `all data of consent ${consentId}` : `the data of export ${exportId}`;
            context.terminal.out.write(`Deleted ${what}.\n`);
            deleted += 1;
          }
          context.terminal.out.write(`${deleted} deletions; nothing else is due.\n`);
          return 0;
        }),
      ),
    );

  return command;
}
