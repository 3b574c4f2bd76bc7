/** `portage retention`: deletes what has been kept long enough. */
import { Command } from 'commander';

import { deleteDue } from '../archive/delete/delete-due';
import { withPortage, type CommandContext } from './context';

export function retentionCommand(context: CommandContext): Command {
  const command = new Command('retention').description('delete data that is older than RETENTION');

  command
    .command('apply')
    .description(
      'delete data that is older than RETENTION now, without waiting for the workers, and finish interrupted deletions',
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
