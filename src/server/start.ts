/** Listens, and keeps the housekeeping scheduled, until it is stopped. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Client, Connection } from '@temporalio/client';

import { createConsentWorkflows } from '../consents/consent-workflows';
import { keepHousekeeping } from '../consents/housekeeping-schedule';
import { keepRetention } from '../consents/retention-workflow';
import type { Logger } from '../log';
import type { Portage } from '../portage';
import { createApp } from './app';
import { createConsentStarter } from './consent-starter';
import type { HomeLink } from './home';
import { createRenewalSignal } from './renewal-signal';

export interface RunningServer {
  /** Where it listens; the public URL may be another. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A request must not wait for a Temporal that is away; the housekeeping comes back to it. */
const startTimeoutMs = 3_000;

/** @param homeLinks what the home page leads to besides the server's own addresses */
export async function startServer(
  portage: Portage,
  logger: Logger,
  homeLinks?: () => readonly HomeLink[],
): Promise<RunningServer> {
  const { config } = portage;
  // Lazy: the server comes up, and takes consents, while Temporal is away.
  const connection = Connection.lazy({ address: config.temporal.address });
  const client = new Client({
    connection,
    namespace: config.temporal.namespace,
    dataConverter: portage.dataConverter,
  });
  const { taskQueue } = config.temporal;
  const { policy, housekeepingEveryMs } = config;
  const { consents, now } = portage;
  const consentWorkflows = createConsentWorkflows({ client, taskQueue, consents, timeoutMs: startTimeoutMs, now });
  const consentStarter = createConsentStarter({ consentWorkflows, policy, logger });
  const tellRenewed = createRenewalSignal({ client, logger });
  const temporalAnswers = async (timeoutMs: number) => {
    await client.withDeadline(Date.now() + timeoutMs, () => connection.workflowService.getSystemInfo({}));
  };
  const app = createApp({ ...portage, consentStarter, tellRenewed, logger }, temporalAnswers, homeLinks);

  const server = createServer(app);
  server.listen(config.port, config.host);
  await once(server, 'listening');
  const { address, port } = server.address() as AddressInfo;
  const url = `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
  const stopHousekeeping = keepHousekeeping({ client, taskQueue, policy, everyMs: housekeepingEveryMs }, logger);
  const { retention } = config;
  const stopRetention = keepRetention({ client, taskQueue, policy, retention: retention ?? null }, logger);
  logger.info({ listening: url }, 'server started');

  return {
    url,
    async stop() {
      server.close();
      server.closeIdleConnections();
      await Promise.all([stopHousekeeping(), stopRetention()]);
      // Status pages hold their streams open; they come back by themselves.
      server.closeAllConnections();
      await connection.close();
      logger.info('server stopped');
    },
  };
}
