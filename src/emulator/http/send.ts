/** Sends an answer, at the pace and with the length that a fault orders. */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Response } from 'express';
import type { MetFault } from '../faults/met-fault';
import { isByteSource } from '../archives/byte-source';
import type { Reply } from './reply';
import type { LoggedRequest } from './request-log';

/** Resolves when the last byte was handed to the socket, or the connection ended. Counts the bytes in `entry`. */
export async function sendReply(
  response: Response,
  headOnly: boolean,
  reply: Reply,
  entry: LoggedRequest,
  fault: MetFault | undefined,
): Promise<void> {
  const { body } = reply;
  response.status(reply.status);
  for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value);
  if (!response.hasHeader('content-length')) response.setHeader('content-length', body.length);
  entry.bytesSent = 0;
  if (headOnly) {
    response.end();
    return;
  }
  const limit = fault?.cutAtByte;
  const hasLeft = () => response.destroyed;
  for await (const chunk of isByteSource(body) ? body.read(0, body.length) : [body]) {
    if (hasLeft()) return;
    let rest = limit === undefined ? chunk : chunk.subarray(0, Math.max(limit - entry.bytesSent, 0));
    while (rest.length > 0) {
      // For a caller that has left, dripping stops at once.
      if (hasLeft()) return;
      const drip = fault?.bytesPerSecond === undefined ? undefined : dripOf(fault.bytesPerSecond);
      const piece = rest.subarray(0, drip?.bytes ?? rest.length);
      rest = rest.subarray(piece.length);
      entry.bytesSent += piece.length;
      if (!response.write(piece)) await drained(response);
      if (drip !== undefined) await pause(drip.everyMs);
    }
    if (limit !== undefined && entry.bytesSent >= limit) {
      entry.status = 'cut';
      // The written bytes must leave before the connection is closed, so that the cut falls on the stated byte.
      response.socket?.end();
      return;
    }
  }
  response.end();
}

async function drained(response: Response): Promise<void> {
  const waiting = new AbortController();
  const { signal } = waiting;
  // The first of the two ends the wait; the signal removes the other listener.
  const events = [once(response, 'drain', { signal }), once(response, 'close', { signal })];
  if (!response.destroyed) await Promise.race(events);
  waiting.abort();
  await Promise.allSettled(events);
}

/** The payload of a TCP packet over Ethernet, in bytes. */
const packetBytes = 1_448;

/** A slow line sends one packet at a time, a very slow one less, each second; a faster one 20 portions a second. */
function dripOf(bytesPerSecond: number): { readonly bytes: number; readonly everyMs: number } {
  const bytes = Math.max(Math.round(bytesPerSecond / 20), Math.min(packetBytes, bytesPerSecond));
  return { bytes, everyMs: (1_000 * bytes) / bytesPerSecond };
}
