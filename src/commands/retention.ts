/** `portage retention`: deletes the data whose retention time is over. */
import { Command } from 'commander';

import { deleteDue } from '../archive/delete/apply-retention';
import type { Erased } from '../database/data-deletion/erase-remains';
import type { Portage } from '../portage';
import { audited } from './audited';
import { withPortage, type CommandContext } from './context';

export function retentionCommand(context: CommandContext): Command {
  const command = new Command('retention').description('delete data that is older than RETENTION');

  command
    .command('apply')
    .description(
      'immediately delete data that is older than RETENTION, without the workers, and finish interrupted deletions',
    )
    .action(() =>
      context.untilSignalled((signal) =>
        withPortage(context, async (portage) => {
          await audited(portage, { action: 'retention.applied' }, () => applyRetention(portage, context, signal));
          return 0;
        }),
      ),
    );

  return command;
}

async function applyRetention(portage: Portage, { terminal: { out } }: CommandContext, signal: AbortSignal) {
  let deleted = 0;
  for await (const { consentId, exportId } of deleteDue(portage, portage.config.retention, signal)) {
    const what = exportId === undefined ? `all data of consent ${consentId}` : `the data of export ${exportId}`;
    out.write(`Deleted ${what}.\n`);
    deleted += 1;
  }
  out.write(`${deleted} deletions; nothing else is due.\n`);
  const erased = await portage.dataDeletion.eraseRemains(portage.now(), { atOnce: true });
  if (erased !== undefined) out.write(`${remainsText(erased)}\n`);
}

/** Where the database's own files may still contain deleted keys and tokens. */
function remainsText({ notPermitted, log }: Erased): string {
  const tables =
    notPermitted.length === 0
      ? 'Deleted keys and tokens are erased from the tables.'
      : `The role in DATABASE_URL may not rewrite ${notPermitted.join(', ')}, so deleted keys and tokens stay in these tables (docs/postgresql.md).`;
  const texts = {
    none: 'They are erased from the write-ahead log.',
    some: 'The write-ahead log has them until it is overwritten; run this command again to continue.',
    not_permitted: 'The role in DATABASE_URL may not erase them from the write-ahead log (docs/postgresql.md).',
  };
  return `${tables} ${texts[log]}`;
}
