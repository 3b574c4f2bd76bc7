/** Starts the workflow of a consent at the callback; when that fails, the housekeeping starts it later. */
import type { ConsentWorkflows } from '../consents/consent-workflows';
import type { Consent } from '../database/consents';
import type { Policy } from '../domain/policy';
import type { Logger } from '../log';

export type ConsentStarter = ReturnType<typeof createConsentStarter>;

export function createConsentStarter(deps: { consentWorkflows: ConsentWorkflows; policy: Policy; logger: Logger }) {
  const { consentWorkflows, policy, logger } = deps;
  return {
    /** Leaves it to the next round of the housekeeping when Temporal is away. Never throws. */
    async tryStart(consent: Consent): Promise<void> {
      try {
        await consentWorkflows.start(consent, policy);
        logger.info({ consentId: consent.id }, 'consent workflow started');
      } catch (error) {
        logger.warn({ consentId: consent.id, err: error }, 'consent stored, its workflow starts later');
      }
    },
  };
}
