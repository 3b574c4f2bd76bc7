/** A fault that met its call: its change of the effect and of the answer. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ByteSource } from '../archives/byte-source';
import { bufferSource, isByteSource } from '../archives/byte-source';
import type { Reply } from '../http/reply';
import type { Fault } from './fault';

export interface MetFault {
  readonly name: string;
  readonly cutAtByte: number | undefined;
  /** To be read again for each piece: undefined once the faults are cleared. */
  readonly bytesPerSecond: number | undefined;
  readonly skewMs: number;
  wait(moment: Fault['when']): Promise<void>;
  cuts(moment: Fault['when']): boolean;
  /** The answer in place of the effect, if the fault prevents the effect. */
  insteadOfEffect(): Reply | undefined;
  /** The true answer, changed. */
  change(reply: Reply): Reply;
}

/** @param isCleared whether the faults were cleared since the call met this one */
export function meetFault(fault: Fault, name: string, isCleared: () => boolean): MetFault {
  const replaces = fault.status !== undefined || fault.body !== undefined || fault.redirect !== undefined;
  return {
    name,
    cutAtByte: fault.cutAtByte,
    get bytesPerSecond() {
      return isCleared() ? undefined : fault.bytesPerSecond;
    },
    skewMs: fault.skewMs ?? 0,
    wait: async (moment) => {
      if (fault.when === moment && fault.delayMs !== undefined) await pause(fault.delayMs);
    },
    cuts: (moment) => fault.cut === true && fault.when === moment,
    insteadOfEffect: () => (replaces && fault.when === 'before' ? answerOf(fault, undefined) : undefined),
    change: (reply) => spoiled(replaces ? answerOf(fault, reply) : reply, fault),
  };
}

function answerOf(fault: Fault, truth: Reply | undefined): Reply {
  if (fault.redirect !== undefined) {
    return { status: fault.status ?? 302, headers: { location: fault.redirect }, body: Buffer.alloc(0) };
  }
  const status = fault.status ?? truth?.status ?? 200;
  if (fault.body === undefined) {
    return truth === undefined ? { status, headers: {}, body: Buffer.alloc(0) } : { ...truth, status };
  }
  const text = typeof fault.body === 'string' ? fault.body : undefined;
  const body = Buffer.from(text ?? JSON.stringify(fault.body));
  const guessed = text === undefined ? 'application/json; charset=UTF-8' : 'text/html; charset=utf-8';
  return { status, headers: { 'content-type': fault.contentType ?? guessed }, body };
}

function spoiled(reply: Reply, fault: Fault): Reply {
  const headers = { ...reply.headers, ...fault.headers };
  let body = reply.body;
  if (fault.truncateTo !== undefined) {
    body = section(body, fault.truncateTo);
    delete headers['content-length'];
  }
  if (fault.wrongByteAt !== undefined) body = withWrongByte(body, fault.wrongByteAt);
  if (fault.lengthError !== undefined) {
    // HTTP itself cuts the body to the announced length when fewer bytes are announced than sent.
    const announced = Math.max(body.length + fault.lengthError, 0);
    headers['content-length'] = String(announced);
    if (announced < body.length) body = section(body, announced);
    // An open connection would keep the caller waiting for the rest, which is another fault.
    else headers['connection'] = 'close';
  }
  return { status: reply.status, headers, body };
}

function section(body: Reply['body'], length: number): ByteSource {
  const source = isByteSource(body) ? body : bufferSource(body);
  return { length: Math.min(length, source.length), read: (start, end) => source.read(start, end) };
}

function withWrongByte(body: Reply['body'], offset: number): ByteSource {
  const source = isByteSource(body) ? body : bufferSource(body);
  return {
    length: source.length,
    async *read(start, end) {
      let position = start;
      for await (const chunk of source.read(start, end)) {
        const at = offset - position;
        position += chunk.length;
        if (at < 0 || at >= chunk.length) {
          yield chunk;
          continue;
        }
        const copy = Uint8Array.from(chunk);
        copy[at] = ~(copy[at] ?? 0) & 0xff;
        yield copy;
      }
    },
  };
}
