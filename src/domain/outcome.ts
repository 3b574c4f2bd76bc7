/** The outcome of an export, which its activities return to its workflow and to the consent's workflow. */
import type { ErrorCode } from './error-codes';
import type { EndedExportState, Verdict } from './states';

/** Ends after which Google certainly has no archive of the export that could still be downloaded. */
const nothingLeft: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'ARCHIVE_FAILED',
  'ARCHIVE_CANCELLED',
  'ARCHIVE_EXPIRED',
  'ALREADY_EXPORTED',
  'EXPORT_STOPPED',
  'GRANT_ENDED',
  'DATA_DELETED',
]);

export interface ExportOutcome {
  /** The loop's name: its resource, or `batch`. */
  readonly resource: string;
  /** Empty when the workflow itself failed before an export was stored. */
  readonly exportId: string;
  readonly state: EndedExportState;
  readonly verdict: Verdict | null;
  readonly errorCode: ErrorCode | null;
  readonly parts: number;
  readonly bytes: number;
  /** Epoch time until which Google keeps the archive. */
  readonly keptUntilMs: number;
}

/**
 * Whether Google may have an archive of this export that is not completely stored here: a reset would let Google delete
 * it (docs/google-api.md §8, docs/known-defects.md D57).
 */
export function mayBeAtGoogle({ state, errorCode, keptUntilMs }: ExportOutcome, nowMs: number): boolean {
  if (state !== 'failed' || keptUntilMs <= nowMs) return false;
  return errorCode === null || !nothingLeft.has(errorCode);
}
