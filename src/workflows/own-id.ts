/** A workflow works for what its id names, whatever it was started with. */
import { ApplicationFailure, workflowInfo } from '@temporalio/workflow';

/**
 * The ids are given by the code that starts workflows, and Temporal lets only one of an id run. An input that belongs to
 * another id was put there by somebody else.
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
