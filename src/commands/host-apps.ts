/** `portage host-apps`: the host apps, whether they confirm their connect sessions, and where browsers return to. */
import { Command, InvalidArgumentError, Option } from 'commander';

import type { HostApp } from '../database/host-apps';
import { parseReturnUrls } from '../domain/return-urls';
import { auditRefusal, operatorActor } from './audited';
import { withPortage, type CommandContext } from './context';

const anyAddress = 'any https address';

function words({ requiresConfirmation, returnUrls }: HostApp): string {
  const where = returnUrls.length === 0 ? anyAddress : returnUrls.join(', ');
  return `confirmation ${requiresConfirmation ? 'on' : 'off'}  returns to ${where}`;
}

interface SetOptions {
  readonly confirmation?: 'on' | 'off';
  readonly returnUrls?: string[];
}

export function hostAppsCommand(context: CommandContext): Command {
  const { out, remarks } = context.terminal;
  const command = new Command('host-apps').description('list the host apps and change their settings');

  command
    .command('list')
    .description(
      'list the host apps, whether they have to confirm their connect sessions, and where browsers return to',
    )
    .action(() =>
      withPortage(context, async ({ hostApps }) => {
        const apps = await hostApps.list();
        for (const app of apps) out.write(`${app.id}  ${words(app)}  ${app.name}\n`);
        if (apps.some(({ returnUrls }) => returnUrls.length === 0)) {
          remarks.write(
            `Where a host app may return to ${anyAddress}, a stolen API key or a fault of the app can send users to a site that imitates it. Name its addresses with "portage host-apps set <host-app> --return-urls".\n`,
          );
        }
      }),
    );

  command
    .command('set <host-app>')
    .description('change a host app; the change applies to connect sessions that are made from now on')
    .addOption(
      new Option(
        '--confirmation <on-or-off>',
        'whether the host app has to confirm its connect sessions (docs/api.md)',
      ).choices(['on', 'off']),
    )
    .option(
      '--return-urls <urls>',
      `origins and URL prefixes that returnUrl may have, comma-separated; "" allows ${anyAddress}`,
      readReturnUrls,
    )
    .action((name: string, { confirmation, returnUrls }: SetOptions) =>
      context.untilSignalled(() =>
        withPortage(context, async (portage) => {
          const { hostApps, now } = portage;
          if (confirmation === undefined && returnUrls === undefined) {
            remarks.write('Name what to change: --confirmation or --return-urls.\n');
            return 1;
          }
          const changes = {
            ...(confirmation !== undefined && { requiresConfirmation: confirmation === 'on' }),
            ...(returnUrls !== undefined && { returnUrls }),
          };
          const changed = await hostApps.change(name, changes, { by: operatorActor(), at: now() });
          if (changed !== undefined) out.write(`${name}: ${words(changed)}.\n`);
          else {
            await auditRefusal(portage, { action: 'host_app.changed' }, 'NOT_FOUND');
            remarks.write(`There is no host app ${name}; see "portage host-apps list".\n`);
          }
          return changed !== undefined ? 0 : 1;
        }),
      ),
    );

  return command;
}

function readReturnUrls(text: string): string[] {
  try {
    return parseReturnUrls(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}
