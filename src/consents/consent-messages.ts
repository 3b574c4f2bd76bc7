/** What operators and host apps tell a consent: sent to its workflow, which does it. */
import {
  isGrpcDeadlineError,
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  WorkflowUpdateStage,
  type Client,
} from '@temporalio/client';

import type { SignalDefinition } from '@temporalio/common';

import type { Consent, ConsentStore } from '../database/consents';
import { PortageError } from '../domain/errors';
import type { Policy } from '../domain/policy';
import { batchLoop, exportWorkflowId } from '../workflows/ids';
import {
  cancelSignal,
  deleteSignal,
  exportNowUpdate,
  pauseSignal,
  resumeSignal,
  type ExportNowAnswer,
} from '../workflows/messages';
import { consentStartOptions, consentWorkflowType } from './consent-workflows';

export type ConsentMessages = ReturnType<typeof createConsentMessages>;

/** What one loop said to the wish for an export now. */
export interface LoopAnswer {
  /** A resource, or `batch`. */
  readonly loop: string;
  /** `pending`: the loop has the wish, and Google’s answer to it did not come in time. */
  readonly answer: ExportNowAnswer | { readonly kind: 'pending' };
}

/** How long Temporal and a worker have for their answer. */
const answerWithinMs = 10_000;

/** @param deps `answerWithinMs`: how long Temporal and a worker have for their answer, 10 seconds unless told */
export function createConsentMessages(deps: {
  client: Client;
  taskQueue: string;
  policy: Policy;
  consents: ConsentStore;
  now: () => Date;
  answerWithinMs?: number;
}) {
  const { client, taskQueue, policy, consents, now } = deps;
  const inTime = <T>(call: () => Promise<T>): Promise<T> =>
    client.withDeadline(Date.now() + (deps.answerWithinMs ?? answerWithinMs), call);

  /** @throws PortageError `NOT_FOUND`; `CONSENT_ENDED` unless one that has ended will do */
  const find = async (consentId: string, mayHaveEnded = false): Promise<Consent> => {
    const consent = await consents.find(consentId);
    if (consent === undefined) throw new PortageError('NOT_FOUND', { detail: `consent ${consentId}` });
    if (consent.endedAt !== null && !mayHaveEnded) {
      throw new PortageError('CONSENT_ENDED', { detail: `${consentId} is ${consent.state}` });
    }
    return consent;
  };

  /** Reaches the workflow whether it runs, has closed, or was never started. */
  const send = async (consent: Consent, signal: SignalDefinition): Promise<void> => {
    const options = { ...consentStartOptions(consent, { taskQueue, policy }), signal };
    try {
      await inTime(() => client.workflow.signalWithStart(consentWorkflowType, options));
    } catch (error) {
      throw isNoAnswer(error) ? new PortageError('TEMPORAL_UNAVAILABLE', { cause: error }) : error;
    }
    await consents.markWorkflowStarted(consent.id, now());
  };

  /** @returns undefined when there is no such loop */
  const ask = async (consentId: string, loop: string): Promise<LoopAnswer | undefined> => {
    const handle = client.workflow.getHandle(exportWorkflowId(consentId, loop));
    let isAccepted = false;
    try {
      const waitForStage = WorkflowUpdateStage.ACCEPTED;
      const update = await inTime(() => handle.startUpdate(exportNowUpdate, { waitForStage }));
      isAccepted = true;
      return { loop, answer: await inTime(() => update.result()) };
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return isAccepted ? { loop, answer: { kind: 'ended' } } : undefined;
      // The loop closed before it could answer.
      if (error instanceof WorkflowUpdateFailedError) return { loop, answer: { kind: 'ended' } };
      const timedOut = error instanceof WorkflowUpdateRPCTimeoutOrCancelledError;
      if (timedOut && isAccepted) return { loop, answer: { kind: 'pending' } };
      if (!timedOut && !isNoAnswer(error)) throw error;
      const isThere = await inTime(() => client.connection.workflowService.getSystemInfo({})).catch(() => undefined);
      const code = isThere === undefined ? 'TEMPORAL_UNAVAILABLE' : 'NO_WORKER';
      throw new PortageError(code, { detail: `export of ${loop}`, cause: error });
    }
  };

  return {
    /** No new export is started; one under way is brought home. */
    pause: async (consentId: string): Promise<void> => send(await find(consentId), pauseSignal),
    resume: async (consentId: string): Promise<void> => send(await find(consentId), resumeSignal),
    /** Stops the exports, gives the grant back to Google and forgets it; what was stored stays. */
    cancel: async (consentId: string): Promise<void> => send(await find(consentId), cancelSignal),
    /** As `cancel`, and deletes what was stored; also of a consent that has ended. */
    delete: async (consentId: string): Promise<void> => send(await find(consentId, true), deleteSignal),

    /**
     * Wishes for an export now, of one resource or of all. Google’s lock decides: it may be accepted only later.
     *
     * @returns the answer of each loop that was asked
     * @throws PortageError `SCOPE_MISSING` for a resource that was not granted, `NO_WORKER` when none answers in time
     */
    async exportNow(consentId: string, resource?: string): Promise<LoopAnswer[]> {
      const consent = await find(consentId);
      if (resource !== undefined && !consent.grantedResources.includes(resource)) {
        throw new PortageError('SCOPE_MISSING', { detail: resource });
      }
      const mine = consent.grantedResources.filter((each) => !consent.supersededResources.includes(each));
      const loops = resource === undefined ? mine : [resource];
      const own = await Promise.all(loops.map(async (loop) => ({ loop, answer: await ask(consentId, loop) })));
      const isShared = consent.batchedAt !== null && own.some(({ answer }) => answer === undefined);
      const batch = isShared ? await ask(consentId, batchLoop) : undefined;
      const answers = own.flatMap(({ loop, answer }): LoopAnswer[] => {
        if (answer !== undefined) return [answer];
        return batch === undefined ? [{ loop, answer: { kind: 'ended' } }] : [];
      });
      return batch === undefined ? answers : [...answers, batch];
    },
  };
}

function isNoAnswer(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : error;
  if (isGrpcDeadlineError(cause)) return true;
  return isGrpcServiceError(cause) && unavailable.has(cause.code);
}

/** gRPC: DEADLINE_EXCEEDED and UNAVAILABLE (https://grpc.io/docs/guides/status-codes/). */
const unavailable: ReadonlySet<number> = new Set([4, 14]);
