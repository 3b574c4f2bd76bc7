/** `portage records`: the records from the exports of a consent, for an operator or a script. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { Command, Option } from 'commander';

import { csvLines } from '../records/deliver/csv';
import { inBlocks, ndjsonLines, onlyKind } from '../records/deliver/formats';
import { isCursor, type Line } from '../records/deliver/line';
import { createStoredExports } from '../records/deliver/stored-exports';
import { auditRead, auditRefusal } from './audited';
import { withPortage, type CommandContext } from './context';
import { addChoice, parseCursor, wantedOf, type ChoiceOptions } from './records-choice';
import { exportCommand } from './records-export';
import { readCommand } from './records-read';

interface RecordsOptions extends ChoiceOptions {
  readonly since: number;
  readonly format: 'ndjson' | 'csv';
  readonly counts?: true;
}

export function recordsCommand(context: CommandContext): Command {
  const command = new Command('records')
    // Its subcommands have options of the same names.
    .enablePositionalOptions()
    .description('print the records that are new, changed or gone in the exports of a consent')
    .argument('<consent-id>')
    .option(
      '--since <cursor>',
      'only exports after this cursor; the command prints the newest cursor at the end',
      parseCursor,
      0,
    );
  return addChoice(command)
    .addOption(
      new Option('--format <format>', 'one JSON object per line, or CSV of one kind')
        .choices(['ndjson', 'csv'])
        .default('ndjson'),
    )
    .option('--counts', 'print the number of records by kind and day, as JSON')
    .addCommand(readCommand(context))
    .addCommand(exportCommand(context))
    .action((consentId: string, options: RecordsOptions) =>
      context.untilSignalled((signal) =>
        withPortage(context, async (portage) => {
          const { since, format, counts } = options;
          const entry = { action: counts === true ? 'records.counted' : 'records.read', consentId } as const;
          if ((await portage.consents.find(consentId)) === undefined) {
            await auditRefusal(portage, entry, 'CONSENT_UNKNOWN');
            context.terminal.remarks.write(`There is no consent ${consentId}.\n`);
            return 1;
          }
          const stored = createStoredExports(portage);
          await auditRead(portage, entry);
          if (counts === true) {
            const answer = await stored.counts(consentId, since);
            context.terminal.out.write(`${JSON.stringify(answer, undefined, 2)}\n`);
            return 0;
          }
          const wanted = wantedOf(options);
          let cursor = since;
          const deliveries = async function* (): AsyncGenerator<Line> {
            for await (const item of stored.changes(consentId, since, wanted)) {
              if (isCursor(item)) ({ cursor } = item);
              else yield item;
            }
          };
          const texts = format === 'csv' ? csvLines(deliveries(), onlyKind(wanted.kinds)) : ndjsonLines(deliveries());
          const source = Readable.from(inBlocks(texts), { objectMode: true, highWaterMark: 1 });
          await pipeline(source, context.terminal.out, { signal, end: false });
          context.terminal.remarks.write(`For the next records, add --since ${cursor}\n`);
          return 0;
        }),
      ),
    );
}
