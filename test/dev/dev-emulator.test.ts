// The emulator of portage dev keeps its state between two starts, and takes the duration of its jobs from each start.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startDevEmulator } from '../../src/dev/dev-emulator';
import { bindListener } from '../../src/listener';

it('takes the duration of archive jobs from the newest start, and the rest from the state of the last one', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'portage-test-dev-emulator-'));
  const start = async (jobDurationMs: number) =>
    startDevEmulator({
      socket: await bindListener({ host: '127.0.0.1', port: 0 }),
      publicUrl: 'http://localhost:1',
      dataDir,
      jobDurationMs,
      archivesDir: undefined,
    });
  const first = await start(0);
  first.control.setJobs({ dataParts: 5 });
  await first.stop();
  const second = await start(4_000);
  expect(second.control.state.jobSettings).toMatchObject({ durationMs: 4_000, dataParts: 5 });
  await second.stop();
  rmSync(dataDir, { recursive: true, force: true });
});
