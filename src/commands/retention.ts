/** `portage retention`: deletes what has been kept long enough. */
import { Command } from 'commander';

import { deleteExportData } from '../archive/delete-data';
import { withPortage, type CommandContext } from './context';

const exportsPerPage = 100;

export function retentionCommand(context: CommandContext): Command {
  const command = new Command('retention').description('keep data no longer than RETENTION says');

  command
    .command('apply')
    .description('delete the data of every export whose time is over, and finish deletions that were broken off')
    .action(() =>
      context.untilSignalled((signal) =>
        withPortage(context, async (portage) => {
          const { dataDeletion, config, now } = portage;
          let deleted = 0;
          for (;;) {
            const due = await dataDeletion.due(config.retention, now(), exportsPerPage);
            for (const { id: exportId, consentId } of due) {
              await deleteExportData(portage, { consentId, exportId }, signal);
              process.stdout.write(`Deleted the data of export ${exportId}.\n`);
              deleted += 1;
            }
            if (due.length < exportsPerPage) break;
          }
          process.stdout.write(`${deleted} exports; nothing else is due.\n`);
          return 0;
        }),
      ),
    );

  return command;
}
