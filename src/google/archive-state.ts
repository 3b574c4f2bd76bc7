/** The state of an archive job, as Google answers it (docs/google-api.md §3). */
import type { dataportability_v1 } from 'googleapis/build/src/apis/dataportability';

/**
 * The window of a job as Google states it; that of an adopted job is not the requested one (docs/google-api.md §2, §5).
 */
export interface ArchiveWindow {
  /** Undefined when the request named no start time, and in answers that leave it out. */
  readonly startTime: Date | undefined;
  /** The request's `endTime`, or the time of the request. */
  readonly exportTime: Date | undefined;
}

/** `unknown` is a state that Google added later: not finished, and logged. */
export type ArchiveState = ArchiveWindow &
  (
    | { readonly state: 'COMPLETE'; readonly urls: string[] }
    | { readonly state: 'IN_PROGRESS' | 'FAILED' | 'CANCELLED' }
    | { readonly state: 'unknown'; readonly name: string }
  );

export function archiveStateOf(answer: dataportability_v1.Schema$PortabilityArchiveState): ArchiveState {
  const window = { startTime: instant(answer.startTime), exportTime: instant(answer.exportTime) };
  const state = answer.state ?? 'STATE_UNSPECIFIED';
  switch (state) {
    case 'COMPLETE':
      return { state, urls: answer.urls ?? [], ...window };
    case 'IN_PROGRESS':
    case 'FAILED':
    case 'CANCELLED':
      return { state, ...window };
    default:
      return { state: 'unknown', name: state.slice(0, 64), ...window };
  }
}

function instant(text: string | null | undefined): Date | undefined {
  const time = new Date(text ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
