/** `portage worker`: runs workflows and their steps; run as many workers as the load needs. */
import { Command } from 'commander';

import { loadConfig, refuseUnsafe } from '../config';
import { createLogger } from '../log';
import { startProvenWorker } from '../worker/start-proven-worker';
import { installRuntime } from '../worker/start-worker';
import { aborted, openWhenThere, type CommandContext } from './context';

export function workerCommand({ environment, untilSignalled }: CommandContext): Command {
  return new Command('worker').description('run the workflows and their steps').action(() =>
    untilSignalled(async (signal) => {
      const config = loadConfig(environment);
      refuseUnsafe(config);
      const logger = createLogger(config.logLevel);
      const portage = await openWhenThere(config, logger, signal);
      installRuntime(logger);
      const worker = await startProvenWorker(portage, logger, { signal });
      await Promise.race([aborted(signal), worker.ended]);
      await worker.stop();
      await portage.close();
      return 0;
    }),
  );
}
