/** The other consents of a user or of a Google account, which a reset at Google would also end. */
import { and, asc, eq, inArray, ne, sql, type SQL } from 'drizzle-orm';

import { consentStates } from '../../domain/states';
import type { Database } from '../database';
import type { Consent } from '../rows';
import { consents } from '../schema';
import { recordShared, sharersOf } from './shared-accounts';

type ConsentOfUser = Pick<Consent, 'id' | 'hostAppId' | 'userId'>;

/** The other consents of a user. A forgotten user has no known ones. */
export function isOtherOfUser({ id, hostAppId, userId }: ConsentOfUser): SQL | undefined {
  // Nothing equals null in SQL.
  return and(eq(consents.hostAppId, hostAppId), eq(consents.userId, userId ?? sql`null`), ne(consents.id, id));
}

export function sameAccountQueries(db: Database) {
  const others = (consent: ConsentOfUser, states: readonly Consent['state'][]): Promise<Consent[]> =>
    db
      .select()
      .from(consents)
      .where(and(isOtherOfUser(consent), inArray(consents.state, [...states])))
      .orderBy(asc(consents.createdAt), asc(consents.id));

  return {
    /**
     * The user's other consents that are active, oldest first: a reset at Google would end them (docs/google-api.md
     * §8).
     */
    activeSiblings: (consent: ConsentOfUser): Promise<Consent[]> => others(consent, ['active']),

    /** The user's other consents that have not ended, oldest first. */
    liveSiblings: (consent: ConsentOfUser): Promise<Consent[]> => others(consent, ['active', 'ending']),

    /** All other consents of the user, oldest first. */
    allSiblings: (consent: ConsentOfUser): Promise<Consent[]> => others(consent, consentStates),

    /**
     * Active consents of other users who are known to have connected the same Google account (docs/known-defects.md
     * D39).
     */
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
