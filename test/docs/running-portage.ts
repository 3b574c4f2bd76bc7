/** A running Portage as after `npm start`: in the reader's folder, with the emulator in place of Google. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { Client, Connection } from '@temporalio/client';

import { serveCommands } from '../../src/commands/serve-commands';
import { removeHousekeeping } from '../../src/temporal/client/housekeeping-schedule';
import { startDev } from '../../src/dev/dev';
import '../support/built';
import { createBrowser } from '../support/browser';
import type { ReaderFolder } from './reader-folder';

export interface RunningPortage {
  readonly url: string;
  /**
   * A user opens the connect link, consents to all of it, once, and comes back to the app if it runs on this machine.
   *
   * @returns the code that the browser brings to the app
   */
  consent(connectUrl: string): Promise<string>;
  stop(): Promise<void>;
}

/** Tests share Temporal's server: a task queue of its own keeps an instance's workflows apart. */
export const ownTaskQueue = () => `docs-${randomUUID()}`;

/** Starts everything but Temporal, on the documented ports or the next ones that are free. */
export async function startRunningPortage({ folder, environment }: ReaderFolder): Promise<RunningPortage> {
  const own = { ...environment, DATA_DIR: join(folder, '.portage') };
  const dev = await startDev(
    {
      environment: own,
      archivesDir: undefined,
      jobDurationMs: 500,
    },
    new AbortController().signal,
  );
  const { publicUrl, google, temporal, dataDir } = dev.config;
  const commands = await serveCommands(dataDir, { portage: dev.portage, environment: own, logger: dev.logger });
  return {
    url: publicUrl,
    async consent(connectUrl) {
      const decision = await fetch(`${google.emulatorUrl ?? ''}/_emulator/consent`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ next: { access: 'once' } }),
      });
      expect(decision.status).toBe(200);
      const browser = createBrowser();
      const toGoogle = await browser.continueToGoogle(connectUrl);
      const callback = await browser.follow(await browser.follow(toGoogle));
      const toApp = new URL(callback.headers.get('location') ?? '');
      const code = toApp.searchParams.get('portage_code');
      expect(code).not.toBeNull();
      // Where the document has started the app itself, the app confirms; elsewhere the reader does.
      if (toApp.hostname === 'localhost') expect((await browser.follow(callback)).status).toBe(303);
      return code ?? '';
    },
    async stop() {
      await commands?.stop();
      await dev.stop();
      // Its rounds would continue during the tests that follow.
      const connection = await Connection.connect({ address: temporal.address });
      const client = new Client({ connection, namespace: temporal.namespace });
      await removeHousekeeping(client, temporal.taskQueue);
      await connection.close();
    },
  };
}
