/** `portage dev`: try everything on one machine. */
import { Command } from 'commander';

import { startDev, type RunningDev } from '../dev/dev';
import { importSampleUser, isWhole } from '../dev/sample-import';
import { say, summaryJson, summaryOf } from '../dev/terminal';
import { aborted, parseDuration, type CommandContext } from './context';
import { serveCommands, type ServingCommands } from './serve-commands';

interface DevCommandOptions {
  once?: true;
  json?: true;
  sample: boolean;
  archives?: string;
  jobDuration: number;
}

export function devCommand({ environment, untilSignalled }: CommandContext): Command {
  return new Command('dev')
    .description('start everything in one process, with an emulator in place of Google, and import a sample user')
    .option('--once', 'stop after the sample import; exit code 0 only if it was completed and verified')
    .option('--json', 'print the summary of the sample import as one JSON object, too')
    .option('--no-sample', 'start without the sample import')
    .option(
      '--archives <dir>',
      'answer with your own export: <resource>.zip, <resource>/, a Portability/ or Takeout/ tree, or its ZIPs',
    )
    .option('--job-duration <time>', 'how long the emulator takes for an archive', parseDuration, 4_000)
    .action((options: DevCommandOptions) =>
      untilSignalled(async (signal) => {
        say('Portage starts:');
        const dev = await startDev(
          { environment, archivesDir: options.archives, jobDurationMs: options.jobDuration },
          signal,
        );
        let commands: ServingCommands | undefined;
        try {
          const { config, portage, logger } = dev;
          commands = await serveCommands(config.dataDir, { portage, environment, logger });
          if (commands === undefined)
            say(`  The path ${config.dataDir} is too long for commands from other terminals.`);
          const exitCode = options.sample && dev.usesEmulator ? await sampleImport(dev, options, signal) : 0;
          if (options.once) return exitCode;
          say(addresses(dev));
          await aborted(signal);
          return 0;
        } finally {
          await commands?.stop();
          await dev.stop();
        }
      }),
    );
}

async function sampleImport(dev: RunningDev, { json }: DevCommandOptions, signal: AbortSignal): Promise<number> {
  say('A sample user connects:');
  const consent = await importSampleUser(dev, signal);
  process.stdout.write(`${summaryOf(consent)}\n`);
  if (json) process.stdout.write(`${summaryJson(consent)}\n`);
  return isWhole(consent) ? 0 : 1;
}

function addresses(dev: RunningDev): string {
  const rows: [string, string | undefined][] = [
    ['Demo app', dev.hostAppUrl],
    ['Portage', dev.config.publicUrl],
    ['Emulator', dev.config.google.emulatorUrl],
    ['Temporal UI', dev.temporalUiUrl],
    ['Data, logs', dev.config.dataDir],
  ];
  const lines = rows.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(12)} ${value}`]));
  return ['', ...lines, '', '  Ctrl-C stops everything.'].join('\n');
}
