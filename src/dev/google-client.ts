/** Selects the Google of `portage dev`: the emulator, or Google itself with the user's own client. */
import { statSync } from 'node:fs';

import { ConfigError, loadConfig } from '../config';
import { newVaultKeys } from './data-folder';
import { demoClient, isSet, usesGoogle } from './demo-environment';

type Environment = Readonly<Record<string, string | undefined>>;

/** Options of `portage dev` that need the emulator. */
export interface EmulatorOptions {
  readonly archivesDir: string | undefined;
  /** Ends after the sample import. */
  readonly once: boolean;
}

/** The demo's client, unless the environment sets a client, wholly or in part. */
export function clientFor(environment: Environment): Partial<typeof demoClient> {
  return isSet(environment['GOOGLE_CLIENT_ID']) || isSet(environment['GOOGLE_CLIENT_SECRET']) ? {} : demoClient;
}

/**
 * Checks the configuration before anything is started or downloaded.
 *
 * @throws ConfigError naming every fault
 */
export function checkDevEnvironment(environment: Environment, { archivesDir, once }: EmulatorOptions): void {
  loadConfig({
    // `portage dev` creates these values.
    VAULT_KEYS: newVaultKeys(),
    TEMPORAL_ADDRESS: '127.0.0.1:7233',
    ...clientFor(environment),
    ...Object.fromEntries(Object.entries(environment).filter(([, value]) => isSet(value))),
  });
  const archives = archivesDir === undefined ? [] : [archivesDir];
  const faults = usesGoogle(environment)
    ? [
        ...archives.map(() => '--archives gives files to the emulator; unset GOOGLE_CLIENT_ID to use the emulator'),
        ...(once ? ['--once imports the sample user of the emulator; unset GOOGLE_CLIENT_ID to use the emulator'] : []),
      ]
    : archives
        .filter((folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
        .map((folder) => `--archives ${folder} is not a folder; name one that holds an export`);
  if (faults.length > 0) throw new ConfigError(faults);
}

/**
 * With the emulator, any port is accepted.
 *
 * @throws ConfigError when the port is not the one whose redirect URI is registered at Google
 */
export function requireRegisteredPort(port: number, wanted: number): void {
  if (port === wanted) return;
  throw new ConfigError([
    `PORT ${wanted} is taken, and Google knows the redirect URI with that port only; end the program that listens there, or set ` +
      'PORT to another one and register the redirect URI that is then printed',
  ]);
}

/** The settings to make at Google, in lines of at most 80 characters where the addresses allow it. */
export function googleSetup({ clientId, redirectUri }: { clientId: string; redirectUri: string }): string[] {
  return [
    'This is Google itself, not the emulator: there is no sample user. At Google,',
    'https://console.cloud.google.com, the project of the client',
    `  ${clientId}`,
    'needs (docs/own-google-client.md):',
    '- this redirect URI, exactly:',
    `  ${redirectUri}`,
    '- the Data Portability API and billing enabled:',
    '  gcloud services enable dataportability.googleapis.com',
    '- the scope of every resource that you ask for, under "Data access", such as',
    '  https://www.googleapis.com/auth/dataportability.myactivity.search',
    '- your account as a test user, under "Audience", while it is not published',
  ];
}
