/** `portage verify`: checks that the stored bytes of an export are complete and as Google sent them. */
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';

import { findDamage, isDamage, verifyStoredExport, type StoredExport } from '../archive/verify/verify-stored-export';
import type { Export } from '../database/exports';
import type { StoredPart } from '../database/parts';
import { PortageError } from '../domain/error-codes';
import { findingWords } from '../domain/finding-words';
import type { Verdict } from '../domain/states';
import { verdictOf, type Finding } from '../domain/verdict';
import type { Portage } from '../portage';
import { verifyRecords, type RecordsCheck } from '../records/deliver/verify-records';
import { auditRead, auditRefusal } from './audited';
import type { CommandTerminal } from './command-terminal';
import { withPortage, type CommandContext } from './context';

export interface VerifyReport {
  readonly row: Export;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  /** The number of files that were read to their checksum; null when damage in the storage made this impossible. */
  readonly files: number | null;
  readonly parts: readonly Pick<StoredPart, 'number' | 'bytes' | 'sha256'>[];
}

const verdictWords: Readonly<Record<Verdict, string>> = {
  complete: 'every byte is as Google sent it, and every file of Google’s list is there',
  incomplete_at_google: 'every byte that Google sent is stored, but Google did not send everything',
  unverified: 'every byte that Google sent is stored, but Portage did not check the whole archive, or could not',
  corrupt: 'bytes are missing, or are not as Google sent them',
};

export function verifyCommand(context: CommandContext): Command {
  return new Command('verify')
    .description('verify every stored byte of an export and of its records again; this changes nothing')
    .argument('<export-id>')
    .option('--json', 'print the result as JSON')
    .action((exportId: string, { json }: { json?: true }) =>
      context.untilSignalled((signal) =>
        withPortage(context, async (portage) => {
          const row = await portage.exports.find(exportId);
          if (row === undefined) {
            await auditRefusal(portage, { action: 'export.verified', exportId }, 'NOT_FOUND');
            context.terminal.remarks.write(`There is no export ${exportId}.\n`);
            return 1;
          }
          const { consentId } = row;
          const entry = { action: 'export.verified', consentId, exportId } as const;
          if (row.dataDeletionAt !== null) {
            await auditRefusal(portage, entry, 'DATA_DELETED');
            throw new PortageError('DATA_DELETED', { detail: exportId });
          }
          await auditRead(portage, entry);
          const records = await verifyRecords(portage, row, signal);
          // When the host app asked only for records, the parts are deleted, and only the records can be verified.
          const areKept = row.partsDroppedAt === null;
          const report = areKept ? await verifyAgain(portage, row, { signal, terminal: context.terminal }) : undefined;
          context.terminal.out.write(
            json === true
              ? `${JSON.stringify(reportJson(row, report, records), undefined, 2)}\n`
              : `${report === undefined ? droppedText(row) : text(report)}${recordsText(row, records)}`,
          );
          const isArchiveWell = report === undefined || report.verdict === 'complete';
          return isArchiveWell && (records?.missing ?? []).length === 0 ? 0 : 1;
        }),
      ),
    );
}

/** Damage in the storage becomes part of the report; all other errors are thrown. */
async function verifyAgain(
  portage: Portage,
  row: Export,
  { signal, terminal }: { signal: AbortSignal; terminal: CommandTerminal },
): Promise<VerifyReport> {
  const stored: StoredExport = row;
  // The bar is shown only on a terminal; the report goes to standard output.
  const bar = new SingleBar({
    format: '  {bar} {percentage} % of {total} bytes',
    stream: terminal.remarks,
    clearOnComplete: true,
  });
  bar.start(row.bytes ?? 0, 0);
  try {
    const { findings, files, parts, sha256 } = await verifyStoredExport(portage, stored, {
      signal,
      onProgress: (bytes) => bar.increment(bytes),
    });
    return {
      row,
      verdict: verdictOf(findings),
      findings,
      files,
      parts: parts.map((part) => ({ ...part, sha256: sha256.get(part.number) ?? null })),
    };
  } catch (error) {
    if (!isDamage(error)) throw error;
    const findings = await findDamage(portage, stored, signal);
    return { row, verdict: 'corrupt', findings, files: null, parts: await portage.parts.list(row.id) };
  } finally {
    bar.stop();
  }
}

function reportJson(row: Export, report: VerifyReport | undefined, check: RecordsCheck | undefined) {
  const { id: exportId, consentId, resource } = row;
  const records = check === undefined ? null : { missing: check.missing, listed: check.isListed };
  // After Portage has deleted the parts at the host app's request, there is no verdict.
  if (report === undefined) return { exportId, consentId, resource, verdict: null, findings: [], parts: [], records };
  const { verdict, findings, files, parts } = report;
  return {
    ...{ exportId, consentId, resource, verdict },
    findings: findings.map((finding) => ({ ...finding, text: findingWords(finding) })),
    files,
    parts: parts.map(({ number, bytes, sha256 }) => ({ number, bytes, sha256 })),
    records,
  };
}

const droppedText = ({ id, resource }: Export) =>
  `The parts of ${id} (${resource}) were deleted after its records were read, as its host app had asked.\n`;

/** The report lists at most this many names. */
const mostNames = 20;

function recordsText({ id }: Export, check: RecordsCheck | undefined): string {
  if (check === undefined) return '  Its records were not read.\n';
  const { missing, isListed } = check;
  if (missing.length === 0) {
    return isListed
      ? '  All stored objects of its records are unchanged.\n'
      : '  All its records can be read. An earlier release stored them without a list of objects, so Portage cannot check more.\n';
  }
  const names = missing.slice(0, mostNames).join(', ');
  const more = missing.length > mostNames ? ` and ${missing.length - mostNames} more` : '';
  return (
    `  Stored objects of its records are missing or changed: ${names}${more}.\n` +
    `  Restore them from a backup, or try \`portage records read ${id}\`.\n`
  );
}

function text({ row, verdict, findings, files, parts }: VerifyReport): string {
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  const lines = [
    `${row.id} (${row.resource}) is ${verdict}: ${verdictWords[verdict]}.`,
    `  parts ${parts.length}, bytes ${bytes}, files ${files ?? 'unknown'}`,
    ...parts.map((part) => `  part ${part.number}: ${part.bytes} bytes, SHA-256 ${part.sha256 ?? 'unknown'}`),
    ...findings.map((finding) => `  - ${findingWords(finding)}`),
  ];
  return `${lines.join('\n')}\n`;
}
