/** Ends each workflow that was started without input; the bundle of workflows loads this module (`tools/build.mjs`). */
import { ApplicationFailure, workflowInfo, type WorkflowInterceptorsFactory } from '@temporalio/workflow';

/**
 * Every workflow of Portage has an input. A start by someone else has none, since the worker opens only what was sealed
 * for this workflow. Without this check the workflow would read fields of it, and Temporal would repeat that without
 * end.
 */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  inbound: [
    {
      execute(input, next) {
        if (typeof input.args[0] === 'object' && input.args[0] !== null) return next(input);
        const { workflowId } = workflowInfo();
        return Promise.reject(
          ApplicationFailure.nonRetryable(`workflow ${workflowId} was started without an input`, 'FOREIGN_INPUT'),
        );
      },
    },
  ],
});
