/**
 * Light steps of a running export: wait for Google's job, retry it, and end an export whose data or records cannot be
 * read.
 */
import { awaitingActivities } from './await-archive';
import { failingActivities, type FailingDependencies } from './fail-export';
import type { FinderDependencies } from './job-owner';

export function createArchiveActivities(deps: FinderDependencies & FailingDependencies) {
  return { ...awaitingActivities(deps), ...failingActivities(deps) };
}
