// A command in a folder of `npm start` finds its files and the addresses of its parts; variables that are set stay.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { loadConfig } from '../../src/config';
import { keptSecret, newVaultKeys } from '../../src/dev/data-folder';
import { completeFromDataFolder } from '../../src/dev/demo-environment';
import { holdInstance } from '../../src/instance';

describe('the environment of a command', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'portage-test-demo-environment-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('stays as it is in a folder without an instance and its key', () => {
    const environment = { DATA_DIR: dataDir, LOG_LEVEL: 'debug' };
    expect(completeFromDataFolder(environment)).toEqual(environment);
  });

  it('has the key that was made there, and the demo’s client', () => {
    const vaultKeys = newVaultKeys();
    keptSecret(dataDir, 'vault.key', () => vaultKeys);
    const config = loadConfig(completeFromDataFolder({ DATA_DIR: dataDir }));
    expect(config.vaultKeys).toEqual(
      loadConfig({ ...completeFromDataFolder({ DATA_DIR: dataDir }), VAULT_KEYS: vaultKeys }).vaultKeys,
    );
    expect(config.google.clientId).toBe('portage-demo');
    expect(config.temporal).toMatchObject({ payloads: 'readable', address: 'localhost:7233' });
  });

  it('has the addresses of the instance for as long as it runs', async () => {
    const instance = await holdInstance(dataDir);
    const urls = { portage: null, demoApp: null, emulator: 'http://127.0.0.1:3207', temporalUi: null };
    instance.publish({ urls, temporalAddress: '127.0.0.1:7240' });
    expect(completeFromDataFolder({ DATA_DIR: dataDir })).toMatchObject({
      GOOGLE_EMULATOR_URL: 'http://127.0.0.1:3207',
      TEMPORAL_ADDRESS: '127.0.0.1:7240',
    });
    instance.release();
    expect(completeFromDataFolder({ DATA_DIR: dataDir })).toEqual({ DATA_DIR: dataDir });
  });

  it('keeps variables that are set: a client at Google, keys, addresses', () => {
    keptSecret(dataDir, 'vault.key', newVaultKeys);
    const environment = {
      DATA_DIR: dataDir,
      VAULT_KEYS: newVaultKeys(),
      GOOGLE_CLIENT_ID: 'my-client',
      GOOGLE_CLIENT_SECRET: 'my-secret',
      TEMPORAL_ADDRESS: 'temporal:7233',
      TEMPORAL_PAYLOADS: 'encrypted',
    };
    // Among it that of the emulator: the demo's pauses are too short for Google.
    expect(completeFromDataFolder(environment)).toEqual({
      ...environment,
      // As `npm start` does, for receivers on this machine.
      WEBHOOK_PRIVATE_NETWORKS: '127.0.0.0/8, ::1/128',
    });
  });
});
