/** `portage worker`: workflows and their steps; run as many as the load asks for. */
import { Command } from 'commander';

import { loadConfig } from '../config';
import { createLogger } from '../log';
import { installRuntime, startWorker } from '../worker';
import { aborted, openWhenThere, type CommandContext } from './context';

export function workerCommand({ environment, untilSignalled }: CommandContext): Command {
  return new Command('worker').description('run the workflows and their steps').action(() =>
    untilSignalled(async (signal) => {
      const config = loadConfig(environment);
      const logger = createLogger(config.logLevel);
      const portage = await openWhenThere(config, logger, signal);
      installRuntime(logger);
      const { dataConverter, limits, activityDependencies: dependencies } = portage;
      const worker = await startWorker(
        { temporal: config.temporal, dataConverter, dependencies, limits, logger },
        signal,
      );
      await Promise.race([aborted(signal), worker.ended]);
      await worker.stop();
      await portage.close();
      return 0;
    }),
  );
}
