/** A server of one object that answers as Cloud Storage does, and as badly as a test asks. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { crc32c } from '@node-rs/crc32';

export interface ServedObject {
  bytes: Buffer;
  generation: string | undefined;
  etag: string | undefined;
  /** Whether ranges are honoured. */
  ranges: boolean;
  /** Whether the answer states the length of the whole. */
  length: boolean;
  /** `x-goog-hash`; computed where not given. */
  hash: string | undefined;
}

export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly start: number;
  readonly status: number;
  /** Bytes of the object that were written to the connection. */
  sent: number;
}

/** Ends the connection after so many bytes of the body, on the n-th request from now on (from 0). */
export interface Cut {
  readonly request: number;
  readonly afterBytes: number;
}

export const hashesOf = (bytes: Buffer): string => {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(crc32c(bytes));
  return `crc32c=${four.toString('base64')},md5=${createHash('md5').update(bytes).digest('base64')}`;
};

export type ObjectServer = Awaited<ReturnType<typeof startObjectServer>>;

export async function startObjectServer() {
  const requests: SeenRequest[] = [];
  let cuts: Cut[] = [];
  /** Answers that take the place of the object's, in order; undefined lets the object answer. */
  let instead: (RequestListener | undefined)[] = [];
  const object: ServedObject = {
    bytes: Buffer.alloc(0),
    generation: '1',
    etag: '"one"',
    ranges: true,
    length: true,
    hash: undefined,
  };

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { bytes, generation, etag } = object;
    const cut = cuts.find((order) => order.request === 0);
    cuts = cuts.map((order) => ({ ...order, request: order.request - 1 }));
    const ifRange = request.headers['if-range'];
    const asked = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    const isRange = object.ranges && asked !== null && (ifRange === undefined || ifRange === etag);
    const start = isRange ? Number(asked[1]) : 0;
    const end = isRange ? Math.min(Number(asked[2]) + 1, bytes.length) : bytes.length;
    const headers: Record<string, string> = {
      'content-type': 'application/zip',
      'x-goog-hash': object.hash ?? hashesOf(bytes),
      ...(generation === undefined ? {} : { 'x-goog-generation': generation }),
      ...(etag === undefined ? {} : { etag }),
    };
    const missed = isRange && start >= bytes.length;
    const status = missed ? 416 : isRange ? 206 : 200;
    const seen: SeenRequest = { path: request.url ?? '', headers: request.headers, start, status, sent: 0 };
    requests.push(seen);
    if (missed) {
      response.writeHead(416, { 'content-range': `bytes */${bytes.length}` });
      response.end('<Error/>');
      return;
    }
    if (isRange) headers['content-range'] = `bytes ${start}-${end - 1}/${bytes.length}`;
    if (object.length) headers['content-length'] = String(end - start);
    response.writeHead(status, headers);
    const body = bytes.subarray(start, cut === undefined ? end : Math.min(end, start + cut.afterBytes));
    seen.sent = body.length;
    if (cut === undefined) response.end(body);
    else {
      response.flushHeaders();
      if (body.length === 0) setImmediate(() => response.destroy());
      else response.write(body, () => response.destroy());
    }
  };

  const server = createServer((request, response) => {
    const replacement = instead.shift();
    if (replacement === undefined) answer(request, response);
    else {
      requests.push({ path: request.url ?? '', headers: request.headers, start: 0, status: 0, sent: 0 });
      replacement(request, response);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let links = 0;

  return {
    origin,
    object,
    requests,
    /** A fresh link to the object: another signature each time. */
    link: () => `${origin}/bucket/part-1.zip?X-Goog-Signature=0badc0ffee${(links += 1)}`,
    cut(...orders: Cut[]) {
      cuts = orders;
    },
    answerInstead(...listeners: (RequestListener | undefined)[]) {
      instead = listeners;
    },
    sent: () => requests.reduce((sum, { sent }) => sum + sent, 0),
    reset() {
      requests.length = 0;
      cuts = [];
      instead = [];
      Object.assign(object, { generation: '1', etag: '"one"', ranges: true, length: true, hash: undefined });
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** An answer with nothing of the object in it. */
export const send =
  (status: number, body: string | Buffer = '', headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };
