/** Reads exports that ended before their records were read: one at a time, so that other readings have the slots. */
import type { Policy } from '../domain/policy';
import { failureCode, readings } from './activity-proxies';

export interface OverdueRecordsInput {
  readonly policy: Policy;
  /** The ids of each consent are in the order in which they are to be read. */
  readonly overdue: readonly { readonly consentId: string; readonly ids: readonly string[] }[];
}

export async function overdueRecordsWorkflow({ policy, overdue }: OverdueRecordsInput): Promise<void> {
  const { retryAfterMs, storeWithinMs } = policy;
  for (const { ids } of overdue) {
    for (const exportId of ids) {
      const step = readings(policy, retryAfterMs.longest, Date.now() + storeWithinMs, 'read overdue records');
      try {
        await step.readOverdueRecords({ exportId });
      } catch (error) {
        failureCode(error, 'RECORDS_OVERDUE');
        // The housekeeping finds it again. The later exports of the consent must not be read before it.
        break;
      }
    }
  }
}
