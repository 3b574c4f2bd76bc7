/** The server's connection to Temporal: it comes up without one, and can be closed at any moment. */
import { setTimeout as pause } from 'node:timers/promises';

import { Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';

import type { TemporalLimits } from '../domain/limits';
import { connectionOptions, type TemporalAccess } from './access';

export interface ServerConnection {
  readonly connection: Connection;
  /** Calls that wait to be repeated are made once more before; seconds at most. */
  close(): Promise<void>;
}

/**
 * Lazy: the server takes consents while Temporal is away. The client's library repeats calls by a timer, and one that
 * strikes after the connection was closed throws where nobody can catch it, which would end the process: so closing waits
 * until no such timer runs.
 */
export function openServerConnection(access: TemporalAccess, limits: TemporalLimits): ServerConnection {
  const usual = defaultGrpcRetryOptions();
  let isClosing = false;
  let lastRepeatAtMs = 0;
  const repeats = makeGrpcRetryInterceptor({
    retryableDecider: (attempt, status) => !isClosing && usual.retryableDecider(attempt, status),
    delayFunction(attempt, status) {
      const delayMs = usual.delayFunction(attempt, status);
      lastRepeatAtMs = Math.max(lastRepeatAtMs, performance.now() + delayMs);
      return delayMs;
    },
  });
  const connection = Connection.lazy({
    ...connectionOptions(access),
    interceptors: [repeats],
    channelArgs: channelArgs(limits),
  });
  return {
    connection,
    async close() {
      isClosing = true;
      const waitMs = lastRepeatAtMs - performance.now();
      if (waitMs > 0) await pause(waitMs + graceMs);
      await connection.close();
    },
  };
}

/** How a silent Temporal is noticed, and looked for again. */
export function channelArgs(limits: TemporalLimits) {
  return {
    'grpc.keepalive_time_ms': limits.keepAliveMs,
    'grpc.keepalive_timeout_ms': limits.keepAliveAnswerMs,
    'grpc.max_reconnect_backoff_ms': limits.reconnectMs,
  };
}

/** Timers of the same moment strike one after the other. */
const graceMs = 50;
