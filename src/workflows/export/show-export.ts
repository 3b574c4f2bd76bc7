/** The state of a loop in Temporal's Web UI: the phase of its export, and how the last one ended. */
import { patched, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';

import type { ExportOutcome } from '../../domain/outcome';
import { resourceTitle } from '../../domain/resources';
import type { EndedExportState, ExportState } from '../../domain/states';
import { errorCodeAttribute, exportStateAttribute } from '../search-attributes';
import type { ExportLoop } from './export-loop';

/** Marks runs that set the search attribute at each phase of an export, and not only at its end. */
const phasesAreShown = 'phases are shown';

/** @param details the loop's present work, in a sentence */
export function enterState(loop: ExportLoop, next: ExportState | 'sleeping', details: string): void {
  if (next !== loop.state) loop.sinceMs = Date.now();
  loop.state = next;
  showPhase(loop, next);
  const titles = loop.resources.map(resourceTitle).join(', ');
  setCurrentDetails(`**${titles}** (\`${loop.input.resource}\`, export ${loop.cycle})\n\n${details}`);
}

/**
 * Shows the reason for the wait between two exports.
 *
 * @param isFree whether the next export could start, if it still fitted before the end of the grant
 */
export function showSleep(loop: ExportLoop, isFree: boolean): void {
  enterState(loop, 'sleeping', sleepDetails(loop, isFree));
}

function sleepDetails({ paused, nextAtMs, last }: ExportLoop, isFree: boolean): string {
  if (paused) return 'Paused: no new export is started.';
  if (isFree) return 'The last export before the end of the grant is done.';
  const lastOne = last === null ? '' : ` The last one: ${last.state}.`;
  return `The next export is due at ${new Date(nextAtMs).toISOString()}.${lastOne}`;
}

/** The end of an export is shown with its error code, by {@link showOutcome}. */
function showPhase(loop: ExportLoop, next: ExportState | 'sleeping'): void {
  if (!isPhase(next) || next === loop.shownState || !patched(phasesAreShown)) return;
  loop.shownState = next;
  upsertSearchAttributes([{ key: exportStateAttribute, value: next }]);
}

/** Each change is a separate write to the visibility store, so only values that operators filter by are shown. */
export function showOutcome(loop: ExportLoop, outcome: ExportOutcome, before: ExportOutcome | null): void {
  const { state, errorCode } = outcome;
  if (state === before?.state && errorCode === before.errorCode && state === loop.shownState) return;
  loop.shownState = state;
  upsertSearchAttributes([
    { key: exportStateAttribute, value: state },
    { key: errorCodeAttribute, value: errorCode },
  ]);
}

/** The states of an export that is under way. */
function isPhase(state: ExportState | 'sleeping'): state is Exclude<ExportState, EndedExportState> {
  return state !== 'sleeping' && state !== 'ready' && state !== 'partial' && state !== 'failed';
}
