/** The settings that `portage dev`, and commands in its folder, use for variables that the environment does not set. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Environment } from '../config';
import { dataFolderOf, runningInstance } from '../instance';
import { devFiles } from './data-folder';

/** The demo's day is short: an archive takes seconds, so its state is polled every second. */
export const demoPolicy = { POLL_MIN: '1s', POLL_MAX: '5s', RETRY_FIRST: '1s', RETRY_LONGEST: '30s' };
/** The demo's Google Cloud project number, so that renewal links have a target. */
export const demoProjectNumber = '100000000001';
export const demoClient = { GOOGLE_CLIENT_ID: 'portage-demo', GOOGLE_CLIENT_SECRET: 'portage-demo-secret' };

/** The private networks to which `portage dev` may send webhooks: this machine only. */
export const demoNetworks = '127.0.0.0/8, ::1/128';

export const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

/** Whether `portage dev` uses Google itself; it uses the emulator otherwise. */
export function usesGoogle(environment: Environment): boolean {
  return isSet(environment['GOOGLE_CLIENT_ID']) && !isSet(environment['GOOGLE_EMULATOR_URL']);
}

/**
 * An environment completed like that of `portage dev`: with the vault key from the data folder, the demo's OAuth
 * client, and the addresses of the instance that runs there. Variables of the environment take precedence.
 */
export function completeFromDataFolder(environment: Environment): Environment {
  const dataDir = dataFolderOf(environment);
  const vaultKeys = readIfThere(join(dataDir, devFiles.vaultKey))?.trim();
  const { urls, temporalAddress } = runningInstance(dataDir) ?? {};
  return {
    ...(vaultKeys === undefined
      ? {}
      : { VAULT_KEYS: vaultKeys, TEMPORAL_PAYLOADS: 'readable', WEBHOOK_PRIVATE_NETWORKS: demoNetworks }),
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
