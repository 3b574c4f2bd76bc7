/** A host app's server that accepts or refuses webhooks, and records them. */
import type { ServerResponse } from 'node:http';

import { bindListener } from '../../src/listener';

export interface Received {
  readonly id: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly event: { id: string; type: string; position: number; data: { consentId?: string } };
}

export interface WebhookReceiver {
  readonly url: string;
  /** Everything that came, answered well or not. */
  readonly received: Received[];
  /** How it answers from now on. */
  readonly answer: (how: (response: ServerResponse) => void) => void;
  stop(): Promise<void>;
}

export const taken = (response: ServerResponse): void => void response.writeHead(204).end();
/** As a server that is not there: the connection breaks. */
export const away = (response: ServerResponse): void => void response.destroy();

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  let how = taken;
  const received: Received[] = [];
  const listener = await bindListener({ host: '127.0.0.1', port: 0 });
  listener.serve((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const headers = request.headers as Record<string, string>;
      const event = JSON.parse(body) as Received['event'];
      received.push({ id: headers['webhook-id'] ?? '', headers, body, event });
      how(response);
    });
  });
  return {
    url: `${listener.url}/webhooks`,
    received,
    answer(next) {
      how = next;
    },
    stop: () => listener.close(),
  };
}
