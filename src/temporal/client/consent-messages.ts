/** The messages of operators to a consent (pause, resume, cancel, delete, export now), sent to its workflow. */
import { setTimeout as pause } from 'node:timers/promises';

import type { SignalDefinition } from '@temporalio/common';

import type { Consent, ConsentStore } from '../../database/consents';
import { PortageError } from '../../domain/error-codes';
import type { Policy } from '../../domain/policy';
import type { StopWanted } from '../../domain/states';
import { cancelSignal, deleteSignal, pauseSignal, resumeSignal } from '../../workflows/signals-and-queries';
import type { ConsentProgress } from './consent-progress';
import { consentStartOptions, consentWorkflowType } from './consent-workflows';
import { requestExportNow, type LoopAnswer } from './export-now';
import type { TemporalCalls } from './temporal-calls';

export type ConsentMessages = ReturnType<typeof createConsentMessages>;

interface Message {
  readonly signal: SignalDefinition;
  /** The end state that is stored before the signal is sent, so that the request survives a lost workflow run. */
  readonly stop?: StopWanted;
  /** Whether no new export is started from now on. */
  readonly pause?: boolean;
  /** Whether the message has taken effect on the consent. */
  readonly isDone: (consent: Consent) => boolean;
  /** Whether the message may be sent to a consent that has ended. */
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

/** How often the consent is read from the database while a command waits for its message to take effect. */
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

    /** Checks that the message may be sent to the consent. @throws PortageError `CONSENT_UNKNOWN`, `CONSENT_ENDED` */
    check,

    /**
     * Sends a message to a consent: pause (no new export starts; those under way finish), resume, cancel (the exports
     * stop, the grant is reset and revoked, stored data stays) or delete (as cancel, and stored data is deleted; also
     * after the consent's end). The message reaches the workflow whether it runs, has closed, or was never started. A
     * repeat changes nothing.
     *
     * Every message is stored in the database first, where the workflow reads it. So the request survives when the
     * workflow is lost before it acts: the housekeeping or the retention then carries it out. When Temporal does not
     * accept the message, a running workflow reads the request only when the command is repeated.
     *
     * @returns when Temporal has the message
     * @throws PortageError `CONSENT_UNKNOWN`, `CONSENT_ENDED`, `TEMPORAL_UNAVAILABLE`
     */
    async send(consentId: string, name: MessageName): Promise<void> {
      const consent = await check(consentId, name);
      const { signal, stop, pause, isDone }: Message = messages[name];
      if (consent.endedAt !== null && isDone(consent)) return;
      await calls.reach();
      if (stop !== undefined) await consents.requestStop(consentId, stop);
      if (pause !== undefined) await consents.setPaused(consentId, pause, now());
      const options = { ...consentStartOptions(consent, { taskQueue, policy }), signal };
      await calls.callTemporal(() => client.workflow.signalWithStart(consentWorkflowType, options));
      await consents.markWorkflowStarted(consentId, now());
    },

    /**
     * Waits until the message has taken effect, at most for `answerWithinMs`.
     *
     * @returns the consent at the end of the wait, and whether the message has taken effect
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
     * Requests an export now, of one resource or of all. While Google’s lock holds, the export starts only after it.
     *
     * @returns the answer of each loop that was asked
     * @throws PortageError `CONSENT_UNKNOWN`, `CONSENT_ENDED`, `SCOPE_MISSING` for a resource that was not granted,
     * `WORKFLOW_MISSING`, `NO_WORKER`, `TEMPORAL_UNAVAILABLE`
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
