/** The input of a consent's workflow and of its loops, as the activities plan it. */
import type { AccessType, EndedConsentState, StopWanted } from '../../domain/states';

/** The start of a loop: the input of its workflow in addition to the consent. */
export interface LoopPlan {
  /** Its name: a resource, or `batch`. */
  readonly resource: string;
  readonly resources: readonly string[];
  readonly accessType: AccessType;
  /** Number of the next export, from 1. */
  readonly cycle: number;
  /** Epoch time of the next start; 0 means immediately. */
  readonly nextAtMs: number;
  /**
   * Epoch time by which the first export must have been started; null for all later ones, which count from their due
   * time.
   */
  readonly startByMs: number | null;
  /** The loop tries the resource alone after some time in the batch; it notifies the consent when Google accepts it. */
  readonly isProbe: boolean;
  /** The batch only: epoch time at which one resource is to be tried on its own. */
  readonly splitAtMs: number | null;
}

/** The input of a consent's workflow, also when an earlier run of it was lost. */
export interface ConsentPlan {
  /** Set when the consent has ended; the workflow then has nothing to do. */
  readonly ended: EndedConsentState | null;
  /**
   * The end state that was requested (`cancelled` or `deleted`), or null. It is read from the database, so it survives
   * a lost workflow run.
   */
  readonly ending: StopWanted | null;
  /** Google accepts no token of the grant any more. */
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
