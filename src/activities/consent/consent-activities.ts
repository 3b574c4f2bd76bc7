/** Steps on the grant itself: check it, react to its changes, reset it, and delete its tokens. */
import { endingActivities, type EndingDependencies } from './end-consent';
import { resetActivities, type ResetDependencies } from './reset-authorization';
import { openingActivities, type OpeningDependencies } from './open-consent';
import { planningActivities, type PlanningDependencies } from './plan-loops';
import { recordingActivities, type RecordingDependencies } from './record-requests';
import { renewalActivities, type RenewalDependencies } from './renewal';

type ConsentDependencies = OpeningDependencies &
  PlanningDependencies &
  RecordingDependencies &
  RenewalDependencies &
  ResetDependencies &
  EndingDependencies;

export function createConsentActivities(deps: ConsentDependencies) {
  return {
    ...openingActivities(deps),
    ...planningActivities(deps),
    ...recordingActivities(deps),
    ...renewalActivities(deps),
    ...resetActivities(deps),
    ...endingActivities(deps),
  };
}
