/** Around every activity: a steady heartbeat, and the translation of failures into what may stand in a history. */
import { ApplicationFailure, CancelledFailure, CompleteAsyncError, type Context } from '@temporalio/activity';
import type {
  ActivityExecuteInput,
  ActivityInboundCallsInterceptor,
  ActivityInterceptors,
  Next,
} from '@temporalio/worker';

import { isOutage, PortageError } from '../domain/errors';
import type { Logger } from '../log';
import { createOutageWarnings, type OutageWarnings } from '../outage-warnings';

/** Well below the heartbeat time-out of the workflows' steps. */
const heartbeatEveryMs = 4_000;

/**
 * Heartbeats while an activity runs, so that one whose worker died is noticed in seconds; and turns errors into codes:
 * a {@link PortageError} keeps its code and words, anything else is logged whole and named `UNEXPECTED`, because its
 * text might hold a token or user data.
 */
export function createActivityInterceptor(logger: Logger): (context: Context) => ActivityInterceptors {
  const warnings = createOutageWarnings(logger);
  return (context) => {
    const inbound: ActivityInboundCallsInterceptor = {
      async execute(
        input: ActivityExecuteInput,
        next: Next<ActivityInboundCallsInterceptor, 'execute'>,
      ): Promise<unknown> {
        const timer = setInterval(() => context.heartbeat(), heartbeatEveryMs);
        try {
          return await next(input);
        } catch (error) {
          const failure = toFailure(error, context, logger, warnings);
          // What a history keeps of a failure is its code and words; the log has the stack.
          if (failure instanceof ApplicationFailure) failure.stack = '';
          throw failure;
        } finally {
          clearInterval(timer);
        }
      },
    };
    return { inbound };
  };
}

function toFailure(error: unknown, context: Context, logger: Logger, warnings: OutageWarnings): unknown {
  // Cancellation, a worker's shutdown included, is passed on as what it is.
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
    message: 'Something unexpected happened; the worker’s log has it',
  });
}
