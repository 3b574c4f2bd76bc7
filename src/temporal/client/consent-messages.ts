/** What operators tell a consent: sent to its workflow, which does it. */
import { setTimeout as pause } from 'node:timers/promises';

import type { SignalDefinition } from '@temporalio/common';

import type { Consent, ConsentStore } from '../../database/consents';
import { PortageError } from '../../domain/errors';
import type { Policy } from '../../domain/policy';
import type { StopWanted } from '../../domain/states';
import { cancelSignal, deleteSignal, pauseSignal, resumeSignal } from '../../workflows/messages';
import type { ConsentProgress } from './consent-progress';
import { consentStartOptions, consentWorkflowType } from './consent-workflows';
import { requestExportNow, type LoopAnswer } from './export-now';
import type { TemporalCalls } from './temporal-calls';

export type ConsentMessages = ReturnType<typeof createConsentMessages>;

interface Message {
  readonly signal: SignalDefinition;
  /** What is stored before its workflow is told, since it cannot be undone: a workflow that is lost then does not lose it. */
  readonly stop?: StopWanted;
  /** Whether no new export is started from now on. */
  readonly pause?: boolean;
  /** Whether the consent is as it was told to be. */
  readonly isDone: (consent: Consent) => boolean;
  /** Whether it can be told although it has ended. */
  readonly mayHaveEnded: boolean;
}

const messages = {
  pause: { signal: pauseSignal, pause: true, isDone: ({ pausedAt }) => pausedAt !== null, mayHaveEnded: false },
  resume: { signal: resumeSignal, pause: false, isDone: ({ pausedAt }) => pausedAt === null, mayHaveEnded: false },
  cancel: {
    signal: cancelSignal,
    stop: 'cancelled',
    isDone: ({ endedAt }) => endedAt !== null,
    mayHaveEnded: false,
  },
  delete: {
    signal: deleteSignal,
    stop: 'deleted',
    isDone: ({ endedAt, dataDeletedAt }) => endedAt !== null && dataDeletedAt !== null,
    mayHaveEnded: true,
  },
} as const satisfies Record<string, Message>;

export type MessageName = keyof typeof messages;

/** How often a consent is looked up that was told something. */
const lookEveryMs = 200;

export function createConsentMessages(deps: {
  calls: TemporalCalls;
  taskQueue: string;
  policy: Policy;
  consents: ConsentStore;
  progress: (consentId: string) => Promise<ConsentProgress>;
  now: () => Date;
}) {
  const { calls, taskQueue, policy, consents, progress, now } = deps;
  const { client } = calls;

  const find = async (consentId: string): Promise<Consent> => {
    const consent = await consents.find(consentId);
    if (consent === undefined) throw new PortageError('CONSENT_UNKNOWN', { detail: consentId });
    return consent;
  };
  const ended = ({ id, state }: Consent) => new PortageError('CONSENT_ENDED', { detail: `${id} is ${state}` });

  const check = async (consentId: string, name: MessageName): Promise<Consent> => {
    const consent = await find(consentId);
    const { mayHaveEnded }: Message = messages[name];
    const isRepeat = name === 'cancel' && consent.state === 'cancelled';
    if (consent.endedAt !== null && !mayHaveEnded && !isRepeat) throw ended(consent);
    return consent;
  };

  return {
    /** @throws PortageError `CONSENT_UNKNOWN` */
    find,

    /** Whether a consent can be told this. @throws PortageError `CONSENT_UNKNOWN`, `CONSENT_ENDED` */
    check,

    /**
     * Tells a consent to pause (no new export is started; one under way is brought home), to go on, to cancel (its
     * exports stop, the grant is given back to Google and forgotten, what was stored stays) or to delete (as cancel, and
     * what was stored goes; also after its end). Reaches its workflow whether it runs, has closed, or was never started.
     * A repeat changes nothing.
     *
     * What ends or deletes is stored first, so that a workflow that is lost before it acts does not lose the wish:
     * housekeeping or retention follows it. Where Temporal does not take the message, a workflow that runs hears of it by
     * a repeat only.
     *
     * @returns when Temporal has the message
     * @throws PortageError `CONSENT_UNKNOWN`, `CONSENT_ENDED`, `TEMPORAL_UNAVAILABLE`
     */
    async tell(consentId: string, name: MessageName): Promise<void> {
      const consent = await check(consentId, name);
      const { signal, stop, pause, isDone }: Message = messages[name];
      if (consent.endedAt !== null && isDone(consent)) return;
      await calls.reach();
      if (stop !== undefined) await consents.wantStop(consentId, stop);
      if (pause !== undefined) await consents.setPaused(consentId, pause, now());
      const options = { ...consentStartOptions(consent, { taskQueue, policy }), signal };
      await calls.ofTemporal(() => client.workflow.signalWithStart(consentWorkflowType, options));
      await consents.markWorkflowStarted(consentId, now());
    },

    /**
     * Waits until the consent is as it was told to be, or until an answer should have come.
     *
     * @returns the consent as it is then
     */
    async follow(consentId: string, name: MessageName, signal: AbortSignal) {
      const { isDone }: Message = messages[name];
      const until = Date.now() + calls.answerWithinMs;
      for (;;) {
        const consent = await find(consentId);
        const done = isDone(consent);
        if (done || Date.now() >= until) return { consent, done };
        await pause(lookEveryMs, undefined, { signal });
      }
    },

    /**
     * Asks for an export now, of one resource or of all. Google’s lock decides: it may be accepted only later.
     *
     * @returns the answer of each loop that was asked
     * @throws PortageError `CONSENT_UNKNOWN`, `CONSENT_ENDED`, `SCOPE_MISSING` for a resource that was not granted,
     *   `WORKFLOW_MISSING`, `NO_WORKER`, `TEMPORAL_UNAVAILABLE`
     */
    async exportNow(consentId: string, resource?: string): Promise<LoopAnswer[]> {
      const consent = await find(consentId);
      if (consent.endedAt !== null) throw ended(consent);
      if (resource !== undefined && !consent.grantedResources.includes(resource)) {
        throw new PortageError('SCOPE_MISSING', { detail: resource });
      }
      return await requestExportNow({ calls, progress }, consent, resource);
    },
  };
}
