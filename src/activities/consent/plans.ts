/** What the workflow of a consent and its loops begin with, as the activities plan it. */
import type { AccessType, EndedConsentState, StopWanted } from '../../domain/states';

/** Where a loop starts: what its workflow has to know besides the consent. */
export interface LoopPlan {
  /** Its name: a resource, or `batch`. */
  readonly resource: string;
  readonly resources: readonly string[];
  readonly accessType: AccessType;
  /** Number of the next export, from 1. */
  readonly cycle: number;
  /** Epoch time of the next start; 0 for at once. */
  readonly nextAtMs: number;
  /** Epoch time by which the first export must have been started; null for all later ones, which count from their due time. */
  readonly startByMs: number | null;
  /** Tried on its own after a time in the batch; the consent is told when Google accepts it. */
  readonly isProbe: boolean;
  /** The batch only: epoch time at which one resource is to be tried on its own. */
  readonly splitAtMs: number | null;
}

/** What a consent's workflow begins with, also when an earlier run of it vanished. */
export interface ConsentPlan {
  /** Nothing is to be done for a consent that has ended. */
  readonly ended: EndedConsentState | null;
  /** As what it was told to end, whether or not a run of its workflow that vanished had heard of it. */
  readonly ending: StopWanted | null;
  /** Google takes no token of the grant any more. */
  readonly grantEnded: boolean;
  readonly accessType: AccessType;
  readonly granted: readonly string[];
  readonly endsAtMs: number | null;
  readonly paused: boolean;
  /** Since when the end is known, and how long before it the last reminder was. */
  readonly known: { sinceMs: number; remindedMs: number | null };
  readonly loops: readonly LoopPlan[];
  /** Older consents of the user, with the resources that this one exports from now on. */
  readonly supersedes: readonly { readonly consentId: string; readonly resources: readonly string[] }[];
}
