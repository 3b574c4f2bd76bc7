/** The state that the parts of a consent's workflow share. */
import { workflowInfo } from '@temporalio/workflow';

import type { ExportOutcome } from '../../domain/outcome';
import type { Policy } from '../../domain/policy';
import type { AccessType, ConsentState, StopWanted } from '../../domain/states';
import { consentEndsAtAttribute } from '../search-attributes';
import { noLoops, type ConsentLoops } from './consent-loops';

/**
 * The workflow reads everything else from the database, so that a lost workflow can be started again at the same state.
 */
export interface ConsentInput {
  readonly consentId: string;
  readonly policy: Policy;
}

/** The requests for the consent; `runLoops` acts on them. */
export interface ConsentRequests {
  /** Whether a message arrived after the requests were last read. */
  areUnread: boolean;
  /** The end state that was requested, or undefined. */
  stop: StopWanted | undefined;
  pause: boolean | undefined;
  /** Resources that a newer consent has taken over. */
  readonly superseded: string[];
  /** Whether Google has exported a resource alone while the others share one export, so that the batch can end. */
  splitWorked: boolean;
}

/** The state of a consent's workflow. */
export interface LiveConsent extends ConsentInput {
  state: ConsentState;
  /** Undefined until Google has returned it. */
  accessType: AccessType | undefined;
  /** When the grant ends; null while it is not known. Changed by {@link setEndOfGrant}. */
  endsAtMs: number | null;
  /** Since when that end is known, and how long before it the last reminder was; null: none yet. */
  endKnown: { sinceMs: number; remindedMs: number | null };
  /** The end of the grant that the search attribute shows. */
  shownEndsAtMs: number | null;
  /** Whether Google refuses every token of the grant. */
  grantEnded: boolean;
  paused: boolean;
  /** A reminder, or the check at the end of the grant, is under way. */
  isCheckingRenewal: boolean;
  readonly requests: ConsentRequests;
  readonly loops: ConsentLoops;
  /** The last outcome of each loop. */
  readonly outcomes: Map<string, ExportOutcome>;
  /** Whether `runLoops` has a change to process: a message, the result of a loop, or the answer of a renewal check. */
  hasChanges: boolean;
}

export function beginConsent({ consentId, policy }: ConsentInput): LiveConsent {
  return {
    consentId,
    policy,
    state: 'active',
    accessType: undefined,
    endsAtMs: null,
    endKnown: { sinceMs: Date.now(), remindedMs: null },
    shownEndsAtMs: workflowInfo().typedSearchAttributes.get(consentEndsAtAttribute)?.getTime() ?? null,
    grantEnded: false,
    paused: false,
    isCheckingRenewal: false,
    requests: { areUnread: false, stop: undefined, pause: undefined, superseded: [], splitWorked: false },
    loops: noLoops(),
    outcomes: new Map(),
    hasChanges: false,
  };
}

/** Stores the end of the grant. When the end has changed, the reminders start again. */
export function setEndOfGrant(consent: LiveConsent, endsAtMs: number | null): void {
  if (endsAtMs === consent.endsAtMs) return;
  consent.endsAtMs = endsAtMs;
  consent.endKnown = { sinceMs: Date.now(), remindedMs: null };
}

/** Whether the consent starts no further export. */
export function isEnding({ requests, grantEnded }: LiveConsent): boolean {
  return requests.stop !== undefined || grantEnded;
}
