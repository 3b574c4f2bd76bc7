/** Listens, and reconciles stored consents with Temporal, until it is stopped. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Client, Connection } from '@temporalio/client';

import type { Logger } from '../log';
import type { Portage } from '../portage';
import { createApp } from './app';
import { createConsentStarter } from './consent-starter';

export interface RunningServer {
  /** Where it listens; the public URL may be another. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A consent that was stored while Temporal was away has its workflow after this long at most. */
const reconcileEveryMs = 10_000;

export async function startServer(
  portage: Portage,
  logger: Logger,
  options: { reconcileEveryMs?: number } = {},
): Promise<RunningServer> {
  const { config } = portage;
  // Lazy: the server comes up, and takes consents, while Temporal is away.
  const connection = Connection.lazy({ address: config.temporal.address });
  const client = new Client({
    connection,
    namespace: config.temporal.namespace,
    dataConverter: portage.dataConverter,
  });
  const consentStarter = createConsentStarter({
    client,
    taskQueue: config.temporal.taskQueue,
    consents: portage.consents,
    policy: config.policy,
    logger,
    now: portage.now,
  });
  const app = createApp({ ...portage, consentStarter, logger }, async (timeoutMs) => {
    await client.withDeadline(Date.now() + timeoutMs, () => connection.workflowService.getSystemInfo({}));
  });

  const server = createServer(app);
  server.listen(config.port, config.host);
  await once(server, 'listening');
  const { address, port } = server.address() as AddressInfo;
  const url = `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
  const stopReconciling = consentStarter.reconcile(options.reconcileEveryMs ?? reconcileEveryMs);
  logger.info({ listening: url }, 'server started');

  return {
    url,
    async stop() {
      server.close();
      server.closeIdleConnections();
      await stopReconciling();
      // Status pages hold their streams open; they come back by themselves.
      server.closeAllConnections();
      await connection.close();
      logger.info('server stopped');
    },
  };
}
