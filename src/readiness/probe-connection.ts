/** A connection to Temporal for the checks only. Calls are not repeated, so that a check reports the state at once. */
import { Connection } from '@temporalio/client';

import type { TemporalLimits } from '../domain/timeouts';
import { connectionOptions, type TemporalAccess } from '../temporal/connection-options';
import { channelArgs } from '../temporal/server-connection';

/**
 * No call outlives its deadline, so the connection can be closed at any moment: the SDK's own retries ignore the
 * deadline.
 */
export function openProbeConnection(access: TemporalAccess, limits: TemporalLimits): Connection {
  return Connection.lazy({
    ...connectionOptions(access),
    interceptors: [],
    connectTimeout: limits.callMs,
    channelArgs: channelArgs(limits),
  });
}
