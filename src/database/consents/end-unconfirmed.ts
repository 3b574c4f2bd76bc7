/** The end of a connect session that its host app did not confirm in time: a consent that is there to be given back. */
import { and, eq } from 'drizzle-orm';

import type { Vault } from '../../vault';
import { isUnconfirmed } from '../connect-sessions/confirmation';
import { nothingLeft } from '../connect-sessions/end-session';
import { openGrant } from '../connect-sessions/sealed-grant';
import type { Database } from '../database';
import { recordEvent } from '../events';
import { newId } from '../ids';
import type { ConnectSession } from '../rows';
import { connectSessions, consents, tokens } from '../schema';
import { sealTokens } from '../tokens/sealed-tokens';

export function unconfirmedQueries(db: Database, vault: Vault) {
  return {
    /**
     * Ends the session as `unconfirmed`. Of its grant a consent is made that is `ending` and told to end, so that its
     * workflow gives the grant back as it does with every other, and never exports; a live consent that the session was to
     * renew is left alone. All or nothing.
     *
     * @returns the consent's id; undefined when the session was confirmed or ended meanwhile
     */
    async endUnconfirmed({ id: sessionId }: Pick<ConnectSession, 'id'>, at: Date): Promise<string | undefined> {
      return db.transaction(async (tx) => {
        const [session] = await tx
          .select()
          .from(connectSessions)
          .where(and(eq(connectSessions.id, sessionId), isUnconfirmed(at)))
          .for('update');
        if (session?.sealedGrant == null) return undefined;
        const grant = openGrant(vault, session.id, session.sealedGrant);
        const id = newId('con');
        const { hostAppId, userId, resources, since, keep, accountHintHash } = session;
        await tx.insert(consents).values({
          id,
          ...{ hostAppId, userId, since, keep, accountHintHash },
          state: 'ending',
          stopWanted: session.userDeletionAt === null ? 'unconfirmed' : 'deleted',
          accessType: grant.refreshTokenExpiresAt === undefined ? null : 'time_based',
          requestedResources: resources,
          grantedResources: grant.resources.filter((resource) => resources.includes(resource)),
          createdAt: at,
          endsAt: grant.refreshTokenExpiresAt ?? null,
        });
        await tx.insert(tokens).values({ consentId: id, ...sealTokens(vault, id, grant.tokens), updatedAt: at });
        await tx
          .update(connectSessions)
          .set({ state: 'unconfirmed', errorCode: 'UNCONFIRMED', consentId: id, ...nothingLeft })
          .where(eq(connectSessions.id, session.id));
        const data = { connectSessionId: session.id, consentId: id, reason: 'UNCONFIRMED' as const };
        await recordEvent(tx, { hostAppId, type: 'connect_session.unconfirmed', data, at });
        return id;
      });
    },
  };
}
