/** Runs the server, and keeps the housekeeping scheduled, until it is stopped. */
import { Client } from '@temporalio/client';

import type { Config } from '../config';
import { createConsentMessages } from '../temporal/client/consent-messages';
import { createConsentProgress } from '../temporal/client/consent-progress';
import { createConsentWorkflows } from '../temporal/client/consent-workflows';
import { keepHousekeeping } from '../temporal/client/housekeeping-schedule';
import { keepRetention } from '../temporal/client/retention-workflow';
import { createTemporalCalls } from '../temporal/client/temporal-calls';
import { createUserDeletion } from '../temporal/client/user-deletion';
import { bindListener, type Listener } from '../listener';
import type { Logger } from '../log';
import type { Portage } from '../portage';
import { openProbeConnection } from '../readiness/probe-connection';
import { serverReadiness } from '../readiness/portage-readiness';
import { openServerConnection } from '../temporal/server-connection';
import { createSemaphore } from '../semaphore';
import { createApp } from './app';
import { createConsentStarter } from './consent-starter';
import { createEventWaiters } from './event-waiters';
import { createHeldGrants } from './resume-held-grants';
import { keepAudit } from './keep-audit';
import { createRefusalCounter } from './audit-refusals';
import type { HomeLink } from './home';
import { createRenewalSignal } from './renewal-signal';

export interface RunningServer {
  /** The address on which the server listens; the public URL may differ. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Opens the server's socket, before the other parts start.
 *
 * @throws ListenError when the port is taken or the address is not this machine's
 */
export function bindServer({ host, port }: Config): Promise<Listener> {
  return bindListener({ host, port, remedy: 'set PORT to another port' });
}

export interface ServerOptions {
  /** The socket, which `stop` closes; by default, one is opened from the configuration. */
  readonly listener?: Listener;
  /** Links of the home page, in addition to the server's own addresses. */
  readonly homeLinks?: () => readonly HomeLink[];
}

/**
 * Callbacks and confirmations that one server handles at once: fewer than its database connections
 * (domain/timeouts.ts).
 */
const grantsAtOnce = 6;
const confirmationsAtOnce = 2;

export async function startServer(
  portage: Portage,
  logger: Logger,
  { listener, homeLinks }: ServerOptions = {},
): Promise<RunningServer> {
  const { config, limits } = portage;
  const socket = listener ?? (await bindServer(config));
  const temporal = openServerConnection(config.temporal, limits.temporal);
  const { connection } = temporal;
  const client = new Client({
    connection,
    namespace: config.temporal.namespace,
    dataConverter: portage.dataConverter,
  });
  const { address, taskQueue } = config.temporal;
  const { policy, housekeepingEveryMs } = config;
  const { consents, now } = portage;
  const consentWorkflows = createConsentWorkflows({
    client,
    address,
    taskQueue,
    consents,
    timeoutMs: limits.temporal.callMs,
    now,
  });
  const consentStarter = createConsentStarter({ consentWorkflows, policy, logger });
  const signalRenewal = createRenewalSignal({ client, address, logger });
  const probeConnection = openProbeConnection(config.temporal, limits.temporal);
  const calls = createTemporalCalls({ client, address, answerWithinMs: limits.temporal.callMs });
  const progress = createConsentProgress(calls);
  const messages = createConsentMessages({ calls, taskQueue, policy, consents, progress, now });
  const deleteUser = createUserDeletion({ calls, consents, dataDeletion: portage.dataDeletion, messages, now });
  const readiness = serverReadiness(portage, probeConnection, logger);
  // These faults must be known before the first request: with them, nothing may be stored.
  await readiness.prove(['database', 'vaultKeys']);
  const eventWaiters = createEventWaiters({ ...portage, logger });
  const refusals = createRefusalCounter({ ...portage, logger });
  const inGrantTurn = createSemaphore(grantsAtOnce);
  const inConfirmationTurn = createSemaphore(confirmationsAtOnce);
  const app = createApp(
    {
      ...{ ...portage, consentStarter, signalRenewal, deleteUser, messages, readiness, refusals, eventWaiters },
      ...{ inGrantTurn, inConfirmationTurn, logger },
    },
    homeLinks,
  );

  socket.serve(app);
  readiness.start();
  const { url } = socket;
  const stopHousekeeping = keepHousekeeping(
    { client, address, taskQueue, policy, everyMs: housekeepingEveryMs },
    logger,
  );
  const heldGrants = createHeldGrants({ ...portage, consentStarter, signalRenewal, logger });
  const stopWatching = heldGrants.keepWatching(housekeepingEveryMs);
  const stopAudit = keepAudit({ ...portage, logger });
  const { retention } = config;
  const stopRetention = keepRetention({ client, address, taskQueue, policy, retention: retention ?? null }, logger);
  logger.info({ listening: url }, 'server started');

  return {
    url,
    async stop() {
      socket.stopAccepting();
      await Promise.all([
        ...[stopHousekeeping(), stopRetention(), stopWatching()],
        ...[readiness.stop(), eventWaiters.stop()],
      ]);
      // Closes the streams of status pages, which reconnect. Requests that waited for events already have their
      // answers.
      await socket.close();
      // Only after the last request.
      await Promise.all([refusals.stop(), stopAudit(), temporal.close(), probeConnection.close()]);
      logger.info('server stopped');
    },
  };
}
