/** `portage emulator`: the emulator of Google without the rest of Portage, for any project in any language. */
import { Command, InvalidArgumentError, Option } from 'commander';

import { startEmulator, switchSets, type ClockSetting, type SwitchSet } from '../emulator';
import { leftLines } from '../dev/terminal';
import { bindListener } from '../listener';
import { aborted, parseDuration, parsePort, type CommandContext } from './context';

interface EmulatorCommandOptions {
  host: string;
  port: number;
  publicUrl?: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string[];
  projectNumber?: string;
  appName?: string;
  testing?: true;
  seed: string;
  day?: number;
  clockScale?: number;
  clockAt?: string;
  archives?: string;
  state?: string;
  jobDuration: number;
  switches: SwitchSet;
  control?: true;
}

export function emulatorCommand({ terminal, untilSignalled }: CommandContext): Command {
  return new Command('emulator')
    .description('run the emulator of Google: OAuth screens, the Data Portability API, signed downloads')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <port>', 'port to listen on; 0 takes a free one', parsePort, 3200)
    .option('--public-url <url>', 'base URL under which callers reach the emulator, if it differs')
    .option('--client-id <id>', 'OAuth client id', 'portage-demo')
    .option('--client-secret <secret>', 'OAuth client secret', 'portage-demo-secret')
    .option('--redirect-uri <uri...>', 'exact redirect URIs of the client', ['http://localhost:3000/oauth/callback'])
    .option('--project-number <digits>', 'number of the Google Cloud project')
    .option('--app-name <name>', 'name of the app on the consent screen')
    .option('--testing', 'use the publishing status Testing, in which every consent ends after seven days')
    .option('--seed <text>', 'seed of the generated data; the same seed gives the same archives', 'portage')
    .option('--day <time>', 'length of a day for locks, links, consents and archives, such as 1m', parseDuration)
    .option('--clock-scale <factor>', 'run the clock this many times as fast as the system clock', parseFactor)
    .option(
      '--clock-at <time>',
      'set the clock to this time (RFC 3339); without --clock-scale, the clock then does not run',
    )
    .option(
      '--archives <dir>',
      'send the files of this folder: <resource>.zip, <resource>/, an unpacked Portability/ or Takeout/ folder, or the ZIPs that contain such a folder',
    )
    .option('--state <file>', 'store the state in this file, so that it survives restarts')
    .option('--job-duration <time>', 'duration of an archive job', parseDuration, 20 * 60_000)
    .addOption(
      new Option('--switches <set>', 'what the emulator does where Google’s behaviour is not known (docs/emulator.md)')
        .choices(Object.keys(switchSets))
        .default('documented'),
    )
    .option('--control', 'serve the control plane even if the address is not loopback')
    .action((options: EmulatorCommandOptions) =>
      untilSignalled(async (signal) => {
        const client = {
          clientId: options.clientId,
          clientSecret: options.clientSecret,
          redirectUris: options.redirectUri,
          ...(options.projectNumber === undefined ? {} : { projectNumber: options.projectNumber }),
          ...(options.appName === undefined ? {} : { appName: options.appName }),
          ...(options.testing === undefined ? {} : { publishing: 'testing' as const }),
        };
        const { host, port } = options;
        const socket = await bindListener({
          host,
          port,
          remedy: 'choose another one with --port (0 takes a free one)',
        });
        const emulator = await startEmulator({
          host,
          socket,
          clients: [client],
          clock: clockSetting(options),
          seed: options.seed,
          jobDurationMs: options.jobDuration,
          switches: options.switches,
          ...(options.day === undefined ? {} : { dayMs: options.day }),
          ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
          ...(options.archives === undefined ? {} : { archivesDir: options.archives }),
          ...(options.state === undefined ? {} : { stateFile: options.state }),
          ...(options.control === undefined ? {} : { control: true }),
        });
        for (const line of leftLines(emulator.givenLeft)) terminal.remarks.write(`${line}\n`);
        terminal.out.write(`${emulator.url}\n`);
        await aborted(signal);
        await emulator.stop();
        return 0;
      }),
    );
}

function clockSetting({ clockScale, clockAt }: EmulatorCommandOptions): ClockSetting {
  if (clockScale !== undefined)
    return { mode: 'scaled', scale: clockScale, ...(clockAt === undefined ? {} : { at: clockAt }) };
  return clockAt === undefined ? { mode: 'real' } : { mode: 'set', at: clockAt };
}

function parseFactor(text: string): number {
  const factor = Number(text);
  if (!(factor > 0 && Number.isFinite(factor))) throw new InvalidArgumentError('It is not a number above zero.');
  return factor;
}
