/** A small host app to click through: it knows its user, holds an API key, and sends the browser to Portage. */
import { join } from 'node:path';

import express from 'express';

import { resources, resourceTitle } from '../domain/resources';
import type { Listener } from '../listener';
import { renderPage } from '../server/pages/layout';
import type { PortageApi } from './portage-api';

export interface HostAppOptions {
  readonly api: PortageApi;
  /** Its socket; `stop` closes it. */
  readonly listener: Listener;
  /** What is ticked at first. */
  readonly suggested: readonly string[];
}

/** The demo's one user; a real host app takes it from its own login. */
const userId = 'demo-user';

export function startHostApp(options: HostAppOptions): { url: string; stop(): Promise<void> } {
  const app = express();
  const url = `http://localhost:${options.listener.port}`;
  app.use(express.urlencoded({ extended: false, limit: '64kb' }));
  app.use('/public', express.static(join(__dirname, '../../public')));

  app.get('/', (_request, response) => {
    response.send(homePage(options.suggested));
  });

  app.post('/connect', async (request, response) => {
    const form = request.body as { resource?: string | string[] } | undefined;
    const chosen = [form?.resource ?? []].flat();
    if (chosen.length === 0) {
      response.redirect(303, '/');
      return;
    }
    const session = await options.api.createConnectSession({ userId, resources: chosen, returnUrl: `${url}/` });
    response.redirect(303, session.connectUrl);
  });

  options.listener.serve(app);
  return { url, stop: () => options.listener.close() };
}

function homePage(suggested: readonly string[]): string {
  const others = [...resources.keys()].filter((resource) => !suggested.includes(resource));
  return renderPage({
    title: 'Demo host app',
    children: (
      <div class="card">
        <h1>Demo host app</h1>
        <p>
          This page stands in for your own app. Choose some data and connect; Portage takes over, the emulator plays
          Google, and the status page follows the import.
        </p>
        <form method="post" action="/connect">
          <Choices names={suggested} ticked />
          <details>
            <summary>All other resources</summary>
            <Choices names={others} ticked={false} />
          </details>
          <p>
            <button class="button" type="submit">
              Connect Google
            </button>
          </p>
        </form>
      </div>
    ),
  });
}

function Choices({ names, ticked }: { names: readonly string[]; ticked: boolean }) {
  return (
    <ul class="plain">
      {names.map((name) => (
        <li key={name}>
          <label>
            <input type="checkbox" name="resource" value={name} checked={ticked} /> {resourceTitle(name)}{' '}
            <code class="quiet">{name}</code>
          </label>
        </li>
      ))}
    </ul>
  );
}
