/** The state of a consent at Temporal: whether its workflow runs, and the state of each of its loops. */
import { WorkflowNotFoundError } from '@temporalio/client';

import { PortageError } from '../../domain/error-codes';
import { consentWorkflowId, exportWorkflowId } from '../../workflows/ids';
import {
  consentStatusQuery,
  exportStatusQuery,
  type ConsentStatus,
  type ExportStatus,
} from '../../workflows/signals-and-queries';
import type { TemporalCalls } from './temporal-calls';

export type ConsentProgress =
  | {
      readonly workflow: 'running';
      readonly status: ConsentStatus;
      /** By name, without loops that ended meanwhile or for which no worker answered. */
      readonly loops: ReadonlyMap<string, ExportStatus>;
    }
  /** The workflow has ended, or Temporal does not know it. */
  | { readonly workflow: 'closed' | 'missing' }
  /** Temporal or a worker does not answer, or the answer cannot be decrypted. */
  | { readonly workflow: 'unknown'; readonly error: PortageError };

/**
 * @returns a function that asks Temporal; when Temporal or a worker does not answer, its result is `unknown`, not an
 * error
 */
export function createConsentProgress(calls: TemporalCalls) {
  const { workflow } = calls.client;

  const ask = async (consentId: string): Promise<ConsentProgress> => {
    await calls.reach();
    const handle = workflow.getHandle(consentWorkflowId(consentId));
    const { closeTime } = await calls.callTemporal(() => handle.describe());
    if (closeTime !== undefined) return { workflow: 'closed' };
    const status = await calls.callWorker(() => handle.query(consentStatusQuery));
    const asked = status.loops.map(async (loop): Promise<[string, ExportStatus][]> => {
      const own = workflow.getHandle(exportWorkflowId(consentId, loop));
      try {
        return [[loop, await calls.callWorker(() => own.query(exportStatusQuery))]];
      } catch (error) {
        if (error instanceof WorkflowNotFoundError || error instanceof PortageError) return [];
        throw error;
      }
    });
    return { workflow: 'running', status, loops: new Map((await Promise.all(asked)).flat()) };
  };

  return async (consentId: string): Promise<ConsentProgress> => {
    try {
      return await ask(consentId);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return { workflow: 'missing' };
      if (error instanceof PortageError) return { workflow: 'unknown', error };
      throw error;
    }
  };
}
