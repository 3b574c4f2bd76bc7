/** What the parts of a loop's workflow share, and what it begins and ends with. */
import { CancellationScope } from '@temporalio/workflow';

import type { LoopPlan } from '../../activities/consent/plans';
import type { ExportOutcome } from '../../domain/outcome';
import type { Policy } from '../../domain/policy';
import { freeAtMs, spreadOf, withMargin, type LastStart } from '../../domain/schedule';
import type { ExportState } from '../../domain/states';
import type { ExportNowAnswer } from '../signals-and-queries';

/** Everything that a loop has to know of its past and its future; carried from run to run. */
export interface ExportInput extends LoopPlan {
  readonly consentId: string;
  readonly endsAtMs: number | null;
  readonly paused: boolean;
  /** How long the longest export of this loop took. */
  readonly longestMs: number;
  readonly last: ExportOutcome | null;
  readonly policy: Policy;
}

/** The reason why a loop ended, and its state at that time. */
export interface LoopResult {
  readonly resource: string;
  readonly resources: readonly string[];
  readonly why:
    | 'finished'
    | 'stopped'
    /** Google takes no token of the grant any more. */
    | 'grant_ended'
    /** Google refuses this resource permanently. */
    | 'refused'
    /** Google's lock counts for all resources together: it has to go into the batch. */
    | 'batch_needed'
    | 'joined_batch'
    /** The batch: its last resource is to be tried on its own. */
    | 'split'
    /** The batch ended, because each of its resources continues in its own loop. */
    | 'left_batch';
  readonly nextAtMs: number;
  readonly last: ExportOutcome | null;
}

/** The state of a loop during one run of its workflow. */
export interface ExportLoop {
  /** What the run began with; what changes of it follows here. */
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
  /** Since when it is in that state. */
  sinceMs: number;
  /** The state that the search attribute shows. */
  shownState: ExportState;
  /** The newest export that Google has started. */
  exportId: string | undefined;
  /** The request of this cycle is stored already, although Google has not started it. */
  isOpen: boolean;
  /** What an abandoned start or wait is cancelled by. */
  scope: CancellationScope;

  /** The consent stops the loop; an archive under way is brought home, or given up. */
  stop: 'finish' | 'abandon' | undefined;
  /** The loop must end after the current export, because another loop continues with its resources. */
  leaving: 'joined_batch' | 'left_batch' | undefined;
  /** Set by every message; a sleeping loop looks at its state again. */
  woken: boolean;
  /** How many messages have come whose requests are being read. */
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

/** What the next run of the loop begins with. */
export function nextInput(loop: ExportLoop): ExportInput {
  const { cycle, nextAtMs, startByMs, endsAtMs, paused, longestMs, isProbe, last, resources } = loop;
  return { ...loop.input, cycle, nextAtMs, startByMs, endsAtMs, paused, longestMs, isProbe, last, resources };
}

/** Whether neither the consent nor the batch has asked the loop to end. */
export function isStaying({ stop, leaving }: ExportLoop): boolean {
  return stop === undefined && leaving === undefined;
}

/** When the loop asks Google for the next export after this start, or refusal. */
export function nextAfter({ input }: ExportLoop, last: LastStart): number {
  const { policy, consentId, resource } = input;
  return withMargin(policy, freeAtMs(policy, last), spreadOf(`${consentId}/${resource}`));
}
