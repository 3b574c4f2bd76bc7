/** The messages of operators to a consent (pause, resume, cancel, delete, export now), sent to its workflow. */
import { setTimeout as pause } from 'node:timers/promises';

import { WorkflowNotFoundError, WorkflowUpdateFailedError, WorkflowUpdateStage } from '@temporalio/client';
import type { SignalDefinition } from '@temporalio/common';

import { exportedResources, type Consent, type ConsentStore } from '../../database/consents';
import { PortageError } from '../../domain/errors';
import type { Policy } from '../../domain/policy';
import type { StopWanted } from '../../domain/states';
import { batchLoop } from '../../domain/schedule';
import { exportWorkflowId } from '../../workflows/ids';
import {
  cancelSignal,
  deleteSignal,
  exportNowUpdate,
  pauseSignal,
  resumeSignal,
  type ExportNowAnswer,
} from '../../workflows/messages';
import type { ConsentProgress } from './consent-progress';
import { consentStartOptions, consentWorkflowType } from './consent-workflows';
import type { TemporalCalls } from './temporal-calls';

export type ConsentMessages = ReturnType<typeof createConsentMessages>;

interface Message {
  readonly signal: SignalDefinition;
  /** The end state that is stored before the signal is sent, so that the request survives a lost workflow run. */
  readonly stop?: StopWanted;
  /** Whether the message has taken effect on the consent. */
  readonly isDone: (consent: Consent) => boolean;
  /** Whether the message may be sent to a consent that has ended. */
  readonly mayHaveEnded: boolean;
}

const messages = {
  pause: { signal: pauseSignal, isDone: ({ pausedAt }) => pausedAt !== null, mayHaveEnded: false },
  resume: { signal: resumeSignal, isDone: ({ pausedAt }) => pausedAt === null, mayHaveEnded: false },
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

/** The answer of one loop to a request for an export now. */
export interface LoopAnswer {
  /** A resource, or `batch`. */
  readonly loop: string;
  readonly answer:
    | ExportNowAnswer
    /** The loop has the request, but Google’s answer did not come in time. */
    | { readonly kind: 'pending' }
    /** No worker processed the request in time, although one answered for another loop. */
    | { readonly kind: 'unanswered' }
    /** There is no such loop: it has ended, or has not begun. */
    | { readonly kind: 'not_running' };
}

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

  const ask = async (consentId: string, loop: string): Promise<LoopAnswer> => {
    const handle = client.workflow.getHandle(exportWorkflowId(consentId, loop));
    let isAccepted = false;
    try {
      const waitForStage = WorkflowUpdateStage.ACCEPTED;
      const update = await calls.ofWorker(() => handle.startUpdate(exportNowUpdate, { waitForStage }));
      isAccepted = true;
      return { loop, answer: await calls.ofWorker(() => update.result()) };
    } catch (error) {
      const isGone = error instanceof WorkflowNotFoundError;
      if (isGone && !isAccepted) return { loop, answer: { kind: 'not_running' } };
      // The loop closed before it could answer.
      if (isGone || error instanceof WorkflowUpdateFailedError) return { loop, answer: { kind: 'ended' } };
      if (!(error instanceof PortageError) || error.code !== 'NO_WORKER') throw error;
      return { loop, answer: { kind: isAccepted ? 'pending' : 'unanswered' } };
    }
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
     * Cancel and delete are stored in the database first, so that the request survives when the workflow is lost before
     * it acts: the housekeeping or the retention then carries it out. When Temporal does not accept the message, a
     * running workflow gets it only when the command is repeated.
     *
     * @returns when Temporal has the message
     * @throws PortageError `CONSENT_UNKNOWN`, `CONSENT_ENDED`, `TEMPORAL_UNAVAILABLE`
     */
    async tell(consentId: string, name: MessageName): Promise<void> {
      const consent = await check(consentId, name);
      const { signal, stop, isDone }: Message = messages[name];
      if (consent.endedAt !== null && isDone(consent)) return;
      await calls.reach();
      if (stop !== undefined) await consents.wantStop(consentId, stop);
      const options = { ...consentStartOptions(consent, { taskQueue, policy }), signal };
      await calls.ofTemporal(() => client.workflow.signalWithStart(consentWorkflowType, options));
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
      await calls.reach();
      const loops = resource === undefined ? exportedResources(consent) : [resource];
      const answers = await Promise.all(loops.map((loop) => ask(consentId, loop)));
      const mayBeShared = consent.batchedAt !== null && answers.some(isNotRunning);
      const batch = mayBeShared ? await ask(consentId, batchLoop) : undefined;
      const all =
        batch === undefined || isNotRunning(batch)
          ? answers
          : [...answers.filter((answer) => !isNotRunning(answer)), batch];
      if (all.every(({ answer }) => answer.kind === 'unanswered')) throw new PortageError('NO_WORKER');
      if (all.every(isNotRunning)) {
        const told = await progress(consentId);
        if (told.workflow === 'unknown') throw told.error;
        if (told.workflow !== 'running') throw new PortageError('WORKFLOW_MISSING', { detail: consentId });
      }
      return all;
    },
  };
}

const isNotRunning = ({ answer }: LoopAnswer): boolean => answer.kind === 'not_running';
