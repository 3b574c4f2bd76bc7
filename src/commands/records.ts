/** `portage records`: what the exports of a consent brought, for an operator or a script; and reading one again. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError, Option } from 'commander';

import type { Export } from '../database/exports';
import type { Portage } from '../portage';
import { asCsv, asNdjson, type Delivery } from '../records/deliver/deliver-records';
import { isKind, kinds, type KindName } from '../records/kinds';
import { readExportAgain } from '../records/read/read-export';
import { createStoredExports, type CursorMark } from '../records/deliver/stored-exports';
import type { Wanted } from '../records/deliver/stored-records';
import type { CommandTerminal } from './command-terminal';
import { withPortage, type CommandContext } from './context';

interface RecordsOptions {
  readonly since: number;
  readonly kind?: KindName[];
  readonly from?: string;
  readonly to?: string;
  readonly undated: 'keep' | 'drop';
  readonly format: 'ndjson' | 'csv';
  readonly counts?: true;
}

export function recordsCommand(context: CommandContext): Command {
  return new Command('records')
    .description('print what is new, changed and gone over the exports of a consent')
    .argument('<consent-id>')
    .option(
      '--since <cursor>',
      'only exports after this cursor; the command prints the newest cursor at the end',
      parseCursor,
      0,
    )
    .option('--kind <kind...>', 'only records of these kinds (docs/records.md)', collectKinds)
    .option('--from <time>', 'only records that happened from this time on, such as 2026-01-31T00:00:00Z', parseTime)
    .option('--to <time>', 'only records that happened before this time', parseTime)
    .addOption(
      new Option('--undated <what>', 'records without a time, where --from or --to is given')
        .choices(['keep', 'drop'])
        .default('keep'),
    )
    .addOption(
      new Option('--format <format>', 'one JSON text a line, or CSV').choices(['ndjson', 'csv']).default('ndjson'),
    )
    .option('--counts', 'print the number of records by kind and day, as JSON')
    .addCommand(readCommand(context))
    .action((consentId: string, options: RecordsOptions) =>
      context.untilSignalled((signal) =>
        withPortage(context, async (portage) => {
          if ((await portage.consents.find(consentId)) === undefined) {
            context.terminal.remarks.write(`There is no consent ${consentId}.\n`);
            return 1;
          }
          const stored = createStoredExports(portage);
          const { since, format, counts } = options;
          if (counts === true) {
            const answer = await stored.counts(consentId, since);
            context.terminal.out.write(`${JSON.stringify(answer, undefined, 2)}\n`);
            return 0;
          }
          let cursor = since;
          const deliveries = async function* (): AsyncGenerator<Delivery> {
            for await (const item of stored.changes(consentId, since, wantedOf(options))) {
              if (isMark(item)) ({ cursor } = item);
              else yield item;
            }
          };
          const text = format === 'csv' ? asCsv(deliveries()) : asNdjson(deliveries());
          await pipeline(Readable.from(text, { objectMode: true, highWaterMark: 1 }), context.terminal.out, {
            signal,
            end: false,
          });
          context.terminal.remarks.write(`The next ones: --since ${cursor}\n`);
          return 0;
        }),
      ),
    );
}

function readCommand(context: CommandContext): Command {
  return new Command('read')
    .description('read the records of a stored export again, after a reading that failed or was incomplete')
    .argument('<export-id>')
    .option('--json', 'print the result as JSON')
    .action((exportId: string, { json }: { json?: true }) =>
      context.untilSignalled((signal) =>
        withPortage(context, async (portage) => {
          const row = await portage.exports.find(exportId);
          if (row === undefined) {
            context.terminal.remarks.write(`There is no export ${exportId}.\n`);
            return 1;
          }
          const read = await readAgain(portage, row, { signal, terminal: context.terminal });
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
  // On a terminal only; what is printed for good goes to standard output.
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
    `${id} (${resources.join(', ')}) is ${state}: its records were read, ${recordsState ?? 'unknown'}.`,
    `  read ${read}, new ${fresh}, changed ${changed}, gone ${gone ?? 'unknown'}, left out ${leftOut}, problems ${problems}`,
    `  Host apps get them after cursor ${(recordsNumber ?? 1) - 1}.`,
    '',
  ].join('\n');
}

const isMark = (item: Delivery | CursorMark): item is CursorMark => 'cursor' in item;

function wantedOf({ kind, from, to, undated }: RecordsOptions): Wanted {
  return { ...(kind && { kinds: kind }), from, to, undated };
}

function parseCursor(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It is not a cursor; use one that this command printed.');
  return Number(text);
}

function parseTime(text: string): string {
  if (Number.isNaN(Date.parse(text))) throw new InvalidArgumentError('It is not a time.');
  return text;
}

function collectKinds(text: string, before: KindName[] = []): KindName[] {
  if (!isKind(text)) throw new InvalidArgumentError(`It is none of ${Object.keys(kinds).join(', ')}.`);
  return [...before, text];
}
