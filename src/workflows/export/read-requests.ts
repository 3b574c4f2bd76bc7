/** Reads the requests of a loop's consent from the database. */
import { ActivityFailure, isCancellation, patched } from '@temporalio/workflow';

import type { LoopRequestsRead } from '../../activities/consent/record-requests';
import { persistentCalls } from '../activity-proxies';
import type { ExportLoop } from './export-loop';

/** False in runs of an earlier release, in which messages contain instructions. */
export function areRequestsRead(): boolean {
  return patched('loops read requests from the database');
}

/**
 * @returns undefined when the requests could not be read before the step's deadline, or when the workflow is cancelled
 */
export async function readRequests(loop: ExportLoop): Promise<LoopRequestsRead | undefined> {
  const { consentId, policy } = loop.input;
  loop.readsUnderWay += 1;
  try {
    return await persistentCalls(policy, 'read the requests').readLoopRequests({ consentId });
  } catch (error) {
    // Temporal cancels the main function too.
    if (isCancellation(error) || error instanceof ActivityFailure) return undefined;
    throw error;
  } finally {
    loop.readsUnderWay -= 1;
    loop.woken = true;
  }
}
