/** A host app of `examples`, as a process of its own, and a user who clicks in it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { createBrowser } from '../support/browser';
import { freePort } from '../support/free-port';
import type { TestPortage } from '../support/portage';
import { until } from '../support/until';

export interface ExampleApp {
  readonly apiKey: string;
  /** Clicks "Connect Google", consents to everything once, and comes back. @returns the id of the connect session */
  connect(): Promise<string>;
  /** Clicks "Delete my data". @returns the page that is then shown */
  delete(): Promise<string>;
  page(): Promise<string>;
  /** Sends a webhook that Portage did not sign. @returns the status */
  forge(body: string): Promise<number>;
  stop(): Promise<void>;
}

/** @param command the program and its arguments */
export async function startExample(
  portage: TestPortage,
  [program, ...args]: readonly [string, ...string[]],
  { cwd, name }: { cwd: string; name: string },
): Promise<ExampleApp> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const { hostApp, key } = await portage.portage.hostApps.createApiKey(name, { scopes: ['connect', 'read', 'manage'] });
  const endpoint = { hostAppId: hostApp.id, url: `http://127.0.0.1:${port}/webhooks`, eventTypes: undefined };
  const { secrets } = await portage.portage.webhooks.createEndpoint({ ...endpoint, at: new Date() });
  const child = spawn(program, args, {
    cwd,
    env: {
      ...{ PATH: process.env['PATH'] ?? '', PORT: String(port), DATABASE: `${name}.sqlite` },
      ...{ PORTAGE_URL: portage.url, PORTAGE_API_KEY: key, PORTAGE_WEBHOOK_SECRET: secrets.hmac },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = once(child, 'exit');
  const page = async () => (await fetch(url)).text();
  await until(`the first page of ${name}`, () => {
    if (child.exitCode !== null) throw new Error(`${name} ended:\n${output}`);
    return page().catch(() => undefined);
  });

  const browser = createBrowser();
  return {
    ...{ apiKey: key, page },
    async connect() {
      portage.emulator.control.decideNext({ access: 'once' });
      const toConnectPage = await browser.post(`${url}/connect`);
      const toGoogle = await browser.continueToGoogle(toConnectPage.headers.get('location') ?? '');
      const toApp = await browser.follow(await browser.follow(toGoogle));
      const confirmed = await browser.follow(toApp);
      if (confirmed.status !== 303) throw new Error(`the app answered ${confirmed.status}:\n${output}`);
      return new URL(toApp.headers.get('location') ?? '').searchParams.get('portage_session') ?? '';
    },
    async delete() {
      return (await browser.follow(await browser.post(`${url}/delete`))).text();
    },
    async forge(body) {
      const headers = { 'webhook-id': 'evt_1', 'webhook-timestamp': String(Math.floor(Date.now() / 1000)) };
      const signature = { 'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}` };
      const answer = await fetch(`${url}/webhooks`, { method: 'POST', body, headers: { ...headers, ...signature } });
      return answer.status;
    },
    async stop() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
