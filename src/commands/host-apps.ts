/** `portage host-apps`: the host apps, and whether they confirm their connect sessions. */
import { Command, Option } from 'commander';

import { withPortage, type CommandContext } from './context';

const words = (requiresConfirmation: boolean) => `confirmation ${requiresConfirmation ? 'on' : 'off'}`;

export function hostAppsCommand(context: CommandContext): Command {
  const command = new Command('host-apps').description(
    'list the host apps, and set whether they have to confirm their connect sessions',
  );

  command
    .command('list')
    .description('list the host apps, and whether they have to confirm their connect sessions')
    .action(() =>
      withPortage(context, async ({ hostApps }) => {
        for (const { id, name, requiresConfirmation } of await hostApps.list()) {
          context.terminal.out.write(`${id}  ${words(requiresConfirmation)}  ${name}\n`);
        }
      }),
    );

  command
    .command('set <host-app>')
    .description('change a host app; the change applies to connect sessions that are made from now on')
    .addOption(
      new Option('--confirmation <on-or-off>', 'whether the host app has to confirm its connect sessions (docs/api.md)')
        .choices(['on', 'off'])
        .makeOptionMandatory(),
    )
    .action((name: string, { confirmation }: { confirmation: 'on' | 'off' }) =>
      context.untilSignalled(() =>
        withPortage(context, async ({ hostApps }) => {
          const isSet = await hostApps.setConfirmation(name, confirmation === 'on');
          if (isSet) context.terminal.out.write(`${name}: ${words(confirmation === 'on')}.\n`);
          else context.terminal.remarks.write(`There is no host app ${name}; see "portage host-apps list".\n`);
          return isSet ? 0 : 1;
        }),
      ),
    );

  return command;
}
