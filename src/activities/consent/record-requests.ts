/** Records what a consent was asked for, once its workflow follows it. */
import type { ActivityDependencies } from '../dependencies';

export type RecordingDependencies = Pick<ActivityDependencies, 'consents' | 'now'>;

export function recordingActivities({ consents, now }: RecordingDependencies) {
  return {
    async setPaused({ consentId, paused }: { consentId: string; paused: boolean }): Promise<void> {
      await consents.setPaused(consentId, paused, now());
    },

    /** A newer consent exports these resources from now on. */
    async supersede({ consentId, resources }: { consentId: string; resources: readonly string[] }): Promise<void> {
      await consents.supersede(consentId, resources);
    },
  };
}
