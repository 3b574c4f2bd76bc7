/** The last step of a consent's workflow. */
import { log } from '@temporalio/activity';

import { deleteStored } from '../../archive/delete/delete-stored';
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

/** Why an export ended that was open when its consent ended. */
const endCodes: Readonly<Partial<Record<EndedConsentState, ErrorCode>>> = {
  cancelled: 'EXPORT_STOPPED',
  deleted: 'EXPORT_STOPPED',
  unconfirmed: 'EXPORT_STOPPED',
  revoked: 'GRANT_ENDED',
  expired: 'GRANT_ENDED',
};

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
      // Of a loop that was lost at the end, and of one that a revived workflow did not begin any more.
      for (const { id, verdict } of await exports.listOpen(consentId)) {
        const code = endCodes[state] ?? errorCode ?? 'UNEXPECTED';
        // Verified archives are stored, for whatever reason the consent ended.
        if (verdict !== null) await records.fail(id, 'RECORDS_OVERDUE', now());
        else await exports.end(id, { state: 'failed', errorCode: code }, now());
      }
      const forgotten = await Promise.allSettled([
        records.forgetKnown(consentId),
        deleteStored(storage, knownPrefix(consentId), cancellationSignal()),
      ]);
      // The tokens are deleted also when the storage does not answer; the step is then repeated for the storage.
      await consents.end(consentId, state, errorCode, now());
      for (const done of forgotten) if (done.status === 'rejected') throw done.reason;
      log.info('consent ended', { consentId, consentState: state, errorCode });
    },
  };
}
