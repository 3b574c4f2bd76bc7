/** The input and the result of the start of an archive job. */
import type { ExportOutcome } from '../../domain/outcome';
import type { Policy } from '../../domain/policy';

export interface StartRequest {
  readonly consentId: string;
  /** The loop's name: its resource, or `batch`. */
  readonly resource: string;
  readonly resources: readonly string[];
  readonly cycle: number;
  readonly policy: Policy;
}

export type StartResult =
  | {
      readonly kind: 'initiated';
      readonly exportId: string;
      readonly archiveJobId: string;
      readonly initiatedAtMs: number;
      /** Google refuses the next start until this time; undefined when Google did not name one. */
      readonly lockedUntilMs: number | null;
      readonly endsAtMs: number | null;
    }
  /**
   * Google allows the start only after this time; with `forAll`, because of another resource's export
   * (docs/google-api.md Q1).
   */
  | { readonly kind: 'locked'; readonly untilMs: number; readonly forAll: boolean; readonly endsAtMs: number | null }
  /** An earlier run of the workflow, which was lost, had ended this export. */
  | { readonly kind: 'ended'; readonly outcome: ExportOutcome };
