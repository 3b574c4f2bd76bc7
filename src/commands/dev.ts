/** `portage dev`: try everything on one machine. */
import { Command } from 'commander';

import { startDev, type RunningDev } from '../dev/dev';
import { checkDevEnvironment } from '../dev/google-client';
import { importSampleUser, isWhole } from '../dev/sample-import';
import { startOutput } from '../dev/start-output';
import { say, summaryJson, summaryOf } from '../dev/terminal';
import { aborted, parseDuration, type CommandContext } from './context';
import { serveCommands, type ServingCommands } from './serve-commands';

interface DevCommandOptions {
  once?: true;
  json?: true;
  sample: boolean;
  archives?: string;
  jobDuration?: number;
}

/** Long enough for a person to see the wait for an archive; with `--once`, the first poll finds it finished. */
const watchedJobMs = 4_000;
const unwatchedJobMs = 0;

export function devCommand({ environment, untilSignalled }: CommandContext): Command {
  return new Command('dev')
    .description('start everything in one process, with an emulator in place of Google unless GOOGLE_CLIENT_ID is set')
    .option('--once', 'stop after the sample import; the exit code is 0 only if the import was completed and verified')
    .option('--json', 'also print the summary of the sample import as one JSON object')
    .option('--no-sample', 'start without the sample import')
    .option(
      '--archives <dir>',
      'let the emulator send the files of this folder: <resource>.zip, <resource>/, an unpacked Portability/ or Takeout/ folder, or the ZIPs that contain such a folder',
    )
    .option(
      '--job-duration <time>',
      'duration of the emulator’s archive jobs (default: 4s, with --once 0s)',
      parseDuration,
    )
    .action((options: DevCommandOptions) =>
      untilSignalled(async (signal) => {
        checkDevEnvironment(environment, { archivesDir: options.archives, once: options.once === true });
        say('Portage starts:');
        const jobDurationMs = options.jobDuration ?? (options.once ? unwatchedJobMs : watchedJobMs);
        const dev = await startDev({ environment, archivesDir: options.archives, jobDurationMs }, signal);
        let commands: ServingCommands | undefined;
        try {
          const { config, portage, logger } = dev;
          commands = await serveCommands(config.dataDir, { portage, environment, logger });
          if (commands === undefined)
            say(`  The path ${config.dataDir} is too long for commands from other terminals.`);
          const exitCode = options.sample && dev.usesEmulator ? await sampleImport(dev, options, signal) : 0;
          if (options.once) return exitCode;
          say(startOutput(dev));
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
