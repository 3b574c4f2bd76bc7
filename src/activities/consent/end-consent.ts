/** The last step of a consent's workflow. */
import { log } from '@temporalio/activity';

import { deleteStored } from '../../archive/delete/delete-stored';
import type { Consent } from '../../database/consents';
import type { ErrorCode } from '../../domain/error-codes';
import type { EndedConsentState } from '../../domain/states';
import { knownPrefix } from '../../records/store/object-keys';
import type { ActivityDependencies } from '../dependencies';
import { findConsent } from '../find-stored';
import { cancellationSignal } from '../progress';

export type EndingDependencies = Pick<
  ActivityDependencies,
  'consents' | 'exports' | 'records' | 'grants' | 'storage' | 'now'
>;

/** The error code of an export that was open when its consent ended. */
const endCodes: Readonly<Partial<Record<EndedConsentState, ErrorCode>>> = {
  cancelled: 'EXPORT_STOPPED',
  deleted: 'EXPORT_STOPPED',
  unconfirmed: 'EXPORT_STOPPED',
  revoked: 'GRANT_ENDED',
  expired: 'GRANT_ENDED',
};

/** Google ends a grant of one-time access automatically after this time (docs/google-api.md §6). */
const oneTimeGrantMs = 14 * 24 * 3_600_000;
/**
 * Ends after which the grant no longer exists. After any other end, Google may keep it, along with another consent's.
 */
const grantIsGone: readonly EndedConsentState[] = ['revoked', 'expired'];

/**
 * Until when the tokens of an ended consent are kept to reset its grant, because a reset now might end another consent
 * of the user. A superseded consent is never reset at its end: the one that took it over may be of the same Google
 * account.
 *
 * @returns undefined when they are deleted with the consent
 */
async function keepGrantUntil(
  consents: ActivityDependencies['consents'],
  { id, resetAt, resetAnswer, endsAt, createdAt }: Consent,
  state: EndedConsentState,
  at: Date,
): Promise<Date | undefined> {
  if (resetAt !== null || grantIsGone.includes(state)) return undefined;
  if (state !== 'superseded' && resetAnswer !== 'kept') return undefined;
  if (state === 'superseded') await consents.recordReset(id, 'kept', at);
  const until = endsAt ?? new Date(createdAt.getTime() + oneTimeGrantMs);
  return until > at ? until : undefined;
}

export function endingActivities({ consents, exports, records, grants, storage, now }: EndingDependencies) {
  return {
    /**
     * Ends the consent: revokes the token after a reset, marks exports as failed that no workflow will finish, deletes
     * the tokens, and records an event. No export follows, so the lists of known records are deleted too.
     */
    async endConsent(request: { consentId: string; state: EndedConsentState; errorCode?: ErrorCode }): Promise<void> {
      const { consentId, state, errorCode } = request;
      const consent = await findConsent(consents, consentId);
      // A revocation may end the user's other grants as a reset does, so a token is revoked only after a reset.
      if (consent.resetAt !== null) await grants.revoke(consentId);
      // Exports of a loop that was lost at the end, or that a restarted workflow did not begin again.
      for (const { id, verdict } of await exports.listOpen(consentId)) {
        const code = endCodes[state] ?? errorCode ?? 'UNEXPECTED';
        // Verified archives are stored, whichever reason ended the consent.
        if (verdict !== null) await records.fail(id, 'RECORDS_OVERDUE', now());
        else await exports.end(id, { state: 'failed', errorCode: code }, now());
      }
      const forgotten = await Promise.allSettled([
        records.forgetKnown(consentId),
        deleteStored(storage, knownPrefix(consentId), cancellationSignal()),
      ]);
      // The tokens are deleted also when the storage does not answer; the step is then repeated for the storage.
      await consents.end(consentId, state, errorCode, now(), await keepGrantUntil(consents, consent, state, now()));
      for (const done of forgotten) if (done.status === 'rejected') throw done.reason;
      log.info('consent ended', { consentId, consentState: state, errorCode });
    },
  };
}
