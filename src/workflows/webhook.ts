/**
 * One stream of webhooks: the events of a consent or a connect session to one endpoint, each sent until the host app
 * accepts it.
 */
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';

import { webhookWorkflowId } from './ids';
import { wakeWebhookSignal, type WebhookInput } from './signals-and-queries';
import { refuseForeignInput } from './own-id';
import { webhookSteps } from './activity-proxies';

/** Rounds of one run: some 1,500 events. */
const roundsPerRun = 120;

/**
 * The events to be sent are in the database, which each step reads; the workflow only knows when to look again. It ends
 * when nothing is left, and is started again for the next event.
 */
export async function webhookWorkflow(input: WebhookInput): Promise<void> {
  const { endpointId, stream, policy } = input;
  refuseForeignInput(webhookWorkflowId(endpointId, stream));
  let isSignalled = false;
  const isWoken = () => isSignalled;
  setHandler(wakeWebhookSignal, () => {
    isSignalled = true;
  });
  for (let round = 0; round < roundsPerRun && !workflowInfo().continueAsNewSuggested; round += 1) {
    isSignalled = false;
    const { waitMs } = await webhookSteps(policy, 'send events').deliverWebhooks({ endpointId, stream });
    // An event may have been recorded after the step had looked.
    if (waitMs === null && !isWoken()) return;
    if (waitMs === null || waitMs === 0) continue;
    const until = new Date(Date.now() + waitMs).toISOString();
    setCurrentDetails(`The next try is at ${until}.`);
    await condition(isWoken, waitMs, { summary: `next try at ${until}` });
  }
  await condition(allHandlersFinished);
  await continueAsNew<typeof webhookWorkflow>(input);
}
