import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { loadConfig } from '../../src/config';
import { newVaultKeys } from '../../src/dev/data-folder';
import { startStores } from '../../src/dev/start-stores';

/** Ids of processes with this text in their command line. */
function processesWith(text: string): string {
  try {
    return execFileSync('pgrep', ['-f', text]).toString();
  } catch {
    return '';
  }
}

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'portage-test-stores-'));
}

describe('Temporal’s server and the database of portage dev', () => {
  const { TEMPORAL_ADDRESS: _, ...environment } = process.env;
  const clients = { GOOGLE_CLIENT_ID: 'test', GOOGLE_CLIENT_SECRET: 'test' };

  it('run side by side, known to the configuration, until they are stopped', async () => {
    const dataDir = folder();
    const stops: (() => Promise<void>)[] = [];
    const settings = loadConfig({ ...clients, VAULT_KEYS: newVaultKeys(), DATA_DIR: dataDir });
    const { temporal, portage } = await startStores(environment, settings, stops);
    expect(portage.config.temporal.address).toBe(temporal?.address);
    await portage.database.check();
    expect(processesWith(dataDir)).not.toBe('');
    for (const stop of stops) await stop();
    expect(processesWith(dataDir)).toBe('');
    await expect(portage.database.check()).rejects.toThrow();
  });

  it('leave no server behind when the database cannot be used', async () => {
    const dataDir = folder();
    const stops: (() => Promise<void>)[] = [];
    const database = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    const settings = loadConfig({ ...clients, ...database, VAULT_KEYS: newVaultKeys(), DATA_DIR: dataDir });
    await expect(startStores(environment, settings, stops)).rejects.toThrow(/127\.0\.0\.1:1\/none.*cannot be used/);
    expect(existsSync(join(dataDir, 'temporal.log'))).toBe(true);
    for (const stop of stops) await stop();
    expect(processesWith(dataDir)).toBe('');
  });
});
