/** Every workflow that the worker runs; the bundle is built from this file. */
export { consentWorkflow } from './consent/consent-workflow';
export { exportWorkflow } from './export/export-workflow';
export { housekeepingWorkflow } from './housekeeping';
export { overdueRecordsWorkflow } from './overdue-records';
export { retentionWorkflow } from './retention';
export { webhookWorkflow } from './webhook';
