// The rival: workflows that only call as many activities as ours, one after another.
import { proxyActivities } from '@temporalio/workflow';

const { nothing } = proxyActivities({ startToCloseTimeout: '1 minute' });

/** As a one-time consent. @param activities how many */
export async function bareWorkflow(activities) {
  for (let count = 0; count < activities; count += 1) await nothing();
}

/** As a time-based consent whose next export is always due. @param activities how many in a cycle */
export async function bareLoop(activities) {
  for (;;) await bareWorkflow(activities);
}
