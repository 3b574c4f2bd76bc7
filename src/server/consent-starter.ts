/** Starts the workflow of a consent at the callback; when that fails, the housekeeping starts it later. */
import type { ConsentWorkflows } from '../temporal/client/consent-workflows';
import type { Consent } from '../database/consents';
import { isOutage, PortageError } from '../domain/error-codes';
import type { Policy } from '../domain/policy';
import type { Logger } from '../log';
import { outageWarningsOf } from '../limit-outage-warnings';

export type ConsentStarter = ReturnType<typeof createConsentStarter>;

export function createConsentStarter(deps: { consentWorkflows: ConsentWorkflows; policy: Policy; logger: Logger }) {
  const { consentWorkflows, policy, logger } = deps;
  const warnings = outageWarningsOf(logger);
  return {
    /** When Temporal does not answer, the next round of the housekeeping starts the workflow. Never throws. */
    async tryStart(consent: Consent): Promise<void> {
      try {
        await consentWorkflows.start(consent, policy);
        logger.info({ consentId: consent.id }, 'consent workflow started');
      } catch (error) {
        const about = { consentId: consent.id, err: error };
        const message = 'consent stored, its workflow starts later';
        if (error instanceof PortageError && isOutage(error.code)) warnings.warn(error.code, about, message);
        else logger.warn(about, message);
      }
    },
  };
}
