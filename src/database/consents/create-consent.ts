/** Creates a consent, in one transaction with its tokens and its event. */
import { and, asc, eq } from 'drizzle-orm';

import type { AccessType } from '../../domain/states';
import type { Vault } from '../../vault';
import { nothingLeft, recordConnected } from '../connect-sessions/end-session';
import { deleteVerifiers } from '../connect-sessions/late-answer';
import type { Database } from '../database';
import { recordEvent } from '../write-events';
import { newId } from '../ids';
import type { ConnectSession } from '../rows';
import { connectSessions, consents, tokens } from '../schema';
import { isOtherOfUser } from './same-account';
import { sealTokens, type GrantTokens } from '../tokens/sealed-tokens';

export function createQueries(db: Database, vault: Vault) {
  return {
    /**
     * Stores Google's grant: consent, sealed tokens, the end of the connect session and the event, all or nothing. A
     * repeat, after the database's answer was lost, returns the consent of the first call.
     *
     * @returns the consent's id
     * @throws Error when the connect session does not exist
     */
    async create(grant: {
      session: ConnectSession;
      resources: string[];
      accessType: AccessType | undefined;
      endsAt: Date | undefined;
      tokens: GrantTokens;
      /** The OAuth client that got the grant; by default, the one of the configuration. */
      googleClientId?: string | null;
      at: Date;
    }): Promise<string> {
      const id = newId('con');
      const { session, at } = grant;
      return db.transaction(async (tx) => {
        const [row] = await tx.select().from(connectSessions).where(eq(connectSessions.id, session.id)).for('update');
        if (row === undefined)
          throw new Error(`connect session ${session.id} does not exist, so its consent cannot be stored`);
        if (row.consentId !== null) return row.consentId;
        await tx.insert(consents).values({
          id,
          hostAppId: session.hostAppId,
          userId: session.userId,
          state: 'active',
          stopWanted: row.userDeletionAt === null ? null : 'deleted',
          accessType: grant.accessType ?? null,
          requestedResources: session.resources,
          grantedResources: grant.resources,
          createdAt: at,
          endsAt: grant.endsAt ?? null,
          since: session.since,
          keep: session.keep,
          accountHintHash: session.accountHintHash,
          googleClientId: grant.googleClientId ?? null,
          replacesConsentId: session.replacesConsentId,
        });
        await tx.insert(tokens).values({ consentId: id, ...sealTokens(vault, id, grant.tokens), updatedAt: at });
        await tx
          .update(connectSessions)
          .set({ state: 'connected', consentId: id, errorCode: null, ...nothingLeft })
          .where(eq(connectSessions.id, session.id));
        await deleteVerifiers(tx, session.id);
        await recordConnected(tx, row, id, at);
        const others = await tx
          .select({ id: consents.id })
          .from(consents)
          .where(and(isOtherOfUser({ ...session, id }), eq(consents.state, 'active')))
          .orderBy(asc(consents.id));
        await recordEvent(tx, {
          hostAppId: session.hostAppId,
          type: 'consent.connected',
          consentId: id,
          data: {
            requested: session.resources,
            granted: grant.resources,
            others: others.map((other) => other.id),
          },
          at,
        });
        return id;
      });
    },
  };
}
