/** Reads the events of a host app in the order of their positions, which have no gaps (write-events.ts). */
import { and, asc, eq, gt, inArray, lte } from 'drizzle-orm';

import type { EventType } from '../domain/states';
import type { Database } from './database';
import type { Event } from './rows';
import { events, hostApps } from './schema';

/** Events of other types that one query skips at most, so that a rare type costs no more than this. */
const maxSkippedEvents = 10_000;

export interface EventPage {
  readonly events: readonly Event[];
  /** The position up to which all events were looked at; the next page begins after it. */
  readonly nextAfter: number;
  /** The position of the newest event when the page was read; 0 when there is none. */
  readonly newest: number;
  /** The position of the newest removed event; 0 when all are kept. */
  readonly pruned: number;
}

export type EventStore = ReturnType<typeof createEventStore>;

export function createEventStore(db: Database) {
  return {
    /**
     * The kept events of a host app: from the oldest position to the newest one. A reader that has read up to a
     * position before `oldest - 1` has missed some.
     */
    async keptEvents(hostAppId: string): Promise<{ oldest: number; newest: number }> {
      const { prunedEventPosition, lastEventPosition } = hostApps;
      const [app] = await db
        .select({ pruned: prunedEventPosition, newest: lastEventPosition })
        .from(hostApps)
        .where(eq(hostApps.id, hostAppId));
      return { oldest: (app?.pruned ?? 0) + 1, newest: app?.newest ?? 0 };
    },

    /**
     * The events after a position, oldest first. A reader whose position is before `pruned` has missed some. With
     * `types` a page may be empty although more events follow: then `nextAfter` is before `newest`.
     *
     * @param page `limit`: events at most; `types`: only events of these
     */
    async page(
      hostAppId: string,
      page: { readonly after: number; readonly limit: number; readonly types?: readonly EventType[] | undefined },
    ): Promise<EventPage> {
      const { after, limit, types } = page;
      const lookedUpTo = after + (types === undefined ? limit : maxSkippedEvents);
      // One statement sees one state of the database: no event can be written between the newest position and the
      // events.
      const rows = await db
        .select({ newest: hostApps.lastEventPosition, pruned: hostApps.prunedEventPosition, event: events })
        .from(hostApps)
        .leftJoin(
          events,
          and(
            eq(events.hostAppId, hostApps.id),
            gt(events.position, after),
            lte(events.position, lookedUpTo),
            types === undefined ? undefined : inArray(events.type, [...types]),
          ),
        )
        .where(eq(hostApps.id, hostAppId))
        .orderBy(asc(events.position))
        .limit(limit);
      const pageEvents = rows.flatMap(({ event }) => event ?? []);
      const { newest = 0, pruned = 0 } = rows[0] ?? {};
      const last = pageEvents.at(-1)?.position;
      const isFull = pageEvents.length === limit && last !== undefined && last !== null;
      return { events: pageEvents, newest, pruned, nextAfter: isFull ? last : Math.min(newest, lookedUpTo) };
    },

    /** The position of the newest event of each of these host apps, by one lookup by primary key. */
    async newestPositions(hostAppIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
      const rows = await db
        .select({ id: hostApps.id, newest: hostApps.lastEventPosition })
        .from(hostApps)
        .where(inArray(hostApps.id, [...hostAppIds]));
      return new Map(rows.map(({ id, newest }) => [id, newest]));
    },
  };
}
