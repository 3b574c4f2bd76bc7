/** Every workflow that the worker runs; the bundle is made from this file. */
export { consentWorkflow } from './consent';
export { exportWorkflow } from './export';
export { housekeepingWorkflow } from './housekeeping';
export { overdueRecordsWorkflow } from './overdue-records';
export { retentionWorkflow } from './retention';
