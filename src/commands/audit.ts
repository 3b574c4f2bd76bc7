/** `portage audit`: who did what to which data, and whether the log was changed since. */
import { Command, InvalidArgumentError } from 'commander';

import type { ChainHead } from '../database/audit-chain';
import { auditRead } from './audited';
import { withPortage, type CommandContext } from './context';

const entriesPerPage = 500;

export function auditCommand(context: CommandContext): Command {
  const command = new Command('audit').description('print the audit log, and verify that it was not changed');
  addExport(command, context);
  addVerify(command, context);
  return command;
}

function addExport(command: Command, context: CommandContext): void {
  const { out, remarks } = context.terminal;
  command
    .command('export', { isDefault: true })
    .description('print the audit log: one JSON object a line, oldest first; at the end, its last number and hash')
    .option('--consent <consent-id>', 'print only the entries of this consent')
    .action(({ consent: consentId }: { consent?: string }) =>
      context.untilSignalled((signal) =>
        withPortage(context, async (portage) => {
          const { auditLog } = portage;
          await auditRead(portage, { action: 'audit.exported', consentId });
          await auditLog.link();
          const head = await auditLog.head();
          for (let after: string | undefined = ''; after !== undefined;) {
            signal.throwIfAborted();
            const page = await auditLog.page({ consentId, after, limit: entriesPerPage });
            for (const entry of page) out.write(`${JSON.stringify(entry)}\n`);
            after = page.length < entriesPerPage ? undefined : page.at(-1)?.id;
          }
          if (head !== undefined) remarks.write(headText(head));
          return 0;
        }),
      ),
    );
}

function addVerify(command: Command, context: CommandContext): void {
  const { out } = context.terminal;
  command
    .command('verify')
    .description('walk the chain of the audit log, and name the first entry that was changed, removed or inserted')
    .option(
      '--expect <number:hash>',
      'the last number and hash that an earlier "audit verify" or "audit export" printed; without them, the command cannot notice that the newest entries were removed',
      parseHead,
    )
    .action(({ expect: expected }: { expect?: ChainHead }) =>
      context.untilSignalled(() =>
        withPortage(context, async ({ auditLog }) => {
          const { from, head, fault } = await auditLog.verify(expected);
          if (from === undefined || head === undefined) out.write('The audit log has no valid entry.\n');
          else out.write(`The audit log is unchanged from entry ${from} to entry ${head.number}.\n${headText(head)}`);
          if (fault !== undefined) out.write(`${fault.text}\n`);
          return fault === undefined ? 0 : 1;
        }),
      ),
    );
}

const headText = ({ number, hash }: ChainHead) => `Note this elsewhere, for --expect: ${number}:${hash}\n`;

function parseHead(text: string): ChainHead {
  const [, number, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (number === undefined || hash === undefined) {
    throw new InvalidArgumentError('It is not the number and the hash that "portage audit verify" prints.');
  }
  return { number: Number(number), hash };
}
