/** The connect sessions of a host app, in pages. */
import { and, desc, eq, lt, sql, type SQL } from 'drizzle-orm';

import type { ConnectSessionState } from '../../domain/states';
import type { Database } from '../database';
import type { ConnectSession } from '../rows';
import { connectSessions } from '../schema';

/**
 * The state as the API shows it (server/session-json.ts): a session whose deadline has passed has ended, even before
 * the housekeeping has recorded its end.
 */
function shownState(at: Date): SQL {
  const { state, oauthStateUsedAt, expiresAt, confirmBy, confirmedAt } = connectSessions;
  const now = sql`${at.toISOString()}::timestamptz`;
  return sql`case
    when ${state} in ('created', 'started') and ${oauthStateUsedAt} is null and ${expiresAt} <= ${now} then 'expired'
    when ${state} = 'awaiting_confirmation' and ${confirmedAt} is null and ${confirmBy} <= ${now} then 'unconfirmed'
    else ${state} end`;
}

export function listQueries(db: Database) {
  return {
    /**
     * The sessions of a host app, newest first.
     *
     * @param page `state`: the state at `at`; `before` is the id of the last one of the previous page
     */
    async page(
      hostAppId: string,
      page: {
        userId: string | undefined;
        state: ConnectSessionState | undefined;
        at: Date;
        before: string | undefined;
        limit: number;
      },
    ): Promise<ConnectSession[]> {
      const { userId, state, at, before, limit } = page;
      return db
        .select()
        .from(connectSessions)
        .where(
          and(
            eq(connectSessions.hostAppId, hostAppId),
            userId === undefined ? undefined : eq(connectSessions.userId, userId),
            state === undefined ? undefined : eq(shownState(at), state),
            before === undefined ? undefined : lt(connectSessions.id, before),
          ),
        )
        .orderBy(desc(connectSessions.id))
        .limit(limit);
    },
  };
}
