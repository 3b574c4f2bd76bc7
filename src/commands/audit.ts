/** `portage audit`: what was deleted and when, for whoever has to prove it. */
import { Command } from 'commander';

import { withPortage, type CommandContext } from './context';

const entriesPerPage = 500;

export function auditCommand(context: CommandContext): Command {
  return new Command('audit')
    .description('print the audit log of deletions: one JSON object per line, the oldest first')
    .option('--consent <consent-id>', 'print only the entries of this consent')
    .action(({ consent: consentId }: { consent?: string }) =>
      context.untilSignalled(() =>
        withPortage(context, async ({ auditLog }) => {
          for (let after: string | undefined = ''; after !== undefined;) {
            const page = await auditLog.page({ consentId, after, limit: entriesPerPage });
            for (const entry of page) context.terminal.out.write(`${JSON.stringify(entry)}\n`);
            after = page.length < entriesPerPage ? undefined : page.at(-1)?.id;
          }
          return 0;
        }),
      ),
    );
}
