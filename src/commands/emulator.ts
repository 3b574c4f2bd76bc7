/** `portage emulator`: the pretend Google by itself, for any project in any language. */
import { Command, Option } from 'commander';

import { startEmulator, switchSets, type SwitchSet } from '../emulator';
import { aborted, parseDuration, parsePort, type CommandContext } from './context';

interface EmulatorCommandOptions {
  host: string;
  port: number;
  publicUrl?: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string[];
  seed: string;
  archives?: string;
  state?: string;
  jobDuration: number;
  switches: SwitchSet;
  control?: true;
}

export function emulatorCommand({ untilSignalled }: CommandContext): Command {
  return new Command('emulator')
    .description('serve a pretend Google: OAuth screens, the Data Portability API, signed downloads')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <port>', 'port to listen on; 0 takes a free one', parsePort, 3200)
    .option('--public-url <url>', 'base URL as callers reach it, where that differs')
    .option('--client-id <id>', 'OAuth client id', 'portage-demo')
    .option('--client-secret <secret>', 'OAuth client secret', 'portage-demo-secret')
    .option('--redirect-uri <uri...>', 'exact redirect URIs of the client', ['http://localhost:3000/oauth/callback'])
    .option('--seed <text>', 'same seed, same archives', 'portage')
    .option('--archives <dir>', 'answer with these files: <resource>.zip, <resource>/ or a Portability/ tree')
    .option('--state <file>', 'keep the state in this file over restarts')
    .option('--job-duration <time>', 'how long an archive job takes', parseDuration, 20 * 60_000)
    .addOption(
      new Option('--switches <set>', 'answers to the open questions (docs/emulator.md)')
        .choices(Object.keys(switchSets))
        .default('documented'),
    )
    .option('--control', 'serve the control plane also when listening beyond loopback')
    .action((options: EmulatorCommandOptions) =>
      untilSignalled(async (signal) => {
        const { clientId, clientSecret, redirectUri } = options;
        const emulator = await startEmulator({
          host: options.host,
          port: options.port,
          clients: [{ clientId, clientSecret, redirectUris: redirectUri }],
          seed: options.seed,
          jobDurationMs: options.jobDuration,
          switches: options.switches,
          ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
          ...(options.archives === undefined ? {} : { archivesDir: options.archives }),
          ...(options.state === undefined ? {} : { stateFile: options.state }),
          ...(options.control === undefined ? {} : { control: true }),
        });
        process.stdout.write(`${emulator.url}\n`);
        await aborted(signal);
        await emulator.stop();
        return 0;
      }),
    );
}
