/** An answer as data, so that faults can change it before it is sent. */
import type { ByteSource } from '../archives/byte-source';

export interface Reply {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer | ByteSource;
}

/** Thrown to end a request with that answer. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(readonly reply: Reply) {
    super(`refused with ${reply.status}`);
  }
}

export function textReply(status: number, contentType: string, text: string): Reply {
  return { status, headers: { 'content-type': contentType }, body: Buffer.from(text) };
}

export function jsonReply(status: number, value: unknown): Reply {
  const reply = textReply(status, 'application/json; charset=UTF-8', `${JSON.stringify(value, null, 2)}\n`);
  reply.headers['cache-control'] = 'private';
  return reply;
}

export function htmlReply(status: number, markup: string): Reply {
  const reply = textReply(status, 'text/html; charset=utf-8', `<!doctype html>\n${markup}`);
  reply.headers['cache-control'] = 'no-store';
  reply.headers['x-frame-options'] = 'DENY';
  reply.headers['referrer-policy'] = 'no-referrer';
  return reply;
}

export function redirectReply(location: string): Reply {
  return { status: 302, headers: { location, 'cache-control': 'no-store' }, body: Buffer.alloc(0) };
}
