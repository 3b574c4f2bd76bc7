/** One export of a loop: its input, its progress and its result. */
import type { CancellationScope } from '@temporalio/workflow';

import type { StartRequest } from '../../activities/export/start-request';
import type { ExportOutcome } from '../../domain/outcome';
import type { AccessType, ExportState } from '../../domain/states';

export interface CycleRequest extends StartRequest {
  readonly accessType: AccessType;
  /** Epoch time by which the archive must be started. */
  readonly startByMs: number;
}

export interface Started {
  readonly exportId: string;
  readonly initiatedAtMs: number;
  /** Google refuses the next start until this time; undefined when Google did not name one. */
  readonly lockedUntilMs: number | null;
  readonly endsAtMs: number | null;
}

/** The progress that a cycle reports to its loop. */
export interface CycleProgress {
  enter(state: ExportState, details: string): void;
  /** Google has the job; the next start counts from then, or from the time that Google named. */
  started(start: Started): Promise<void>;
}

export type CycleResult =
  /** Also for an export that had ended before this run of the workflow started. */
  | { readonly kind: 'ended'; readonly outcome: ExportOutcome }
  /** Not started: Google allows it only after that time; with `forAll`, because of another resource's export. */
  | { readonly kind: 'locked'; readonly untilMs: number; readonly forAll: boolean; readonly endsAtMs: number | null };

/** The state that the steps of a cycle share. */
export interface Cycle {
  readonly request: CycleRequest;
  readonly progress: CycleProgress;
  /** Cancelled to abandon the export before its download begins. */
  readonly scope: CancellationScope;
  /** Until when Google keeps the archive, if there is one; 0 before the start. */
  keptUntilMs: number;
}

/** Epoch times by which the steps after the start must be done. */
export interface CycleDeadlines {
  readonly finishByMs: number;
  readonly retryByMs: number;
  readonly storeByMs: number;
}

/**
 * One-time access has only this export, so a job that Google may have started without an answer is searched for as long
 * as Google keeps archives. With time-based access the next export follows, and at worst this one is lost
 * (docs/lost-answers.md).
 */
export function deadlinesOf({ accessType, policy }: CycleRequest, initiatedAtMs: number): CycleDeadlines {
  const storeByMs = initiatedAtMs + policy.storeWithinMs;
  if (accessType === 'one_time') return { finishByMs: storeByMs, retryByMs: storeByMs, storeByMs };
  const finishByMs = initiatedAtMs + policy.finishWithinMs;
  return { finishByMs, retryByMs: Math.min(finishByMs, initiatedAtMs + policy.exportEveryMs), storeByMs };
}
