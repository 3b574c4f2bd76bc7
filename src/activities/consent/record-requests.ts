/** The requests for a consent, read from the database, and the records of what its workflow has done about them. */
import { exportedResources } from '../../database/consents';
import type { StopWanted } from '../../domain/states';
import type { ActivityDependencies } from '../dependencies';
import { findConsent } from '../find-stored';
import { takenOver, takeoversOf } from './split-resources';

export type RecordingDependencies = Pick<ActivityDependencies, 'consents' | 'now'>;

/** The requests for a consent: rows that a command, the callback or a newer consent wrote. */
export interface RequestsRead {
  readonly stop: StopWanted | null;
  readonly paused: boolean;
  readonly endsAtMs: number | null;
  /** Resources that this consent still exports, although newer consents of the user do too. */
  readonly superseded: readonly string[];
}

/** The requests of the consent that a loop needs. */
export interface LoopRequestsRead {
  /** The consent must end, and its running exports must stop. */
  readonly isStopWanted: boolean;
  readonly paused: boolean;
  readonly endsAtMs: number | null;
  /** All resources share one export a day. */
  readonly isBatched: boolean;
  /**
   * The resources that the consent exports: those that were granted, without those that newer consents have taken over.
   */
  readonly exported: readonly string[];
}

export function recordingActivities({ consents, now }: RecordingDependencies) {
  return {
    /** The workflow acts on these rows only, and not on the content of a message. */
    async readRequests({ consentId }: { consentId: string }): Promise<RequestsRead> {
      const consent = await findConsent(consents, consentId);
      const { stopWanted, dataDeletionAt, pausedAt, endsAt } = consent;
      return {
        stop: dataDeletionAt === null ? stopWanted : 'deleted',
        paused: pausedAt !== null,
        endsAtMs: endsAt?.getTime() ?? null,
        superseded: await takenOver(consents, consent),
      };
    },

    /** As `readRequests`, for a loop. */
    async readLoopRequests({ consentId }: { consentId: string }): Promise<LoopRequestsRead> {
      const consent = await findConsent(consents, consentId);
      const { stopWanted, dataDeletionAt, pausedAt, endsAt, batchedAt } = consent;
      return {
        isStopWanted: stopWanted !== null || dataDeletionAt !== null,
        paused: pausedAt !== null,
        endsAtMs: endsAt?.getTime() ?? null,
        isBatched: batchedAt !== null,
        exported: exportedResources(consent),
      };
    },

    async setPaused({ consentId, paused }: { consentId: string; paused: boolean }): Promise<void> {
      await consents.setPaused(consentId, paused, now());
    },

    /** A newer consent exports these resources from now on. */
    async supersede({ consentId, resources }: { consentId: string; resources: readonly string[] }): Promise<void> {
      const consent = await findConsent(consents, consentId);
      await consents.supersede(consentId, await takeoversOf(consents, consent, resources), now());
    },
  };
}
