/**
 * Ends runs of workflows and starts them again from the database, so that their histories begin with payloads that are
 * sealed with the first key (docs/decisions/key-rotation.md).
 */
import { setTimeout as pause } from 'node:timers/promises';

import { WorkflowNotFoundError, type WorkflowHandle } from '@temporalio/client';

import type { ConsentStore } from '../../database/consents';
import type { Policy, Retention } from '../../domain/policy';
import { consentWorkflowId, retentionWorkflowId } from '../../workflows/ids';
import type { ConsentWorkflows } from './consent-workflows';
import type { OpenRun } from './key-runs';
import { startRetention } from './retention-workflow';
import type { TemporalCalls } from './temporal-calls';

export interface RenewRunsDependencies {
  readonly calls: TemporalCalls;
  readonly taskQueue: string;
  readonly policy: Policy;
  readonly retention: Retention | null;
  readonly consents: Pick<ConsentStore, 'find'>;
  readonly consentWorkflows: Pick<ConsentWorkflows, 'start'>;
  /** How long the loops of a consent have to stop their steps, before they are terminated too. */
  readonly stopWithinMs: number;
}

const reason = 'its payloads are sealed with an earlier key; it is started again from the database';
/** Pause between two checks whether the loops have stopped. */
const lookEveryMs = 200;

/**
 * Renews one run. The loops of a consent stop with it: they are asked to stop first, so that no step runs twice at the
 * same time, and are terminated when they do not stop in time. A single loop is started again by its consent; a reading
 * of overdue records and a round of housekeeping are started by the next round. It may be repeated; the housekeeping
 * starts workflows that a process left stopped when it died.
 *
 * @throws PortageError `TEMPORAL_UNAVAILABLE`
 */
export async function renewRun(deps: RenewRunsDependencies, run: OpenRun): Promise<void> {
  const { calls, taskQueue, policy, retention, consents, consentWorkflows } = deps;
  const [kind, consentId = ''] = run.workflowId.split('/');
  if (kind === 'export') {
    await cancel(calls, run);
    await waitUntilClosed(deps, [run]);
    return;
  }
  if (kind !== 'consent') {
    await terminate(calls, run);
    if (run.workflowId === retentionWorkflowId(taskQueue)) {
      await calls.callTemporal(() => startRetention(calls.client, taskQueue, { policy, retention }));
    }
    return;
  }
  const loops = await loopsOf(calls, run);
  await terminate(calls, run);
  await waitUntilClosed(deps, loops);
  const consent = await consents.find(consentId);
  if (consent !== undefined) await consentWorkflows.start(consent, policy);
}

/** Whether a run belongs to a consent's own workflow, which renews its loops too. */
export function isOfConsent({ workflowId }: OpenRun): boolean {
  return workflowId.startsWith(consentWorkflowId(''));
}

/** The newest run of each loop of a consent. */
async function loopsOf(calls: TemporalCalls, run: OpenRun): Promise<OpenRun[]> {
  const described = await unlessGone(calls, run, (handle) => handle.describe());
  return (described?.raw.pendingChildren ?? []).map(({ workflowId }) => ({ workflowId: workflowId ?? '', runId: '' }));
}

/**
 * Waits for loops that were asked to stop, as Temporal asks those of a terminated consent (`ParentClosePolicy` in
 * workflows/consent/start-loop.ts), and terminates those that do not stop in time.
 */
async function waitUntilClosed(deps: RenewRunsDependencies, loops: readonly OpenRun[]): Promise<void> {
  const { calls, stopWithinMs } = deps;
  const until = performance.now() + stopWithinMs;
  let left = loops;
  for (;;) {
    const open = await Promise.all(left.map(async (loop) => ((await isOpen(calls, loop)) ? [loop] : [])));
    left = open.flat();
    if (left.length === 0) return;
    if (performance.now() >= until) break;
    await pause(lookEveryMs);
  }
  for (const loop of left) await terminate(calls, loop);
}

const isOpen = async (calls: TemporalCalls, run: OpenRun): Promise<boolean> =>
  (await unlessGone(calls, run, async (handle) => (await handle.describe()).closeTime === undefined)) ?? false;
const terminate = (calls: TemporalCalls, run: OpenRun) => unlessGone(calls, run, (handle) => handle.terminate(reason));
const cancel = (calls: TemporalCalls, run: OpenRun) => unlessGone(calls, run, (handle) => handle.cancel());

/**
 * @param run with an empty `runId`, the newest one. @returns undefined when it has closed, or Temporal does not know it
 */
async function unlessGone<T>(
  calls: TemporalCalls,
  { workflowId, runId }: OpenRun,
  call: (handle: WorkflowHandle) => Promise<T>,
): Promise<T | undefined> {
  const handle = calls.client.workflow.getHandle(workflowId, runId === '' ? undefined : runId);
  try {
    return await calls.callTemporal(() => call(handle));
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
