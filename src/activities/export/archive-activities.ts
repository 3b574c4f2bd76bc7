/** Light steps of an export under way: wait for Google's job, start it anew, give it or its records up. */
import { awaitingActivities } from './await-archive';
import { failingActivities, type FailingDependencies } from './fail-export';
import type { FinderDependencies } from './job-owner';

export function createArchiveActivities(deps: FinderDependencies & FailingDependencies) {
  return { ...awaitingActivities(deps), ...failingActivities(deps) };
}
