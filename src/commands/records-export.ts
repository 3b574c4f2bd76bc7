/** `portage records export`: the records of an export or a consent as files that other programs open. */
import { resolve } from 'node:path';

import { SingleBar } from 'cli-progress';
import { Command, Option } from 'commander';

import type { Portage } from '../portage';
import { fileFormats, type FileFormat } from '../records/deliver/files/record-files';
import { OutputExists, writeFiles } from '../records/deliver/files/write-files';
import type { Line } from '../records/deliver/line';
import { createStoredExports } from '../records/deliver/stored-exports';
import { auditRead, auditRefusal, findOrRefuse } from './audited';
import { withPortage, type CommandContext } from './context';
import { addChoice, parseCursor, wantedOf, type ChoiceOptions } from './records-choice';

interface ExportOptions extends ChoiceOptions {
  readonly export?: string;
  readonly consent?: string;
  readonly since: number;
  readonly format: FileFormat;
  readonly output: string;
  readonly force?: true;
}

/** The lines to write, and their number without a filter. */
interface Source {
  readonly lines: AsyncIterable<Line>;
  readonly total: number;
}

export function exportCommand(context: CommandContext): Command {
  const command = new Command('export')
    .description(
      'write records into a SQLite file, or into a folder of Parquet, CSV or NDJSON files, one for each kind',
    )
    .addOption(new Option('--export <export-id>', 'all records of this export').conflicts('consent'))
    .option('--consent <consent-id>', 'the records that are new, changed or gone in the exports of this consent')
    .option('--since <cursor>', 'with --consent: only exports after this cursor', parseCursor, 0)
    .addOption(new Option('--format <format>').choices(fileFormats).makeOptionMandatory())
    .requiredOption('--output <path>', 'a file for sqlite, a folder for the other formats')
    .option('--force', 'replace an existing file or folder');
  return addChoice(command).action((options: ExportOptions) =>
    context.untilSignalled((signal) =>
      withPortage(context, async (portage) => {
        const { terminal, folder } = context;
        const { consent: consentId, export: exportId } = options;
        const entry = { action: 'records.read', consentId, exportId } as const;
        const source = await findOrRefuse(portage, entry, () => findSource(portage, options));
        if (typeof source === 'string') {
          const code = exportId === undefined ? 'CONSENT_UNKNOWN' : 'NOT_FOUND';
          if (consentId !== undefined || exportId !== undefined) await auditRefusal(portage, entry, code);
          terminal.remarks.write(`${source}\n`);
          return 1;
        }
        await auditRead(portage, entry);
        const output = resolve(folder ?? process.cwd(), options.output);
        // The bar is shown only on a terminal; the results go to standard output.
        const bar = new SingleBar({
          format: '  {bar} {value} of {total} records',
          stream: terminal.remarks,
          clearOnComplete: true,
        });
        bar.start(source.total, 0);
        try {
          const written = await writeFiles(source.lines, {
            ...{ format: options.format, output, isForced: options.force === true, signal },
            onProgress: (lines) => bar.update(lines),
          });
          bar.stop();
          terminal.out.write(`${output}: ${written} records and gone keys.\n`);
          return 0;
        } catch (error) {
          bar.stop();
          if (!(error instanceof OutputExists)) throw error;
          terminal.remarks.write(`${error.message}\n`);
          return 1;
        }
      }),
    ),
  );
}

/** @returns a message when the export or the consent does not exist */
async function findSource(portage: Portage, options: ExportOptions): Promise<Source | string> {
  const stored = createStoredExports(portage);
  const { export: exportId, consent: consentId, since } = options;
  const wanted = wantedOf(options);
  if (exportId !== undefined) {
    const row = await portage.exports.find(exportId);
    if (row === undefined) return `There is no export ${exportId}.`;
    return { lines: stored.recordsOf(row, wanted), total: row.recordsCount?.read ?? 0 };
  }
  if (consentId === undefined) return 'Choose the records with --export <export-id> or --consent <consent-id>.';
  if ((await portage.consents.find(consentId)) === undefined) return `There is no consent ${consentId}.`;
  const { counts } = await stored.counts(consentId, since);
  const total = counts.reduce((sum, count) => sum + count.new + count.changed, 0);
  return { lines: stored.changes(consentId, since, wanted), total };
}
