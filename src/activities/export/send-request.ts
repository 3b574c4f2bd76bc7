/** The request for an archive, as it is stored: a repeat leads to the same job, or to a refusal that names the job. */
import type { Export } from '../../database/exports';
import type { InitiateOutcome } from '../../google/data-portability';
import type { ActivityDependencies } from '../dependencies';

export function sendRequest(
  { grants, dataPortability }: Pick<ActivityDependencies, 'grants' | 'dataPortability'>,
  { consentId, resources, startTime, endTime }: Export,
): Promise<InitiateOutcome> {
  return grants.call(consentId, 'portabilityArchive.initiate', (token) =>
    dataPortability.initiate(token, { resources, startTime: startTime ?? undefined, endTime: endTime ?? undefined }),
  );
}
