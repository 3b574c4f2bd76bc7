/** How an export ended: what its activities, its workflow and the consent's workflow tell each other of it. */
import type { ErrorCode } from './errors';
import type { EndedExportState, Verdict } from './states';

export interface ExportOutcome {
  /** The loop's name: its resource, or `batch`. */
  readonly resource: string;
  /** Empty when the workflow itself broke before one was stored. */
  readonly exportId: string;
  readonly state: EndedExportState;
  readonly verdict: Verdict | null;
  readonly errorCode: ErrorCode | null;
  readonly parts: number;
  readonly bytes: number;
  /** Epoch time until which Google keeps the archive. */
  readonly keptUntilMs: number;
}
