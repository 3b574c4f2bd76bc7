/** The shared state of a loop's workflow, its input and its result. */
import { CancellationScope } from '@temporalio/workflow';

import type { LoopPlan } from '../../activities/consent/plans';
import type { ExportOutcome } from '../../domain/outcome';
import type { Policy } from '../../domain/policy';
import { freeAtMs, spreadOf, withMargin, type LastStart } from '../../domain/schedule';
import type { ExportState } from '../../domain/states';
import type { ExportNowAnswer } from '../signals-and-queries';

/** The whole state of a loop, which is carried from run to run. */
export interface ExportInput extends LoopPlan {
  readonly consentId: string;
  readonly endsAtMs: number | null;
  readonly paused: boolean;
  /** How long the longest export of this loop took. */
  readonly longestMs: number;
  readonly last: ExportOutcome | null;
  readonly policy: Policy;
}

/** The reason why a loop ended, and its last state. */
export interface LoopResult {
  readonly resource: string;
  readonly resources: readonly string[];
  readonly why:
    | 'finished'
    | 'stopped'
    /** Google accepts no token of the grant any more. */
    | 'grant_ended'
    /** Google refuses this resource permanently. */
    | 'refused'
    /** Google's lock counts for all resources together, so the resource must go into the batch. */
    | 'batch_needed'
    | 'joined_batch'
    /** The batch: its last resource has to be tried on its own. */
    | 'split'
    /** The batch ended, because each of its resources continues in its own loop. */
    | 'left_batch';
  readonly nextAtMs: number;
  readonly last: ExportOutcome | null;
}

/** The state of a loop during one run of its workflow. */
export interface ExportLoop {
  /** The input of the run; later changes of the resources are in `resources`. */
  readonly input: ExportInput;
  resources: readonly string[];
  cycle: number;
  nextAtMs: number;
  startByMs: number | null;
  endsAtMs: number | null;
  paused: boolean;
  longestMs: number;
  isProbe: boolean;
  last: ExportOutcome | null;

  state: ExportState | 'sleeping';
  /** Since when the loop is in that state. */
  sinceMs: number;
  /** The state that the search attribute shows. */
  shownState: ExportState;
  /** The newest export that Google has started. */
  exportId: string | undefined;
  /** The request of this cycle is stored already, but Google has not started the job. */
  isOpen: boolean;
  /** Cancels a start or a wait that is abandoned. */
  scope: CancellationScope;

  /** The consent stops the loop; an archive under way is finished, or abandoned. */
  stop: 'finish' | 'abandon' | undefined;
  /** The loop must end after the current export, because another loop continues with its resources. */
  leaving: 'joined_batch' | 'left_batch' | undefined;
  /** Set by every message; a sleeping loop looks at its state again. */
  woken: boolean;
  /** Number of messages whose requests are still being read. */
  readsUnderWay: number;
  /** Requests for an export now that wait for their answer. */
  readonly exportNowRequests: { answer?: ExportNowAnswer }[];
}

export function beginLoop(input: ExportInput): ExportLoop {
  const { cycle, nextAtMs, startByMs, endsAtMs, paused, longestMs, isProbe, last } = input;
  return {
    input,
    ...{ cycle, nextAtMs, startByMs, endsAtMs, paused, longestMs, isProbe, last },
    resources: [...input.resources],
    state: 'sleeping',
    sinceMs: Date.now(),
    shownState: last?.state ?? 'initiating',
    exportId: undefined,
    isOpen: false,
    scope: new CancellationScope(),
    stop: undefined,
    leaving: undefined,
    woken: false,
    readsUnderWay: 0,
    exportNowRequests: [],
  };
}

/** The input of the next run of the loop. */
export function nextInput(loop: ExportLoop): ExportInput {
  const { cycle, nextAtMs, startByMs, endsAtMs, paused, longestMs, isProbe, last, resources } = loop;
  return { ...loop.input, cycle, nextAtMs, startByMs, endsAtMs, paused, longestMs, isProbe, last, resources };
}

/** Whether neither the consent nor the batch has asked the loop to end. */
export function isStaying({ stop, leaving }: ExportLoop): boolean {
  return stop === undefined && leaving === undefined;
}

/** When the loop asks Google for the next export after this start or refusal. */
export function nextAfter({ input }: ExportLoop, last: LastStart): number {
  const { policy, consentId, resource } = input;
  return withMargin(policy, freeAtMs(policy, last), spreadOf(`${consentId}/${resource}`));
}
