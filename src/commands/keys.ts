/** `portage keys`: the keys that seal secrets in the database and at Temporal. */
import { Command } from 'commander';

import { createKeyRuns } from '../temporal/client/key-runs';
import { audited } from './audited';
import { jsonOption } from './consents-context';
import type { CommandContext } from './context';
import { needsOf, reportKeys } from './key-report';
import { keysTable, verdicts } from './key-report-text';
import { withOperator } from './operator';
import { rotateEverything } from './rotate-keys';
import { jsonText } from './table';

export function keysCommand(context: CommandContext): Command {
  const { out, width } = context.terminal;
  const command = new Command('keys').description('manage the keys that seal tokens, data keys, secrets and payloads');

  command
    .command('status')
    .description('list the values that are sealed with each key, and what still needs an older key')
    .addOption(jsonOption())
    .action(({ json }: { json?: true }) =>
      context.untilSignalled(() =>
        withOperator(context, async ({ portage, calls }) => {
          const uses = await reportKeys(portage, createKeyRuns(calls, portage.config.temporal));
          out.write(
            json
              ? `${jsonText(uses.map((use) => ({ ...use, openNeeds: needsOf(use) })))}\n`
              : keysTable(uses, width) + verdicts(uses),
          );
          return 0;
        }),
      ),
    );

  command
    .command('rotate')
    .description(
      'seal every data key, token and secret again, with KMS_KEY_ARN or the first key of VAULT_KEYS, and restart the ' +
        'workflows that still need an older key; archives do not change',
    )
    .action(() =>
      context.untilSignalled((signal) =>
        withOperator(context, async ({ portage, calls }) => {
          const print = (line: string) => void out.write(`${line}\n`);
          const { columns, uses, done } = await audited(portage, { action: 'keys.rotated' }, () =>
            rotateEverything(portage, calls, { print, signal }),
          );
          for (const { name, unopened } of columns) {
            for (const { id, reason } of unopened) print(`${name} of ${id} did not change. ${reason}`);
          }
          out.write(verdicts(uses));
          print(
            done
              ? 'Everything is sealed with the first key.'
              : 'Solve the problems above, then run this command again.',
          );
          return done ? 0 : 1;
        }),
      ),
    );

  return command;
}
