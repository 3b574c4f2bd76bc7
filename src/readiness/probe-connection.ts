/** A connection to Temporal for the checks alone: each call is made once, so that nothing of it outlives its deadline. */
import { Connection } from '@temporalio/client';

import type { TemporalLimits } from '../domain/limits';

/** The SDK's own repeats wait without an eye on the deadline, and a call that is repeated after `close` throws. */
export function openProbeConnection(address: string, limits: TemporalLimits): Connection {
  return Connection.lazy({
    address,
    interceptors: [],
    connectTimeout: limits.callMs,
    channelArgs: {
      'grpc.keepalive_time_ms': limits.keepAliveMs,
      'grpc.keepalive_timeout_ms': limits.keepAliveAnswerMs,
      'grpc.max_reconnect_backoff_ms': limits.reconnectMs,
    },
  });
}
