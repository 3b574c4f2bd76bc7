/** Creates a connect session: the host app's request, and the secret of the link. */
import type { RecordChoice } from '../../domain/records';
import type { Database } from '../database';
import { hashSecret, newSecret } from '../random-secrets';
import { newId } from '../ids';
import { connectSessions } from '../schema';
import { checkConsentsQuota, checkQuotas, noLink, type Quotas } from './quotas';

export function creationQueries(db: Database) {
  return {
    /**
     * Checked again before the user goes to Google, since many sessions may have been made below the quota. See
     * {@link checkConsentsQuota}.
     */
    checkConsentsQuota: (hostAppId: string, maxConsents: number | undefined) =>
      checkConsentsQuota(db, hostAppId, maxConsents, 'CONNECT_QUOTA_REACHED'),

    /**
     * @returns the session's id and the secret of its connect link, which is stored only as a hash; without a link, it
     * opens nothing
     * @throws PortageError `CONSENTS_QUOTA_REACHED`, `SESSIONS_QUOTA_REACHED`
     */
    async create(request: {
      hostAppId: string;
      userId: string;
      userLabel?: string | undefined;
      resources: string[];
      returnUrl: string | undefined;
      since?: Date | undefined;
      keep?: RecordChoice | undefined;
      /** A consent of the same host app and user; see the callback. */
      renewsConsentId?: string | undefined;
      /** Made by account-hints.ts. */
      accountHintHash?: string | undefined;
      /** A consent of the same host app and user. */
      replacesConsentId?: string | undefined;
      requiresConfirmation?: boolean;
      /** False for a session that begins on a page of Portage. */
      hasLink?: boolean;
      /** Undefined when no quota is checked. */
      quotas?: Quotas;
      at: Date;
      expiresAt: Date;
    }): Promise<{ id: string; link: string }> {
      const id = newId('cns');
      const link = newSecret();
      const row = {
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
        state: 'created' as const,
        linkHash: request.hasLink === false ? noLink + id : hashSecret(link),
        createdAt: request.at,
        expiresAt: request.expiresAt,
      };
      const { quotas } = request;
      if (quotas?.maxConsents === undefined && quotas?.maxSessionsPerDay === undefined) {
        await db.insert(connectSessions).values(row);
      } else {
        await db.transaction(async (tx) => {
          await checkQuotas(tx, request.hostAppId, quotas, request.at);
          await tx.insert(connectSessions).values(row);
        });
      }
      return { id, link };
    },
  };
}
