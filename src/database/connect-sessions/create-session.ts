/** A connect session at its beginning: what the host app asked for, and the secret of the link. */
import type { RecordChoice } from '../../domain/records';
import type { Database } from '../database';
import { hashSecret, newSecret } from '../host-apps';
import { newId } from '../ids';
import { connectSessions } from '../schema';

export function creationQueries(db: Database) {
  return {
    /** @returns the session's id and the secret of its connect link, which is stored only as a hash */
    async create(request: {
      hostAppId: string;
      userId: string;
      userLabel?: string | undefined;
      resources: string[];
      returnUrl: string | undefined;
      since?: Date | undefined;
      keep?: RecordChoice | undefined;
      /** Of the same host app and user; see the callback. */
      renewsConsentId?: string | undefined;
      /** Of account-hints.ts. */
      accountHintHash?: string | undefined;
      /** Of the same host app and user. */
      replacesConsentId?: string | undefined;
      requiresConfirmation?: boolean;
      at: Date;
      expiresAt: Date;
    }): Promise<{ id: string; link: string }> {
      const id = newId('cns');
      const link = newSecret();
      await db.insert(connectSessions).values({
        id,
        hostAppId: request.hostAppId,
        userId: request.userId,
        userLabel: request.userLabel ?? null,
        resources: request.resources,
        returnUrl: request.returnUrl ?? null,
        since: request.since ?? null,
        keep: request.keep ?? null,
        renewsConsentId: request.renewsConsentId ?? null,
        accountHintHash: request.accountHintHash ?? null,
        replacesConsentId: request.replacesConsentId ?? null,
        requiresConfirmation: request.requiresConfirmation ?? false,
        state: 'created',
        linkHash: hashSecret(link),
        createdAt: request.at,
        expiresAt: request.expiresAt,
      });
      return { id, link };
    },
  };
}
