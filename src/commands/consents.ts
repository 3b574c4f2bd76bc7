/** `portage consents`: the commands that list, show and control consents. */
import { Command } from 'commander';

import { auditRead, findOrRefuse } from './audited';
import { reportConsent, reportJson } from './consent-report';
import { reportText } from './consent-report-text';
import { jsonOption, type ConsentsContext } from './consents-context';
import type { CommandContext } from './context';
import { addExportNowCommand } from './export-now';
import { addListCommand } from './list-consents';
import { addMessageCommands } from './message-consent';
import { withOperator, type Operator } from './operator';
import { jsonText } from './table';

/** Opens the database and the connection to Temporal for one command, and closes them afterwards. */
export type OpenOperator = <T>(work: (operator: Operator) => Promise<T>) => Promise<T>;

export function consentsCommand(
  context: CommandContext,
  open: OpenOperator = (work) => withOperator(context, work),
): Command {
  const command = new Command('consents').description('list, show and control consents; times are UTC');
  const consentsContext: ConsentsContext = {
    terminal: context.terminal,
    run: (work) => context.untilSignalled((signal) => open((operator) => work(operator, signal))),
  };
  addListCommand(command, consentsContext);
  addShowCommand(command, consentsContext);
  addMessageCommands(command, consentsContext);
  addExportNowCommand(command, consentsContext);
  return command;
}

function addShowCommand(command: Command, { terminal, run }: ConsentsContext): void {
  const { out, width } = terminal;
  command
    .command('show <consent-id>')
    .description(
      'show a consent, its loops, its latest exports and events; if Temporal answers, also the present state of its steps',
    )
    .addOption(jsonOption())
    .action((consentId: string, options: { json?: true }) =>
      run(async (operator) => {
        const entry = { action: 'consent.shown', consentId } as const;
        const report = await findOrRefuse(operator.portage, entry, () => reportConsent(operator, consentId));
        await auditRead(operator.portage, entry);
        out.write(options.json ? `${jsonText(reportJson(report))}\n` : reportText(report, width));
        return 0;
      }),
    );
}
