/**
 * Requests that wait for events. While there are any, one query a second reads the newest position of all their host
 * apps by primary key, so no request holds a connection while it waits. PostgreSQL's LISTEN would be quicker, but needs
 * a connection for each process, and poolers in transaction mode do not support it.
 */
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';

import type { EventStore } from '../database/read-events';
import { isOutage, PortageError } from '../domain/error-codes';
import type { Logger } from '../log';
import { outageWarningsOf } from '../limit-outage-warnings';
import { createPlaces, type PlaceLimits } from './rate-limits';

export type EventWaiters = ReturnType<typeof createEventWaiters>;

interface Waiter {
  readonly hostAppId: string;
  readonly after: number;
  /** Ends the wait. */
  readonly leave: (hasEvent: boolean) => void;
}

const usualLookEveryMs = 1_000;
const usualLimits: PlaceLimits = { perOwner: 20, all: 1_000 };

export function createEventWaiters(
  { events, logger }: { readonly events: Pick<EventStore, 'newestPositions'>; readonly logger: Logger },
  { lookEveryMs = usualLookEveryMs, limits = usualLimits } = {},
) {
  const waiting = new Set<Waiter>();
  const stopping = new AbortController();
  const warnings = outageWarningsOf(logger);
  const places = createPlaces(limits, {
    own: 'requests of one host app that wait for events',
    all: 'requests that wait for events',
  });
  let isLooking = false;
  let looking = Promise.resolve();

  const look = async (): Promise<void> => {
    const hostAppIds = new Set([...waiting].map(({ hostAppId }) => hostAppId));
    if (hostAppIds.size === 0) return;
    const newest = await events.newestPositions([...hostAppIds]);
    for (const { hostAppId, after, leave } of waiting) if ((newest.get(hostAppId) ?? 0) > after) leave(true);
  };
  const keepLooking = async (): Promise<void> => {
    isLooking = true;
    while (waiting.size > 0) {
      await pause(lookEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      await look().catch((error: unknown) => {
        const message = 'new events for waiting requests could not be looked up';
        if (error instanceof PortageError && isOutage(error.code)) warnings.warn(error.code, { err: error }, message);
        else logger.warn({ err: error }, message);
      });
    }
    isLooking = false;
  };

  return {
    /**
     * A place among the waiting requests.
     *
     * @returns a function that releases the place
     * @throws PortageError `TOO_MANY_REQUESTS`
     */
    enter: (hostAppId: string): (() => void) => places.take(hostAppId),

    /**
     * @param signal ends the wait when the caller disconnects
     * @returns whether there is an event after the position; false when the time is over, the caller has disconnected
     * or the server stops
     */
    wait(
      { hostAppId, after }: Pick<Waiter, 'hostAppId' | 'after'>,
      withinMs: number,
      signal: AbortSignal,
    ): Promise<boolean> {
      if (signal.aborted || stopping.signal.aborted) return Promise.resolve(false);
      return new Promise((resolve) => {
        const leave = (hasEvent: boolean) => {
          waiting.delete(waiter);
          clearTimeout(timer);
          signal.removeEventListener('abort', giveUp);
          resolve(hasEvent);
        };
        const giveUp = () => leave(false);
        const waiter: Waiter = { hostAppId, after, leave };
        const timer = setTimeout(giveUp, withinMs);
        signal.addEventListener('abort', giveUp);
        waiting.add(waiter);
        if (!isLooking) looking = keepLooking();
      });
    },

    /** How many requests wait now. */
    count: () => waiting.size,

    /** Ends the wait of every request, which then gets the events so far. Later requests do not wait. */
    async stop(): Promise<void> {
      stopping.abort();
      for (const { leave } of waiting) leave(false);
      // The answers are written in this turn of the event loop.
      await nextTurn();
      await looking;
    },
  };
}
