/** The demo's pages. Its one user is logged in always; everything about them comes from Portage's public API. */
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';

import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import helmet from 'helmet';

import { PortageRefusal, type PortageApi } from '../portage-api';
import { createArrivals } from './arrived';
import { arrivedFragment, arrivedPage, isUnderWay, type ArrivedView } from './arrived-page';
import { connectPage } from './connect-page';
import { openKeptConnections, type Connection } from './kept-connections';
import { problemPage } from './problem-page';

export interface DemoAppOptions {
  readonly api: PortageApi;
  /** The demo's own address, to which Portage sends the browser back. */
  readonly url: string;
  /** What is ticked at first. */
  readonly suggested: readonly string[];
  readonly usesEmulator: boolean;
  /** Where connections are kept over restarts; without it they are gone with the process. */
  readonly keptIn?: string;
  readonly now?: () => Date;
}

/** The demo's one user; a real host app takes it from its own login. */
const userId = 'demo-user';
/** How often a page that follows an import looks, and for how long before the browser opens a new stream. */
const lookEveryMs = 1_000;
const followForMs = 30 * 60_000;

export function createDemoApp(options: DemoAppOptions): Express {
  const { api, suggested, usesEmulator, now = () => new Date() } = options;
  const kept = openKeptConnections(options.keptIn);
  const arrivedOf = createArrivals({ api, kept, now });
  const app = express();
  app.disable('x-powered-by');
  app.use(helmet({ contentSecurityPolicy: { useDefaults: false, directives: contentSources } }));
  app.use(express.urlencoded({ extended: false, limit: '64kb' }));
  app.use('/public', express.static(join(__dirname, '../../../public')));

  const view = async (connection: Connection): Promise<ArrivedView> => ({
    connection,
    arrived: await arrivedOf(userId, connection),
    others: kept.of(userId).filter(({ sessionId }) => sessionId !== connection.sessionId),
  });

  app.get('/', async (_request, response) => {
    for (const connection of kept.of(userId)) {
      const current = await view(connection);
      if (current.arrived.state !== 'unknown') return void response.send(arrivedPage(current));
      kept.forget(userId, connection.sessionId);
    }
    response.send(connectPage({ suggested, ticked: suggested, usesEmulator }));
  });

  app.get('/connect', (request, response) => {
    const { again } = request.query;
    const earlier = typeof again === 'string' ? kept.find(userId, again) : undefined;
    response.send(connectPage({ suggested, ticked: earlier?.resources ?? suggested, usesEmulator }));
  });

  app.post('/connect', async (request, response) => {
    const form = request.body as { resource?: string | string[] } | undefined;
    const ticked = [form?.resource ?? []].flat();
    const refuse = (refusal: string) => {
      response.status(400).send(connectPage({ suggested, ticked, refusal, usesEmulator }));
    };
    if (ticked.length === 0) {
      refuse('Tick at least one kind of data.');
      return;
    }
    try {
      const session = await api.createConnectSession({ userId, resources: ticked, returnUrl: `${options.url}/` });
      kept.add(userId, {
        sessionId: session.id,
        consentId: null,
        resources: ticked,
        startedAt: now().toISOString(),
      });
      response.redirect(303, session.connectUrl);
    } catch (error) {
      if (!(error instanceof PortageRefusal) || error.status !== 400) throw error;
      refuse(`${error.message}. ${error.remedy}`);
    }
  });

  const own = (request: Request): Connection => {
    const found = kept.find(userId, String(request.params['id']));
    if (found === undefined) throw new NoSuchPage();
    return found;
  };

  app.get('/connections/:id', async (request, response) => {
    response.send(arrivedPage(await view(own(request))));
  });

  app.get('/connections/:id/changes', async (request, response) => {
    await followChanges(response, () => view(own(request)));
  });

  app.get('/connections/:id/records', async (request, response) => {
    const { consentId } = own(request);
    if (consentId === null) throw new NoSuchPage();
    response.attachment(`${consentId}.ndjson`);
    await passOn(response, (signal) => api.open(`/v1/consents/${consentId}/records`, signal));
  });

  app.get('/exports/:id/parts/:number', async (request, response) => {
    const { id, number } = request.params;
    if (!/^\w{1,100}$/.test(id) || !/^\d{1,9}$/.test(number)) throw new NoSuchPage();
    const consentId = await api.consentOfExport(id);
    // The API key opens every user's data, so the app itself has to see to it that a user gets their own.
    if (!kept.of(userId).some((each) => each.consentId === consentId)) throw new NoSuchPage();
    response.attachment(`${id}-${number}.zip`);
    await passOn(response, (signal) => api.open(`/v1/exports/${id}/parts/${number}`, signal));
  });

  app.use(() => {
    throw new NoSuchPage();
  });
  app.use(showProblem);
  return app;
}

/** Records are a stranger's text: nothing on these pages may run but the demo's own script. */
const contentSources = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  scriptSrc: ["'self'"],
  connectSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

class NoSuchPage extends Error {}

const showProblem: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  response.removeHeader('content-disposition');
  const isMissing = error instanceof NoSuchPage || (error instanceof PortageRefusal && error.code === 'NOT_FOUND');
  if (isMissing) {
    response.status(404).send(problemPage({ title: 'There is no such page', remedy: 'Look from the start.' }));
  } else if (error instanceof PortageRefusal) {
    response.status(502).send(problemPage({ title: error.message, remedy: error.remedy }));
  } else {
    const remedy = 'Look whether Portage runs, and at its log; then load this page again.';
    response.status(502).send(problemPage({ title: 'Portage did not answer', remedy }));
  }
};

/** Server-sent events, one whenever something changed, for public/follow.js. */
async function followChanges(response: Response, look: () => Promise<ArrivedView>): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  let current = await look();
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
  let sent = '';
  for (const endsAt = Date.now() + followForMs; !gone.signal.aborted && Date.now() < endsAt;) {
    const fragment = arrivedFragment(current);
    if (fragment !== sent) response.write(`event: status\ndata: ${fragment.replaceAll('\n', '\ndata: ')}\n\n`);
    sent = fragment;
    if (!isUnderWay(current)) {
      response.write('event: end\ndata: ended\n\n');
      break;
    }
    await pause(lookEveryMs, undefined, { signal: gone.signal }).catch(() => undefined);
    // Where Portage does not answer, the stream ends, and the browser opens another one.
    const next = await look().catch(() => undefined);
    if (next === undefined) break;
    current = next;
  }
  response.end();
}

/** Streams an answer of Portage to the browser; a browser that goes away ends it. */
async function passOn(response: Response, open: (signal: AbortSignal) => Promise<globalThis.Response>): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const answer = await open(gone.signal);
  for (const name of ['content-type', 'content-length']) {
    const value = answer.headers.get(name);
    if (value !== null) response.set(name, value);
  }
  response.set('cache-control', 'no-store');
  if (answer.body === null) {
    response.end();
    return;
  }
  await pipeline(Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]), response).catch(
    (error: unknown) => {
      if (!gone.signal.aborted) throw error;
    },
  );
}
