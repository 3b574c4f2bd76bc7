/** The events of a consent and its exports. */
import { and, asc, desc, eq } from 'drizzle-orm';

import type { Database } from '../database';
import type { Consent, Event } from '../rows';
import { events } from '../schema';

export function eventQueries(db: Database) {
  return {
    /** The newest events of a consent and its exports, newest first. */
    async newestEvents({ id, hostAppId }: Pick<Consent, 'id' | 'hostAppId'>, limit: number): Promise<Event[]> {
      return db
        .select()
        .from(events)
        .where(and(eq(events.hostAppId, hostAppId), eq(events.consentId, id)))
        .orderBy(desc(events.position), desc(events.id))
        .limit(limit);
    },

    /** The events of a consent and its exports, oldest first. */
    async listEvents(id: string): Promise<Event[]> {
      return db.select().from(events).where(eq(events.consentId, id)).orderBy(asc(events.position), asc(events.id));
    },
  };
}
