/** The secrets that `portage dev` creates and keeps in its data folder; only their owner can read the files. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names of files in the data folder. */
export const devFiles = {
  apiKey: 'api.key',
  vaultKey: 'vault.key',
  log: 'portage.log',
  demoApp: 'demo-app.json',
} as const;

/** The content of a secret's file; made on first use, mode 0600. */
export function keptSecret(dataDir: string, name: string, make: () => string): string {
  const path = join(dataDir, name);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, `${make()}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(path, 'utf8').trim();
}

/** Replaces a secret that is no longer valid. */
export function replaceSecret(dataDir: string, name: string, secret: string): void {
  writeFileSync(join(dataDir, name), `${secret}\n`, { mode: 0o600 });
}

/** A value for VAULT_KEYS with one fresh key. */
export function newVaultKeys(): string {
  return `dev:${randomBytes(32).toString('base64')}`;
}
