import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Connection } from '@temporalio/client';

import { bindListener } from '../../src/listener';
import { findTemporal, startTemporalServer } from '../../src/dev/temporal-server';
import { searchAttributes } from '../../src/workflows/search-attributes';
import { cacheDir } from '../support/cache-dir';
import { until } from '../support/until';
import { longIt } from '../support/long';

const ip = '127.0.0.1';
const toolDir = join(__dirname, '..', '..', 'tools', 'temporal');

/** Options for a server in a folder and on ports of its own. */
async function options() {
  const folder = mkdtempSync(join(tmpdir(), 'portage-test-temporal-'));
  const binary = await findTemporal({ path: process.env['PATH'], cacheDir, toolDir, report: () => undefined });
  const common = { binary, ip, namespace: 'here', searchAttributes, logFile: join(folder, 'log.txt') };
  return { ...common, port: 0, folder };
}

describe('Temporal’s development server', () => {
  it('answers with the namespace, the search attributes and the Web UI that were asked for', async () => {
    const server = await startTemporalServer({ ...(await options()), uiPort: 0 });
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

  longIt('keeps its state in a file between runs', async () => {
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
      const description = await connection.workflowService.describeWorkflowExecution({ namespace: 'here', execution });
      expect(description.workflowExecutionInfo?.type?.name).toBe('waitForNobody');
      await connection.close();
    } finally {
      await second.stop();
    }
  });

  it('reports at once, with the server’s own message, that it can’t start', async () => {
    const common = await options();
    await expect(
      startTemporalServer({ ...common, dbFile: join(common.folder, 'nowhere', 'temporal.db') }),
    ).rejects.toThrow(/did not start at 127\.0\.0\.1:\d+: it ended with exit code 1.*log\.txt ends with:\n.*nowhere/s);
  });
});

/** A program for `binary` that runs these lines of a shell first; `exec "$real" "$@"` is Temporal’s own. */
function beforeTemporal({ binary, folder }: { binary: string; folder: string }, lines: string): string {
  const program = join(folder, 'temporal');
  writeFileSync(program, `#!/bin/sh\nreal='${binary}'\ncd '${folder}'\n${lines}\n`, { mode: 0o755 });
  return program;
}
const refusesPort = `echo "Error: can't set frontend port: listen tcp: bind: address already in use"; exit 1`;

describe('The ports of Temporal’s development server', () => {
  longIt('are the next free ones for several that want the same at once', async () => {
    const all = await Promise.all([options(), options(), options()]);
    const reserved = await bindListener({ host: ip, port: 0 });
    const { port } = reserved;
    await reserved.close();
    const started = await Promise.allSettled(
      all.map((each) => startTemporalServer({ ...each, port, uiPort: port + 1, orNext: true })),
    );
    const servers = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    try {
      expect(started.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
      const addresses = servers.flatMap(({ address, uiUrl }) => [address, uiUrl?.replace('http://', '')]);
      expect(new Set(addresses).size).toBe(6);
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
    }
  });

  it('are chosen again when the server ends because one was taken in between', async () => {
    const common = await options();
    const binary = beforeTemporal(common, `[ -e tried ] && exec "$real" "$@"; touch tried; ${refusesPort}`);
    const server = await startTemporalServer({ ...common, binary });
    await server.stop();
    expect(existsSync(join(common.folder, 'tried'))).toBe(true);
  });

  longIt('are not taken for ours while another one’s server answers there', async () => {
    const common = await options();
    const file = (name: string) => join(common.folder, name);
    // The sixth argument is the port. Ends only after another server has had that port for a while.
    const loses = `[ -e lost ] && exec "$real" "$@"
      touch lost; echo "$6" > port.new; mv port.new port
      while [ ! -e go-on ]; do sleep 0.1; done
      ${refusesPort}`;
    const ours = startTemporalServer({ ...common, binary: beforeTemporal(common, loses), orNext: true });
    const port = await until('the port that was chosen', () =>
      existsSync(file('port')) ? Number(readFileSync(file('port'), 'utf8')) : undefined,
    );
    const other = await startTemporalServer({ ...(await options()), port });
    try {
      for (let times = 0; times < 5; times += 1) {
        await (await Connection.connect({ address: other.address })).close();
      }
      writeFileSync(file('go-on'), '');
      const server = await ours;
      await server.stop();
      expect(server.address).not.toBe(other.address);
    } finally {
      await other.stop();
    }
  });

  it('end after ten attempts, with the server’s own message', async () => {
    const common = await options();
    const binary = beforeTemporal(common, `echo once more >> attempts; ${refusesPort}`);
    await expect(startTemporalServer({ ...common, binary })).rejects.toThrow(
      /did not start at 127\.0\.0\.1:\d+ after 10 attempts: it ended with exit code 1\. .*address already in use/s,
    );
    expect(readFileSync(join(common.folder, 'attempts'), 'utf8').split('\n')).toHaveLength(11);
  });

  it('are refused at once when one that was named is taken', async () => {
    const taken = await bindListener({ host: ip, port: 0 });
    await expect(startTemporalServer({ ...(await options()), port: taken.port })).rejects.toThrow(
      `Can't listen on port ${taken.port} of 127.0.0.1: another program listens there.`,
    );
    await taken.close();
  });

  it('are left alone, and the server is stopped, when the start is cancelled', async () => {
    const common = await options();
    const binary = beforeTemporal(common, 'echo $$ > pid.new; mv pid.new pid; exec sleep 600');
    const controller = new AbortController();
    const start = startTemporalServer({ ...common, binary }, controller.signal);
    const pid = await until('the server’s process', () =>
      existsSync(join(common.folder, 'pid')) ? Number(readFileSync(join(common.folder, 'pid'), 'utf8')) : undefined,
    );
    controller.abort(new Error('Ctrl-C'));
    await expect(start).rejects.toThrow('Ctrl-C');
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('give a server that has not answered yet the time to end what it does, when the start is cancelled', async () => {
    const common = await options();
    const ends = "trap 'sleep 0.3; echo ended > ended; exit' TERM; touch begun; while :; do sleep 0.05; done";
    const controller = new AbortController();
    const start = startTemporalServer({ ...common, binary: beforeTemporal(common, ends) }, controller.signal);
    await until('the server’s process', () => existsSync(join(common.folder, 'begun')));
    controller.abort(new Error('Ctrl-C'));
    await expect(start).rejects.toThrow('Ctrl-C');
    expect(existsSync(join(common.folder, 'ended'))).toBe(true);
  });
});
