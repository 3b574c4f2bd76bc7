/** What `portage dev` sets where its environment leaves it open, and what commands beside it set likewise. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { z } from 'zod';

import type { Environment } from '../config';

/** The demo's day is short: an archive takes seconds, so it is asked for every second. */
export const demoPolicy = { POLL_MIN: '1s', POLL_MAX: '5s', RETRY_FIRST: '1s', RETRY_LONGEST: '30s' };
/** The demo's Google Cloud project, so that renewal links lead somewhere. */
export const demoProjectNumber = '100000000001';
export const demoClient = { GOOGLE_CLIENT_ID: 'portage-demo', GOOGLE_CLIENT_SECRET: 'portage-demo-secret' };

/** Whether `portage dev` works with Google itself; with the emulator otherwise. */
export function usesGoogle(environment: Environment): boolean {
  return environment['GOOGLE_CLIENT_ID'] !== undefined && environment['GOOGLE_EMULATOR_URL'] === undefined;
}

/** Absolute path of the data folder that an environment names. */
export function dataFolderOf(environment: Environment): string {
  return resolve(environment['DATA_DIR'] ?? '.portage');
}

/** What a running instance tells of itself in `instance.json` of its data folder. */
const instance = z.object({
  pid: z.number().int().positive(),
  urls: z.object({ emulator: z.string().nullish() }),
  temporalAddress: z.string().nullish(),
});
export type RunningInstance = z.infer<typeof instance>;

/** The instance of `portage dev` that runs in a data folder; undefined when none does, also where one was killed. */
export function findInstance(dataDir: string): RunningInstance | undefined {
  const text = readIfThere(join(dataDir, 'instance.json'));
  if (text === undefined) return undefined;
  try {
    const found = instance.parse(JSON.parse(text));
    process.kill(found.pid, 0);
    return found;
  } catch {
    return undefined;
  }
}

/**
 * An environment completed as `portage dev` completes it: with the vault key that it made in the data folder, the demo's
 * OAuth client, and the addresses of the instance that runs there. What the environment sets stays.
 */
export function completeFromDataFolder(environment: Environment): Environment {
  const dataDir = dataFolderOf(environment);
  const vaultKeys = readIfThere(join(dataDir, 'vault.key'))?.trim();
  const { urls, temporalAddress } = findInstance(dataDir) ?? {};
  return {
    ...(vaultKeys === undefined ? {} : { VAULT_KEYS: vaultKeys, TEMPORAL_PAYLOADS: 'readable' }),
    ...(vaultKeys === undefined || usesGoogle(environment) ? {} : { ...demoClient, ...demoPolicy }),
    ...(typeof urls?.emulator === 'string'
      ? { GOOGLE_EMULATOR_URL: urls.emulator, GOOGLE_PROJECT_NUMBER: demoProjectNumber }
      : {}),
    ...(typeof temporalAddress === 'string' ? { TEMPORAL_ADDRESS: temporalAddress } : {}),
    ...environment,
  };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
