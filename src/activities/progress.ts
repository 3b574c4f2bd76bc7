/**
 * Proofs that a step makes progress: a peer answered, bytes arrived, records were read. A running timer proves nothing.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

import { cancellationSignal as signalOfTemporal } from '@temporalio/activity';

import type { Answer, Egress } from '../network/egress';
import { PortageError } from '../domain/error-codes';
import type { ActivityDependencies } from './dependencies';

/** Watches over one try of one step. */
export interface StepWatch {
  /** Aborted when the step must end: Temporal cancelled it, or it made no progress. */
  readonly signal: AbortSignal;
  /** Whether it has made progress within its limit. */
  isAlive(): boolean;
  note(): void;
  /** Cancels the step. @returns the failure that the step ends with */
  callOff(): PortageError;
}

const steps = new AsyncLocalStorage<StepWatch>();

/**
 * @param calledOff fires when Temporal cancels the step
 * @param nowMs milliseconds of a clock that only goes forward
 */
export function watchStep(
  calledOff: AbortSignal,
  progressMs: number,
  nowMs: () => number = () => performance.now(),
): StepWatch {
  const stalled = new AbortController();
  let notedAt = nowMs();
  return {
    signal: AbortSignal.any([calledOff, stalled.signal]),
    isAlive: () => nowMs() - notedAt < progressMs,
    note() {
      notedAt = nowMs();
    },
    callOff() {
      const failure = new PortageError('STEP_STALLED', {
        detail: `no byte, record or answer arrived for ${progressMs} ms`,
      });
      stalled.abort(failure);
      return failure;
    },
  };
}

/** Runs a step under its watch. */
export function runWatched<T>(watch: StepWatch, step: () => Promise<T>): Promise<T> {
  return steps.run(watch, step);
}

/** Aborted when Temporal cancels the current step, or when the step makes no progress. */
export function cancellationSignal(): AbortSignal {
  return steps.getStore()?.signal ?? signalOfTemporal();
}

/** @returns a function that reports progress of the current step, for code that runs outside of its context */
export function progressNoter(): () => void {
  const watch = steps.getStore();
  return () => watch?.note();
}

const note = () => steps.getStore()?.note();

/**
 * Wraps the peers and stores: each answer of theirs, and each byte that arrives, counts as progress of the current
 * step.
 */
export function notingProgress(deps: ActivityDependencies): ActivityDependencies {
  return {
    ...deps,
    consents: noting(deps.consents),
    connectSessions: noting(deps.connectSessions),
    exports: noting(deps.exports),
    parts: noting(deps.parts),
    records: noting(deps.records),
    dataKeys: noting(deps.dataKeys),
    exportKeys: noting(deps.exportKeys),
    dataDeletion: noting(deps.dataDeletion),
    webhooks: noting(deps.webhooks),
    webhookSender: noting(deps.webhookSender),
    grants: noting(deps.grants),
    storage: noting(deps.storage),
    egress: { ...deps.egress, get: (...asked) => deps.egress.get(...asked).then(notingBytes) },
  };
}

function noting<T extends object>(peer: T): T {
  const members = Object.entries(peer).map(([name, member]: [string, unknown]) => [
    name,
    typeof member === 'function'
      ? (...asked: unknown[]) => noted((member as (...all: unknown[]) => unknown)(...asked))
      : member,
  ]);
  return Object.fromEntries(members) as T;
}

function noted(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null) return answer;
  if ('then' in answer) {
    return Promise.resolve(answer).then((value: unknown) => {
      note();
      return value;
    });
  }
  return Symbol.asyncIterator in answer ? notingEach(answer as AsyncIterable<unknown>) : answer;
}

async function* notingEach<T>(items: AsyncIterable<T>): AsyncGenerator<T, void> {
  for await (const item of items) {
    note();
    yield item;
  }
}

function notingBytes(answer: Answer): Awaited<ReturnType<Egress['get']>> {
  note();
  return { ...answer, body: () => notingEach(answer.body()) };
}
