/** Long answers: the updates of a page that follows an import, and Portage's own answers passed on to the browser. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';

import type { Response } from 'express';

import { arrivedFragment, isUnderWay, type ArrivedView } from './arrived-page';

/** How often a page that follows an import is updated, and how long before the browser opens a new stream. */
const lookEveryMs = 1_000;
const followForMs = 30 * 60_000;

/** Server-sent events for public/follow.js, one after each change. */
export async function followChanges(response: Response, look: () => Promise<ArrivedView>): Promise<void> {
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
    // When Portage does not answer, the stream ends, and the browser opens another one.
    const next = await look().catch(() => undefined);
    if (next === undefined) break;
    current = next;
  }
  response.end();
}

/** Streams an answer of Portage to the browser; ends when the browser disconnects. */
export async function passOn(
  response: Response,
  open: (signal: AbortSignal) => Promise<globalThis.Response>,
): Promise<void> {
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
