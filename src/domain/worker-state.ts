/** What a worker process says of itself, for the servers that look whether somebody does the work. */
import type { ErrorCode } from './error-codes';

/** A worker that has reported nothing for longer is taken for dead: two rounds of checks, and some time for a slow database. */
export const silentAfterSeconds = 150;

/** One task queue as a worker sees it. */
export interface QueueState {
  readonly name: string;
  /** Steps that run at the moment; a worker that has as many as it may does not poll. */
  readonly running: number;
}

/** A check of the worker's own that failed. */
export interface WorkerFault {
  readonly check: string;
  readonly code: ErrorCode;
  /** The words for it, without secrets. */
  readonly message: string;
}
