/** A server with scripted answers: faults of Portage, or of a proxy between Portage and the client. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
type Answer = (response: ServerResponse, asked: Asked) => void;

export interface ScriptedServer {
  /** With a path: requests below it are not the API of the test's own server, whose answers are checked. */
  readonly url: string;
  readonly asked: Asked[];
  /** Its answers, one after the other; the last one also for all later requests. */
  script(...answers: Answer[]): void;
  stop(): Promise<void>;
}

export async function startScriptedServer(): Promise<ScriptedServer> {
  let answers: Answer[] = [];
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const one = { method, path, headers, body };
      asked.push(one);
      const next = answers.length > 1 ? answers.shift() : answers[0];
      next?.(response, one);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/portage`,
    asked,
    script(...next) {
      answers = next;
      asked.length = 0;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export const json =
  (status: number, value: unknown, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void =>
    void response
      .writeHead(status, {
        'content-type': status < 400 ? 'application/json' : 'application/problem+json; charset=utf-8',
        ...headers,
      })
      .end(JSON.stringify(value));
export const reset: Answer = (response) => void response.destroy();
