/** `portage host-apps`: the host apps and their settings: confirmation, return addresses, Google client, pages, quotas. */
import { resolve } from 'node:path';

import { Command, InvalidArgumentError, Option } from 'commander';

import type { GoogleClient } from '../database/google-clients';
import { readSetting, type SettingChanges, type SettingName } from '../database/host-app-settings';
import type { HostApp, HostAppChanges } from '../database/host-apps';
import type { HostAppSettings } from '../domain/host-app-settings';
import { parseReturnUrls } from '../domain/return-urls';
import type { Portage } from '../portage';
import { auditRefusal, operatorActor } from './audited';
import { withPortage, type CommandContext } from './context';
import { readGoogleClientFile } from './google-client-file';

const anyAddress = 'any https address';

function words({ requiresConfirmation, returnUrls, googleClientId, settings }: HostApp): string {
  const where = returnUrls.length === 0 ? anyAddress : returnUrls.join(', ');
  const own = [
    ...(googleClientId === null ? [] : [`Google client ${googleClientId}`]),
    ...Object.entries(settings).map(([name, value]) => `${name} ${value}`),
  ];
  return [`confirmation ${requiresConfirmation ? 'on' : 'off'}`, `returns to ${where}`, ...own].join('  ');
}

/** An empty text removes a setting. */
type SettingOptions = { readonly [Name in SettingName]?: HostAppSettings[Name] | '' };

interface SetOptions extends SettingOptions {
  readonly confirmation?: 'on' | 'off';
  readonly returnUrls?: string[];
  readonly googleClient?: string;
}

const settingOptions: readonly (readonly [flag: string, name: SettingName, what: string])[] = [
  ['--display-name <name>', 'displayName', 'how pages name the host app'],
  ['--support-url <url>', 'supportUrl', 'https address where users find help, which pages link to'],
  ['--privacy-url <url>', 'privacyUrl', 'https address of the privacy policy, which pages link to'],
  ['--accent-colour <colour>', 'accentColour', 'colour of the buttons on pages, such as #1f5fd0'],
  ['--max-consents <number>', 'maxConsents', 'how many connected consents the host app may have'],
  ['--max-sessions-per-day <number>', 'maxSessionsPerDay', 'how many connect sessions it may make in 24 hours'],
];

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

  const set = command
    .command('set <host-app>')
    .description(
      'change the settings of a host app; --confirmation applies only to connect sessions that are made from now on',
    )
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
    .option(
      '--google-client <file>',
      'JSON file of an OAuth client at Google for new consents (docs/guides/several-host-apps.md); "" means the client of the configuration',
    );
  for (const [flag, name, what] of settingOptions) set.option(flag, `${what}; "" removes it`, settingReader(name));
  set.action((name: string, options: SetOptions) =>
    context.untilSignalled(() =>
      withPortage(context, async (portage) => {
        const client = googleClientOf(context, portage, options);
        const changes = changesOf(options, client);
        if (Object.keys(changes).length === 0) {
          remarks.write(
            'Name the settings to change, such as --confirmation or --return-urls; --help lists the options.\n',
          );
          return 1;
        }
        const changed = await portage.hostApps.change(name, changes, {
          ...{ by: operatorActor(), at: portage.now() },
          before: client && ((tx) => portage.googleClients.save(client, tx)),
        });
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

/** @returns the client from the file, if the options name one */
function googleClientOf(
  { terminal, folder }: CommandContext,
  { config }: Portage,
  { googleClient }: SetOptions,
): GoogleClient | undefined {
  if (googleClient === undefined || googleClient === '') return undefined;
  const client = readGoogleClientFile(resolve(folder ?? process.cwd(), googleClient));
  const redirectUri = `${config.publicUrl}/oauth/callback`;
  if (!client.redirectUris.includes(redirectUri)) {
    terminal.remarks.write(
      `The file does not name the redirect URI ${redirectUri}. Register it with the client at Google, or users cannot connect.\n`,
    );
  }
  return client;
}

function changesOf(
  { confirmation, returnUrls, googleClient, ...settings }: SetOptions,
  client: GoogleClient | undefined,
): HostAppChanges {
  const googleClientId = googleClient === '' ? null : client?.clientId;
  return {
    ...(confirmation !== undefined && { requiresConfirmation: confirmation === 'on' }),
    ...(returnUrls !== undefined && { returnUrls }),
    ...(googleClientId !== undefined && { googleClientId }),
    ...(Object.keys(settings).length > 0 && { settings: withoutEmpty(settings) }),
  };
}

function withoutEmpty(settings: SettingOptions): SettingChanges {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, value === '' ? null : value]));
}

function settingReader(name: SettingName) {
  // Not null, because commander turns null into an empty text.
  return (text: string) => (text === '' ? '' : orInvalid(() => readSetting(name, text)));
}

const readReturnUrls = (text: string): string[] => orInvalid(() => parseReturnUrls(text));

/** @throws InvalidArgumentError, for which commander prints the usage */
function orInvalid<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}
