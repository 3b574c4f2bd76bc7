/** The state that a worker process reports, for the servers that check whether the work is done. */
import type { ErrorCode } from './error-codes';

/**
 * A worker that has not reported for longer counts as dead: two rounds of checks, and some time for a slow database.
 */
export const silentAfterSeconds = 150;

/** One task queue as a worker sees it. */
export interface QueueState {
  readonly name: string;
  /** Number of running steps; a worker without a free slot does not poll. */
  readonly running: number;
}

/** One of the worker's own checks that failed. */
export interface WorkerFault {
  readonly check: string;
  readonly code: ErrorCode;
  /** A description of the fault, without secrets. */
  readonly message: string;
}
