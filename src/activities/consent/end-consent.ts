/** The last step of a consent's workflow. */
import { log } from '@temporalio/activity';

import { deleteStored } from '../../archive/delete/delete-stored';
import type { ErrorCode } from '../../domain/errors';
import type { EndedConsentState } from '../../domain/states';
import { knownPrefix } from '../../records/store/places';
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
     * Ends the consent: revokes what Google reset, closes what nobody brings home any more, forgets the tokens, tells the
     * host app. No export follows, so what was known to compare the next one with goes too.
     */
    async endConsent(request: { consentId: string; state: EndedConsentState; errorCode?: ErrorCode }): Promise<void> {
      const { consentId, state, errorCode } = request;
      const consent = await findConsent(consents, consentId);
      // Revoking may end the user's other grants as a reset does, so only what was reset is revoked.
      if (consent.resetAt !== null) await grants.revoke(consentId);
      // Of a loop that was lost at the end, and of one that a revived workflow did not begin any more.
      for (const { id, verdict } of await exports.listOpen(consentId)) {
        const code = endCodes[state] ?? errorCode ?? 'UNEXPECTED';
        // What was verified is here, whatever ended the consent.
        if (verdict !== null) await records.fail(id, 'RECORDS_OVERDUE', now());
        else await exports.end(id, { state: 'failed', errorCode: code }, now());
      }
      const forgotten = await Promise.allSettled([
        records.forgetKnown(consentId),
        deleteStored(storage, knownPrefix(consentId), cancellationSignal()),
      ]);
      // Tokens do not wait for a storage that is away; the step is repeated for it.
      await consents.end(consentId, state, errorCode, now());
      for (const done of forgotten) if (done.status === 'rejected') throw done.reason;
      log.info('consent ended', { consentId, consentState: state, errorCode });
    },
  };
}
