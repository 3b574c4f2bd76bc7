/**
 * Users who have connected the same Google account. The API names no account, so this is known only after a refusal for
 * one of them named a job of another one; Google's lock, one-time access and reset then count for all of them
 * (docs/known-defects.md D39).
 */
import { and, asc, eq, inArray, not, sql } from 'drizzle-orm';

import type { Database } from '../database';
import { recordEvent, type NewEvent } from '../write-events';
import { newId } from '../ids';
import { consents, events } from '../schema';

type User = Pick<typeof consents.$inferSelect, 'hostAppId' | 'userId'>;

const type = 'consent.account_shared';
const userId = sql<string>`${events.data} ->> 'userId'`;
const sharedAccountId = sql<string>`${events.data} ->> 'sharedAccountId'`;

/** The ids of a user's known accounts, usually none. */
async function accountsOf(db: Database, user: User): Promise<string[]> {
  if (user.userId === null) return [];
  const rows = await db
    .select({ sharedAccountId })
    .from(events)
    .where(and(eq(events.hostAppId, user.hostAppId), eq(events.type, type), eq(userId, user.userId)))
    .orderBy(asc(events.id));
  return rows.map((row) => row.sharedAccountId);
}

/** The ids of all consents of the other users who are known to have connected an account of this consent's user. */
export async function sharersOf(db: Database, consentId: string): Promise<string[]> {
  const [own] = await db.select().from(consents).where(eq(consents.id, consentId));
  const accounts = own === undefined ? [] : await accountsOf(db, own);
  if (own === undefined || accounts.length === 0) return [];
  const users = db
    .select({ hostAppId: events.hostAppId, userId })
    .from(events)
    .where(and(eq(events.type, type), inArray(sharedAccountId, accounts)));
  const isOwn = sql`(${consents.hostAppId}, ${consents.userId}) = (${own.hostAppId}, ${own.userId})`;
  const rows = await db
    .select({ id: consents.id })
    .from(consents)
    .where(and(not(isOwn), sql`(${consents.hostAppId}, ${consents.userId}) in ${users}`));
  return rows.map(({ id }) => id);
}

/**
 * Records that the users of two consents have connected one Google account, and an event for each host app. The events
 * share an id and contain nothing else about the other user. A repeat changes nothing.
 *
 * @returns whether they are known to be different users
 */
export async function recordShared(db: Database, pair: readonly [string, string], at: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    // Always in the same order, so that two workers that discover this at the same time never deadlock.
    const rows = await tx
      .select()
      .from(consents)
      .where(inArray(consents.id, [...pair]))
      .orderBy(asc(consents.id))
      .for('update');
    const [one, other] = rows;
    if (one === undefined || other === undefined) return false;
    // Whether a forgotten user is the same one is unknown; no consent is left that could be harmed.
    if (one.userId === null || other.userId === null) return false;
    if (one.hostAppId === other.hostAppId && one.userId === other.userId) return false;
    const known = [await accountsOf(tx, one), await accountsOf(tx, other)] as const;
    if (known[0].some((id) => known[1].includes(id))) return true;
    const account = known[0][0] ?? known[1][0] ?? newId('acc');
    const newEvents: NewEvent<typeof type>[] = [];
    for (const [index, consent] of rows.entries()) {
      if (known[index]?.includes(account) === true) continue;
      const data = { userId: consent.userId, sharedAccountId: account };
      newEvents.push({ hostAppId: consent.hostAppId, type, consentId: consent.id, data, at });
    }
    // In the order of the host apps (write-events.ts). The user id is only for the queries above and is never sent.
    for (const event of newEvents.sort((a, b) => (a.hostAppId < b.hostAppId ? -1 : 1))) await recordEvent(tx, event);
    return true;
  });
}
