/** An export whose records were read, and the state that an export ends in with its records. */
import { exportStateOf, type EndedExportState } from '../../domain/states';
import type { Export } from '../rows';

/** An export whose records were read. */
export type ReadExport = Export & { readonly recordsRun: string; readonly recordsNumber: number };

/** Whether it has records. */
export const isRead = (row: Export): row is ReadExport => row.recordsRun !== null && row.recordsNumber !== null;

/** A complete archive whose records are not complete is no complete import (docs/google-api.md §A10). */
export function stateOf(verdict: Export['verdict'], records: 'complete' | 'partial' | 'failed'): EndedExportState {
  const state = verdict === null ? 'failed' : exportStateOf(verdict);
  return state === 'ready' && records !== 'complete' ? 'partial' : state;
}
