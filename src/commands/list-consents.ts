/** `portage consents list`: a page of consents, or the consents that are stuck. */
import { InvalidArgumentError, Option, type Command } from 'commander';

import { consentStates } from '../domain/states';
import { auditRead } from './audited';
import { listColumns, listConsents, listRow, type ConsentFilter } from './consents-table';
import { jsonOption, type ConsentsContext } from './consents-context';
import type { Operator } from './operator';
import { listStuck, stuckColumns, stuckRows } from './stuck-consents';
import { jsonText, table } from './table';

interface Options extends ConsentFilter {
  readonly json?: true;
  readonly stuck?: true;
}

const mostListed = 1_000;

export function addListCommand(command: Command, { terminal, run }: ConsentsContext): void {
  command
    .command('list')
    .description('list consents, newest first, from the database')
    .addOption(new Option('--state <state>', 'list only consents in this state').choices(consentStates))
    .option('--user <user-id>', 'list only consents of this user ID of a host app')
    .option('--limit <number>', `list at most this many consents, up to ${mostListed}`, parseLimit, 50)
    .option('--before <consent-id>', 'list only consents older than this one, to get the next page')
    .addOption(
      new Option('--stuck', 'list only consents that are stuck, oldest first, each with its failing step').conflicts([
        'state',
        'before',
      ]),
    )
    .addOption(jsonOption())
    .action((options: Options) =>
      run(async (operator) => {
        await auditRead(operator.portage, { action: 'consents.listed' });
        await (options.stuck ? writeStuck(operator, options, terminal) : writeList(operator, options, terminal));
        return 0;
      }),
    );
}

type Terminal = ConsentsContext['terminal'];

async function writeStuck(operator: Operator, options: Options, { out, remarks, width }: Terminal): Promise<void> {
  const stuck = await listStuck(operator, options);
  if (options.json) out.write(`${jsonText({ consents: stuck })}\n`);
  else if (stuck.length === 0) remarks.write('No consent is stuck.\n');
  else out.write(table(stuckColumns, stuck.flatMap(stuckRows), width));
}

async function writeList({ portage }: Operator, options: Options, { out, remarks, width }: Terminal): Promise<void> {
  const list = await listConsents(portage, options);
  if (options.json) out.write(`${jsonText(list)}\n`);
  else if (list.consents.length === 0) remarks.write('There is no consent with these options.\n');
  else out.write(table(listColumns, list.consents.map(listRow), width));
  if (list.nextBefore !== null && !options.json) remarks.write(`More: add --before ${list.nextBefore}\n`);
}

function parseLimit(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > mostListed)
    throw new InvalidArgumentError(`It is not a whole number from 1 to ${mostListed}.`);
  return value;
}
