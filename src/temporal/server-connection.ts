/**
 * The server's connection to Temporal. The server starts without Temporal, and the connection can be closed at any
 * time.
 */
import { setTimeout as pause } from 'node:timers/promises';

import { Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';

import type { TemporalLimits } from '../domain/timeouts';
import { connectionOptions, type TemporalAccess } from './connection-options';

export interface ServerConnection {
  readonly connection: Connection;
  /** Calls that wait for their retry are made once more before the connection closes; this takes seconds at most. */
  close(): Promise<void>;
}

/**
 * The connection is lazy, because the server stores consents while Temporal does not answer. The client's library
 * repeats calls by a timer. A timer that fires after the connection was closed throws an error that no code can catch,
 * which would end the process. So closing waits until no such timer runs.
 */
export function openServerConnection(access: TemporalAccess, limits: TemporalLimits): ServerConnection {
  const usual = defaultGrpcRetryOptions();
  let isClosing = false;
  let lastRepeatAtMs: number | undefined;
  const repeats = makeGrpcRetryInterceptor({
    retryableDecider: (attempt, status) => !isClosing && usual.retryableDecider(attempt, status),
    delayFunction(attempt, status) {
      const delayMs = usual.delayFunction(attempt, status);
      lastRepeatAtMs = Math.max(lastRepeatAtMs ?? 0, performance.now() + delayMs);
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
      // In a busy process, a timer that is already due may not have fired yet.
      if (lastRepeatAtMs !== undefined) await pause(Math.max(lastRepeatAtMs - performance.now(), 0) + graceMs);
      await connection.close();
    },
  };
}

/** The keepalive and reconnect settings, by which a Temporal server that stops answering is detected. */
export function channelArgs(limits: TemporalLimits) {
  return {
    'grpc.keepalive_time_ms': limits.keepAliveMs,
    'grpc.keepalive_timeout_ms': limits.keepAliveAnswerMs,
    'grpc.max_reconnect_backoff_ms': limits.reconnectMs,
  };
}

/** Timers of the same moment fire one after the other. */
const graceMs = 50;
