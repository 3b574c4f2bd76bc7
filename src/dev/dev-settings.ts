/**
 * The configuration of `portage dev`: its own defaults, then the environment, then the addresses that it has opened.
 */
import { loadConfig, type Config, type Environment } from '../config';
import { devFiles, keptSecret, newVaultKeys } from './data-folder';
import { demoNetworks, demoPolicy, demoProjectNumber, usesGoogle } from './demo-environment';
import { clientFor } from './google-client';

export interface OpenedAddresses {
  /** The port of Portage's server. */
  readonly port: number;
  readonly publicUrl: string;
  /** Undefined without an emulator of its own. */
  readonly emulatorUrl: string | undefined;
}

/**
 * @param dataDir absolute path
 * @throws ConfigError naming every fault
 */
export function loadDevSettings(
  environment: Environment,
  dataDir: string,
  { port, publicUrl, emulatorUrl }: OpenedAddresses,
): Config {
  return loadConfig({
    VAULT_KEYS: keptSecret(dataDir, devFiles.vaultKey, newVaultKeys),
    // A person who tries Portage can then see its workflows in Temporal's Web UI.
    TEMPORAL_PAYLOADS: 'readable',
    // A host app under development on this machine can then receive webhooks.
    WEBHOOK_PRIVATE_NETWORKS: demoNetworks,
    ...clientFor(environment),
    ...(usesGoogle(environment) ? {} : demoPolicy),
    ...(emulatorUrl === undefined
      ? {}
      : { GOOGLE_EMULATOR_URL: emulatorUrl, GOOGLE_PROJECT_NUMBER: demoProjectNumber }),
    ...defined(environment),
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    DATA_DIR: dataDir,
  });
}

function defined(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, value]],
    ),
  );
}
