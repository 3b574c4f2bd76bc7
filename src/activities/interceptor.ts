/**
 * Wraps every activity: sends heartbeats while it makes progress, and turns errors into failures that may be in a
 * history.
 */
import { ApplicationFailure, CancelledFailure, CompleteAsyncError, type Context } from '@temporalio/activity';
import type {
  ActivityExecuteInput,
  ActivityInboundCallsInterceptor,
  ActivityInterceptors,
  Next,
} from '@temporalio/worker';

import { isOutage, PortageError } from '../domain/error-codes';
import { usualLimits } from '../domain/timeouts';
import type { Logger } from '../log';
import { outageWarningsOf, type OutageWarnings } from '../limit-outage-warnings';
import { runWatched, watchStep, type StepWatch } from './progress';

/** Well below the heartbeat time-out of the workflows' steps. */
const heartbeatEveryMs = 4_000;
/** A cancelled step may use this time to release its resources; then its slot is free for another step. */
const graceMs = 5_000;

/**
 * Sends heartbeats while an activity makes progress, so that a dead worker is noticed in seconds. An activity that
 * makes no progress within its limit is cancelled, fails, and is tried again by any free worker. Errors become codes: a
 * {@link PortageError} keeps its code and message; any other error is logged completely and gets the code `UNEXPECTED`,
 * because its text might hold a token or user data.
 *
 * @param progressMs that limit; `progress.ts` defines progress
 */
export function createActivityInterceptor(
  logger: Logger,
  progressMs = usualLimits.progressMs,
): (context: Context) => ActivityInterceptors {
  const warnings = outageWarningsOf(logger);
  return (context) => {
    const inbound: ActivityInboundCallsInterceptor = {
      async execute(
        input: ActivityExecuteInput,
        next: Next<ActivityInboundCallsInterceptor, 'execute'>,
      ): Promise<unknown> {
        const watch = watchStep(context.cancellationSignal, progressMs);
        const beating = beatWhileAlive(watch, Math.min(heartbeatEveryMs, progressMs / 2), () => context.heartbeat());
        try {
          return await Promise.race([runWatched(watch, () => next(input)), beating.stalled]);
        } catch (error) {
          const failure = toFailure(beating.failure() ?? error, context, logger, warnings);
          // A history keeps the code and message of a failure; the log has the stack.
          if (failure instanceof ApplicationFailure) failure.stack = '';
          throw failure;
        } finally {
          beating.stop();
        }
      },
    };
    return { inbound };
  };
}

/** @returns `stalled`, a promise that rejects some time after the step was cancelled because it made no progress */
function beatWhileAlive(watch: StepWatch, everyMs: number, beat: () => void) {
  let failure: PortageError | undefined;
  let grace: NodeJS.Timeout | undefined;
  let giveUp: (error: PortageError) => void = () => undefined;
  const stalled = new Promise<never>((_resolve, reject) => {
    giveUp = reject;
  });
  const timer = setInterval(() => {
    if (failure !== undefined) return;
    if (watch.isAlive()) {
      beat();
      return;
    }
    const over = watch.callOff();
    failure = over;
    grace = setTimeout(() => giveUp(over), graceMs);
  }, everyMs);
  return {
    stalled,
    failure: () => failure,
    stop() {
      clearInterval(timer);
      clearTimeout(grace);
    },
  };
}

function toFailure(error: unknown, context: Context, logger: Logger, warnings: OutageWarnings): unknown {
  // Cancellation, also by a worker's shutdown, is passed on unchanged.
  const reason: unknown = context.cancellationSignal.reason;
  if (context.cancellationSignal.aborted && reason instanceof CancelledFailure) return reason;
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure || error instanceof CompleteAsyncError) {
    return error;
  }
  const { activityType, attempt, workflowExecution } = context.info;
  const about = { activityType, attempt, workflowId: workflowExecution?.workflowId };
  if (error instanceof PortageError) {
    if (isOutage(error.code)) warnings.warn(error.code, { ...about, err: error }, 'activity failed');
    else logger.warn({ ...about, errorCode: error.code, err: error }, 'activity failed');
    return ApplicationFailure.create({
      type: error.code,
      message: `${error.message}. ${error.remedy}`,
      nonRetryable: !error.retryable,
      // A delay of 0 would end the retries (docs/overview.md, "Temporal").
      ...(error.retryAfterMs === undefined ? {} : { nextRetryDelay: Math.max(1_000, error.retryAfterMs) }),
    });
  }
  logger.error({ ...about, err: error }, 'activity failed unexpectedly');
  return ApplicationFailure.create({
    type: 'UNEXPECTED',
    message: 'Something unexpected happened; the worker’s log has the error',
  });
}
