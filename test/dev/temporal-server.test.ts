import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Connection } from '@temporalio/client';

import { freePort } from '../support/free-port';
import { findTemporal, startTemporalServer } from '../../src/dev/temporal-server';
import { searchAttributes } from '../../src/workflows/search-attributes';
import { cacheDir } from '../support/cache-dir';

const ip = '127.0.0.1';
const toolDir = join(__dirname, '..', '..', 'tools', 'temporal');

/** Options for a server in a folder and on ports of its own. */
async function options() {
  const folder = mkdtempSync(join(tmpdir(), 'portage-test-temporal-'));
  const binary = await findTemporal({ path: process.env['PATH'], cacheDir, toolDir, report: () => undefined });
  const common = { binary, ip, namespace: 'here', searchAttributes, logFile: join(folder, 'log.txt') };
  return { ...common, port: await freePort(), folder };
}

describe('Temporal’s development server', () => {
  it('answers with the namespace, the search attributes and the Web UI that were asked for', async () => {
    const server = await startTemporalServer({ ...(await options()), uiPort: await freePort() });
    try {
      const connection = await Connection.connect({ address: server.address });
      const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'here' });
      expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(Object.keys(searchAttributes)));
      await connection.close();
      expect((await fetch(server.uiUrl ?? '')).status).toBe(200);
    } finally {
      await server.stop();
    }
    await expect(fetch(server.uiUrl ?? '')).rejects.toThrow();
  });

  it('keeps what it knows in a file between runs', async () => {
    const { folder, ...common } = await options();
    const dbFile = join(folder, 'temporal.db');
    const first = await startTemporalServer({ ...common, dbFile });
    const started = await Connection.connect({ address: first.address });
    await started.workflowService.startWorkflowExecution({
      namespace: 'here',
      workflowId: 'kept',
      workflowType: { name: 'waitForNobody' },
      taskQueue: { name: 'nobody' },
      requestId: 'only-once',
    });
    await started.close();
    await first.stop();

    const second = await startTemporalServer({ ...common, dbFile });
    try {
      const connection = await Connection.connect({ address: second.address });
      const execution = { workflowId: 'kept' };
      const found = await connection.workflowService.describeWorkflowExecution({ namespace: 'here', execution });
      expect(found.workflowExecutionInfo?.type?.name).toBe('waitForNobody');
      await connection.close();
    } finally {
      await second.stop();
    }
  });

  it('says at once, with the server’s own words, that it can’t start', async () => {
    const common = await options();
    await expect(
      startTemporalServer({ ...common, dbFile: join(common.folder, 'nowhere', 'temporal.db') }),
    ).rejects.toThrow(/did not start at 127\.0\.0\.1:\d+: it ended with exit code 1.*log\.txt ends with:\n.*nowhere/s);
  });
});
