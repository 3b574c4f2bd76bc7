/** Which browsers may see which sessions, by the hashes of their cookies. */
import { and, arrayContains, arrayOverlaps, eq, exists, inArray, ne, or, sql } from 'drizzle-orm';

import type { Database } from '../database';
import { hashSecret } from '../random-secrets';
import type { ConnectSession } from '../rows';
import { connectSessions, consents } from '../schema';
import { mayBringGrant } from './grant-expected';

/**
 * Number of cookies that stay valid for a session: a browser gets one with each later connection, and one after a lost
 * answer.
 */
const cookiesKept = 10;
/** Replaces the hash of a forgotten cookie; no hash is equal to it. */
const forgotten = 'forgotten';

const { browserHash, browserHashes } = connectSessions;

export function browserQueries(db: Database) {
  const hasCookie = (hash: string) => or(eq(browserHash, hash), arrayContains(browserHashes, [hash]));
  const added = (hash: string) =>
    sql`(${browserHashes} || ${hash}::text)[greatest(1, cardinality(${browserHashes}) + 2 - ${cookiesKept}::int):]`;

  return {
    /** Whether Portage gave this cookie to a browser, and has not forgotten it. */
    async isKnownBrowser(browser: string): Promise<boolean> {
      const [session] = await db
        .select({ id: connectSessions.id })
        .from(connectSessions)
        .where(hasCookie(hashSecret(browser)))
        .limit(1);
      return session !== undefined;
    },

    /** Whether this browser is one in which the consent was given or renewed. */
    async isBrowserOf(consentId: string, browser: string): Promise<boolean> {
      const hash = hashSecret(browser);
      // The first cookie counts until the answer arrived at a process that knows newer cookies.
      const isFirst = and(eq(browserHash, hash), sql`cardinality(${browserHashes}) = 0`);
      const [session] = await db
        .select({ id: connectSessions.id })
        .from(connectSessions)
        .where(and(eq(connectSessions.consentId, consentId), or(arrayContains(browserHashes, [hash]), isFirst)));
      return session !== undefined;
    },

    /**
     * Whether this browser has a grant of another session, or may get one. Both grants may be of one Google account,
     * even if their users differ or the user of this session was deleted.
     */
    async hasOtherGrant(
      session: Pick<ConnectSession, 'id' | 'browserHash' | 'browserHashes'>,
      at: Date,
    ): Promise<boolean> {
      const { id, consentId } = connectSessions;
      const known = [session.browserHash ?? forgotten, ...session.browserHashes];
      const cookies = known.filter((hash) => hash !== forgotten);
      if (cookies.length === 0) return false;
      const isOfBrowser = or(inArray(browserHash, cookies), arrayOverlaps(browserHashes, cookies));
      const isLive = and(eq(consents.id, consentId), inArray(consents.state, ['active', 'ending']));
      const [match] = await db
        .select({ id })
        .from(connectSessions)
        .where(
          and(
            ne(id, session.id),
            isOfBrowser,
            or(mayBringGrant(at), exists(db.select({ id: consents.id }).from(consents).where(isLive))),
          ),
        )
        .limit(1);
      return match !== undefined;
    },

    /**
     * Gives the browser of an answered session a new cookie. Only such cookies open the session’s pages, so a cookie
     * that someone else put into the browser before, and knows, opens nothing. The browser's other sessions open with
     * both.
     *
     * @param cookies `before`: the ones that the browser has sent; `fresh`: its new one
     */
    async renewBrowser(id: string, { before, fresh }: { before: string; fresh: string }): Promise<void> {
      const [hash, freshHash] = [hashSecret(before), hashSecret(fresh)];
      await db.transaction(async (tx) => {
        await tx
          .update(connectSessions)
          .set({ browserHashes: added(freshHash) })
          .where(eq(connectSessions.id, id));
        await tx
          .update(connectSessions)
          // If the answer arrived at an earlier release, the first cookie opens the pages, and continues to do so.
          .set({
            browserHashes: sql`case when cardinality(${browserHashes}) = 0 and ${connectSessions.consentId} is not null then array[${hash}, ${freshHash}]::text[] else ${added(freshHash)} end`,
          })
          .where(and(ne(connectSessions.id, id), hasCookie(hash)));
      });
    },

    /** The browser with this cookie has no access any more: neither to a page nor to a link that it opened. */
    async forgetBrowser(browser: string): Promise<void> {
      await db
        .update(connectSessions)
        .set({ browserHash: forgotten, browserHashes: [] })
        .where(hasCookie(hashSecret(browser)));
    },
  };
}
