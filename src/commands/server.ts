/** `portage server`: pages, callback and API; run as many as the load asks for. */
import { Command } from 'commander';

import { loadConfig, refuseUnsafe } from '../config';
import { createLogger } from '../log';
import { bindServer, startServer } from '../server/start';
import { aborted, openWhenThere, type CommandContext } from './context';

export function serverCommand({ environment, untilSignalled }: CommandContext): Command {
  return new Command('server')
    .description('serve the connect pages, the status pages and the host app’s API')
    .action(() =>
      untilSignalled(async (signal) => {
        const config = loadConfig(environment);
        refuseUnsafe(config);
        const logger = createLogger(config.logLevel);
        const listener = await bindServer(config);
        try {
          const portage = await openWhenThere(config, logger, signal);
          const server = await startServer(portage, logger, { listener });
          await aborted(signal);
          await server.stop();
          await portage.close();
        } finally {
          await listener.close();
        }
        return 0;
      }),
    );
}
