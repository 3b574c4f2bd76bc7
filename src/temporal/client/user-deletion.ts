/** Ends and deletes everything of one user of one host app. */
import type { ConsentStore } from '../../database/consents';
import type { DataDeletionStore, HostAppUser } from '../../database/data-deletion';
import { PortageError } from '../../domain/error-codes';
import type { ConsentMessages } from './consent-messages';
import type { TemporalCalls } from './temporal-calls';

export type DeleteUser = ReturnType<typeof createUserDeletion>;

/** The consents and sessions that the request to delete a user covers. */
export interface UserDeletionRequested {
  /** The consents to end and delete; each one is deleted once its `dataDeletedAt` and `endedAt` are set. */
  readonly consentIds: readonly string[];
  /** How many connect sessions without a consent were ended or forgotten. */
  readonly sessions: number;
  /**
   * Number of connect sessions for which an answer of Google is being stored; a resulting consent is deleted
   * immediately.
   */
  readonly answered: number;
  /** The id in the event `user.erased`; undefined when an earlier release forgot the sessions. */
  readonly erasureId: string | undefined;
}

export function createUserDeletion(deps: {
  calls: Pick<TemporalCalls, 'reach'>;
  consents: Pick<ConsentStore, 'endUnconfirmed'>;
  dataDeletion: Pick<DataDeletionStore, 'beginUser'>;
  messages: Pick<ConsentMessages, 'send'>;
  now: () => Date;
}) {
  const { calls, consents, dataDeletion, messages, now } = deps;

  /**
   * Stores the request, then signals the workflow of every consent, which reads it there. A repeat signals those that
   * are not deleted yet.
   *
   * @throws PortageError `USER_UNKNOWN` when nothing of the user is stored, `TEMPORAL_UNAVAILABLE`; a repeat does the
   * rest
   */
  return async (user: HostAppUser): Promise<UserDeletionRequested> => {
    await calls.reach();
    const at = now();
    const begun = await dataDeletion.beginUser(user, at);
    const { sessions, answered, erasureId } = begun;
    const consentIds = [...begun.consentIds];
    // An unconfirmed grant is reset like the grant of a consent.
    for (const id of begun.unconfirmedIds) {
      const consentId = await consents.endUnconfirmed({ id }, at);
      if (consentId !== undefined) consentIds.push(consentId);
    }
    if (consentIds.length + sessions + answered === 0) throw new PortageError('USER_UNKNOWN');
    for (const consentId of consentIds) await messages.send(consentId, 'delete');
    return { consentIds, sessions, answered, erasureId };
  };
}
