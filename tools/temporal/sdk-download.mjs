// Has the Temporal SDK download the development server: `node sdk-download.mjs <folder> <version>`.
// A separate process, because the SDK can only download by starting the server, and because it may be interrupted.
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';

const [downloadDir, version] = process.argv.slice(2);

try {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const environment = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', downloadDir, version } },
  });
  await environment.teardown();
} catch (error) {
  // The cause is wrapped several times; the innermost one has the reason.
  let reason = error;
  while (reason.cause instanceof Error) reason = reason.cause;
  console.log(reason.message);
  process.exitCode = 1;
}
