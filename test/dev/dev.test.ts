import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startDev } from '../../src/dev/dev';

/** Ids of processes with this text in their command line. */
function processesWith(text: string): string {
  try {
    return execFileSync('pgrep', ['-f', text]).toString();
  } catch {
    return '';
  }
}

describe('startDev', () => {
  it('stops Temporal’s server, which starts beside the database, when the database cannot be used', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'portage-test-dev-'));
    const { TEMPORAL_ADDRESS: _, ...inherited } = process.env;
    const environment = { ...inherited, DATA_DIR: dataDir, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    const options = { environment, archivesDir: undefined, jobDurationMs: 0 };
    await expect(startDev(options, new AbortController().signal)).rejects.toThrow(
      /127\.0\.0\.1:1\/none.*cannot be used/,
    );
    expect(existsSync(join(dataDir, 'temporal.log'))).toBe(true);
    expect(processesWith(dataDir)).toBe('');
  });
});
