/** Keeps the retention's workflow running, with the settings of the configuration. */
import { setTimeout as pause } from 'node:timers/promises';

import type { Client } from '@temporalio/client';

import type { Logger } from '../../log';
import { outageWarningsOf } from '../../limit-outage-warnings';
import { temporalFailure } from '../failure';
import { retentionWorkflowId } from '../../workflows/ids';
import { retentionSettingsSignal } from '../../workflows/signals-and-queries';
import type { RetentionInput } from '../../workflows/signals-and-queries';
import type { retentionWorkflow } from '../../workflows/retention';

export interface RetentionSettings extends RetentionInput {
  readonly client: Client;
  /** Temporal's host and port. */
  readonly address: string;
  readonly taskQueue: string;
}

const timeoutMs = 5_000;
const lookEveryMs = 10 * 60_000;
const retryEveryMs = 10_000;
/** A failure that is not an outage of Temporal is logged at the first try and then at every 30th. */
const warnEvery = 30;

/**
 * Starts the workflow, or sends the settings to the running one; then checks regularly that it still runs. Safe for any
 * number of servers at once: the settings of the server that started last apply.
 *
 * @returns a function that stops the checks; the workflow keeps running
 */
export function keepRetention(settings: RetentionSettings, logger: Logger): () => Promise<void> {
  const warnings = outageWarningsOf(logger);
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    let isInStep = false;
    let failures = 0;
    while (!stopping.signal.aborted) {
      try {
        await settings.client.withDeadline(Date.now() + timeoutMs, () => ensureRetention(settings, isInStep));
        if (!isInStep) logger.info({ retention: settings.retention }, 'retention in force');
        [isInStep, failures] = [true, 0];
      } catch (error) {
        const message = 'retention could not be put in force yet';
        const outage = temporalFailure(error, settings.address);
        if (outage !== undefined) warnings.warn(outage.code, { err: outage }, message);
        else if (failures % warnEvery === 0) logger.warn({ err: error }, message);
        failures += 1;
      }
      const waitMs = failures === 0 ? lookEveryMs : retryEveryMs;
      await pause(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
}

/** @param isInStep whether a running workflow has these settings already */
async function ensureRetention(settings: RetentionSettings, isInStep: boolean): Promise<void> {
  const { client, taskQueue, policy, retention } = settings;
  const input: RetentionInput = { policy, retention };
  if (isInStep) {
    await startRetention(client, taskQueue, input);
  } else {
    await client.workflow.signalWithStart<typeof retentionWorkflow, [RetentionInput]>('retentionWorkflow', {
      ...orderOf(taskQueue, input),
      signal: retentionSettingsSignal,
      signalArgs: [input],
    });
  }
}

/** Starts the workflow unless it runs. */
export async function startRetention(client: Client, taskQueue: string, input: RetentionInput): Promise<void> {
  await client.workflow.start<typeof retentionWorkflow>('retentionWorkflow', {
    ...orderOf(taskQueue, input),
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
}

function orderOf(taskQueue: string, input: RetentionInput) {
  return { workflowId: retentionWorkflowId(taskQueue), taskQueue, args: [input] as [RetentionInput] };
}
