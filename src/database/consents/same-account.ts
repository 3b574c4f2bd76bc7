/** The other consents of a user or of a Google account, which a reset at Google would end as well. */
import { and, asc, eq, inArray, ne } from 'drizzle-orm';

import type { Database } from '../database';
import type { Consent } from '../rows';
import { consents } from '../schema';
import { recordShared, sharersOf } from './shared-accounts';

export function sameAccountQueries(db: Database) {
  return {
    /** The user's other consents that are active, oldest first: a reset at Google would end them (docs/google-api.md §8). */
    async activeSiblings({ id, hostAppId, userId }: Pick<Consent, 'id' | 'hostAppId' | 'userId'>): Promise<Consent[]> {
      if (userId === null) return [];
      const sameUser = and(eq(consents.hostAppId, hostAppId), eq(consents.userId, userId));
      return db
        .select()
        .from(consents)
        .where(and(sameUser, eq(consents.state, 'active'), ne(consents.id, id)))
        .orderBy(asc(consents.createdAt), asc(consents.id));
    },

    /** Active consents of other users who are known to have connected the same Google account (docs/known-defects.md D39). */
    async activeSharers(id: string): Promise<Consent[]> {
      return db
        .select()
        .from(consents)
        .where(and(inArray(consents.id, await sharersOf(db, id)), eq(consents.state, 'active')))
        .orderBy(asc(consents.createdAt), asc(consents.id));
    },

    /** See {@link recordShared}. */
    recordShared: (id: string, otherId: string, at: Date) => recordShared(db, [id, otherId], at),
  };
}
