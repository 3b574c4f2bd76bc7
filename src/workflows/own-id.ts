/** Checks that the input of a workflow belongs to its id. */
import { ApplicationFailure, workflowInfo } from '@temporalio/workflow';

/**
 * The code that starts workflows chooses the ids, and Temporal runs only one workflow of an id. A workflow with the
 * input of another id was started by someone else.
 *
 * @throws ApplicationFailure `FOREIGN_INPUT`, not to be retried
 */
export function refuseForeignInput(expectedId: string): void {
  const { workflowId } = workflowInfo();
  if (workflowId === expectedId) return;
  throw ApplicationFailure.nonRetryable(
    `workflow ${workflowId} was started with the input of ${expectedId}`,
    'FOREIGN_INPUT',
  );
}
