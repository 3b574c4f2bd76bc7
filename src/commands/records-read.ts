/** `portage records read`: reads the records of a stored export again. */
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';

import type { Export } from '../database/exports';
import type { Portage } from '../portage';
import { readExportAgain } from '../records/read/read-export';
import { audited, auditRefusal } from './audited';
import type { CommandTerminal } from './command-terminal';
import { withPortage, type CommandContext } from './context';

export function readCommand(context: CommandContext): Command {
  return new Command('read')
    .description('read the records of a stored export again, after a reading that failed or was incomplete')
    .argument('<export-id>')
    .option('--json', 'print the result as JSON')
    .action((exportId: string, { json }: { json?: true }) =>
      context.untilSignalled((signal) =>
        withPortage(context, async (portage) => {
          const row = await portage.exports.find(exportId);
          if (row === undefined) {
            await auditRefusal(portage, { action: 'records.read_again', exportId }, 'NOT_FOUND');
            context.terminal.remarks.write(`There is no export ${exportId}.\n`);
            return 1;
          }
          const { consentId } = row;
          const read = await audited(portage, { action: 'records.read_again', consentId, exportId }, () =>
            readAgain(portage, row, { signal, terminal: context.terminal }),
          );
          context.terminal.out.write(
            json === true ? `${JSON.stringify(readJson(read), undefined, 2)}\n` : readText(read),
          );
          return read.recordsState === 'complete' ? 0 : 1;
        }),
      ),
    );
}

async function readAgain(
  portage: Portage,
  { id, files }: Export,
  { signal, terminal }: { signal: AbortSignal; terminal: CommandTerminal },
): Promise<Export> {
  // The bar is shown only on a terminal; the results go to standard output.
  const bar = new SingleBar({
    format: '  {bar} {value} of {total} files, {records} records',
    stream: terminal.remarks,
    clearOnComplete: true,
  });
  bar.start(files ?? 0, 0, { records: 0 });
  try {
    return await readExportAgain(portage, id, {
      signal,
      onProgress: ({ members, records }) => bar.update(members, { records }),
    });
  } finally {
    bar.stop();
  }
}

function readJson({ id, consentId, resources, state, verdict, recordsState, recordsNumber, recordsCount }: Export) {
  const records = { state: recordsState, cursor: recordsNumber, ...recordsCount };
  return { exportId: id, consentId, resources, state, verdict, records };
}

function readText({ id, resources, state, recordsState, recordsNumber, recordsCount }: Export): string {
  const { read = 0, new: fresh = 0, changed = 0, gone = null, leftOut = 0, problems = 0 } = recordsCount ?? {};
  return [
    `${id} (${resources.join(', ')}) is ${state}: its records were read, and are ${recordsState ?? 'unknown'}.`,
    `  read ${read}, new ${fresh}, changed ${changed}, gone ${gone ?? 'unknown'}, left out ${leftOut}, problems ${problems}`,
    `  Host apps get them after cursor ${(recordsNumber ?? 1) - 1}.`,
    '',
  ].join('\n');
}
