// The rival's side: starts bare workflows, and works on them with a worker whose activities do nothing.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inParallel } from './in-parallel.mjs';

const require = createRequire(import.meta.url);
const { Client, Connection } = require('@temporalio/client');
const { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } = require('@temporalio/worker');

const workflowsPath = join(dirname(fileURLToPath(import.meta.url)), 'bare-workflow.mjs');
const taskQueue = 'bare';

/**
 * @param address Temporal's
 * @param repeats whether cycles follow each other without end
 * @param activities how many in a cycle
 */
export async function openBare({ address, repeats, activities }) {
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  const workflowBundle = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  const { workflow } = new Client({ connection });
  let handles = [];
  let started = 0;
  let calls = 0;
  return {
    async prepare(count) {
      handles = Array.from({ length: count });
      calls = 0;
    },
    async start() {
      handles = await inParallel(handles, () =>
        workflow.start(repeats ? 'bareLoop' : 'bareWorkflow', {
          workflowId: `bare/${(started += 1)}`,
          taskQueue,
          args: [activities],
        }),
      );
    },
    async work() {
      const worker = await Worker.create({
        connection: native,
        taskQueue,
        workflowBundle,
        activities: { nothing: async () => void (calls += 1) },
        // As many as Portage's own.
        maxConcurrentActivityTaskExecutions: 50,
      });
      const running = worker.run();
      return async () => {
        worker.shutdown();
        await running;
      };
    },
    finished: () => Math.floor(calls / activities),
    async clear() {
      if (repeats) await inParallel(handles, (handle) => handle.terminate());
    },
    async close() {
      await native.close();
      await connection.close();
    },
  };
}
