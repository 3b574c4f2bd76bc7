/** A connection to Temporal for the checks alone: each call is made once, so that a check tells at once how it is. */
import { Connection } from '@temporalio/client';

import type { TemporalLimits } from '../domain/timeouts';
import { connectionOptions, type TemporalAccess } from '../temporal/connection-options';
import { channelArgs } from '../temporal/server-connection';

/** Nothing of a check outlives its deadline, so it can be closed at any moment: the SDK's own repeats do not look at it. */
export function openProbeConnection(access: TemporalAccess, limits: TemporalLimits): Connection {
  return Connection.lazy({
    ...connectionOptions(access),
    interceptors: [],
    connectTimeout: limits.callMs,
    channelArgs: channelArgs(limits),
  });
}
