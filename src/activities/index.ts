/** All activities, made from their dependencies; workflows see only the types. */
import { createArchiveActivities } from './export/archive-activities';
import { createConsentActivities } from './consent/consent-activities';
import { createDeletionActivities } from './delete-consent-data';
import type { ActivityDependencies } from './dependencies';
import { createHousekeepingActivities } from './housekeeping';
import { createRecordsActivities } from './read-records';
import { createRetentionActivities } from './retention';
import { createStartActivity } from './export/start-export';
import { createTransferActivities } from './export/transfer-activities';
import { createWebhookActivities } from './deliver-webhooks';

/** Light steps run on the main queue; each kind of heavy step has its own queue (worker/heavy-queues.ts). */
export type Activities = ReturnType<typeof createCallActivities> &
  ReturnType<typeof createHousekeepingActivities> &
  ReturnType<typeof createHeavyActivities>;

/** Short calls to Google and the database. */
export function createCallActivities(deps: ActivityDependencies) {
  return {
    ...createConsentActivities(deps),
    ...createStartActivity(deps),
    ...createArchiveActivities(deps),
    ...createDeletionActivities(deps),
    ...createRetentionActivities(deps),
  };
}

/** The steps that work on complete archives, and those that wait for host apps' servers. */
export function createHeavyActivities(deps: ActivityDependencies) {
  return { ...createTransferActivities(deps), ...createRecordsActivities(deps), ...createWebhookActivities(deps) };
}

export { createHousekeepingActivities };
