/** The state file: a restarted emulator continues where it was. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchBytes } from './archive-reader';
import { consent, hour, linksOf, refresh, start, startTestEmulator } from './harness';

describe('the state file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'emulator-state-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('carries tokens, jobs, links and clock over a restart', async () => {
    const stateFile = join(folder, 'deep', 'state.json');
    const first = await startTestEmulator({ stateFile });
    const tokens = await consent(first, ['chrome.history']);
    const jobId = await start(first, tokens.access_token, 'chrome.history');
    first.control.clock.advance(hour / 2);
    const before = await Promise.all((await linksOf(first, tokens.access_token, jobId)).map(fetchBytes));
    await first.stop();
    expect(statSync(stateFile).mode & 0o777).toBe(0o600);

    const second = await startTestEmulator({ stateFile });
    expect(second.control.clock.iso()).toBe(first.control.clock.iso());
    const links = await linksOf(second, tokens.access_token, jobId);
    expect(await Promise.all(links.map(fetchBytes))).toEqual(before);
    expect((await refresh(second, tokens.refresh_token ?? '')).status).toBe(200);
    await second.stop();
  });

  it('is refused with path and remedy when it cannot be read', async () => {
    const stateFile = join(folder, 'state.json');
    writeFileSync(stateFile, '{"version": 1,');
    await expect(startTestEmulator({ stateFile })).rejects.toThrow(/state\.json cannot be read. Delete the file/);
  });
});
