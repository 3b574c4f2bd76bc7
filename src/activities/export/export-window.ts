/** The time range that an export asks Google for. */
import type { Consent } from '../../database/consents';
import { supportsTimeFilter } from '../../domain/resources';
import type { ActivityDependencies } from '../dependencies';
import type { StartRequest } from './start-request';

/**
 * The window to ask for, if every resource takes one: from the end of the stored window, minus the overlap, to now; for
 * the first export, from the start that the host app set. Google refuses a window for any other resource, so those are
 * exported whole (docs/google-api.md §9, docs/known-defects.md D29, D54).
 */
export async function windowOf(
  { exports, now }: Pick<ActivityDependencies, 'exports' | 'now'>,
  consent: Consent,
  { resources, policy }: StartRequest,
): Promise<{ startTime: Date | undefined; endTime: Date | undefined }> {
  if (!resources.every(supportsTimeFilter)) return { startTime: undefined, endTime: undefined };
  const starts = await Promise.all(
    resources.map(async (resource) => {
      const stored = await exports.storedUntil(consent.id, resource, consent.since ?? undefined);
      if (stored === undefined) return undefined;
      const reach = stored.getTime() - policy.windowOverlapMs;
      return new Date(Math.max(reach, consent.since?.getTime() ?? reach));
    }),
  );
  const earliest = starts.includes(undefined)
    ? undefined
    : new Date(Math.min(...starts.map((start) => start?.getTime() ?? 0)));
  // A one-time export without a start time takes everything, up to the last minute.
  const isRepeated = consent.accessType === 'time_based';
  return { startTime: earliest, endTime: isRepeated ? now() : undefined };
}
