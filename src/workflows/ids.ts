/**
 * The ids of workflows: one for each consent, one at a time for each of its loops, the housekeeping and the retention.
 */

export function consentWorkflowId(consentId: string): string {
  return `consent/${consentId}`;
}

/** @param loop the name of a resource, or `batchLoop` (domain/schedule.ts) */
export function exportWorkflowId(consentId: string, loop: string): string {
  return `export/${consentId}/${loop}`;
}

/** The loop that a workflow's id names. */
export function loopOf(exportWorkflowId: string): string {
  return exportWorkflowId.split('/')[2] ?? '';
}

/** The housekeeping schedule of a task queue; the workflow ids of its rounds add the time. */
export function housekeepingId(taskQueue: string): string {
  return `housekeeping/${taskQueue}`;
}

/** The workflow of a task queue that deletes data older than RETENTION. */
export function retentionWorkflowId(taskQueue: string): string {
  return `retention/${taskQueue}`;
}

/** @param stream a consent's id, a connect session's, or `app` (domain/webhook-retries.ts) */
export function webhookWorkflowId(endpointId: string, stream: string): string {
  return `webhook/${endpointId}/${stream}`;
}

/** The one workflow of a task queue that reads exports which ended before their records were read. */
export function overdueRecordsId(taskQueue: string): string {
  return `overdue-records/${taskQueue}`;
}
