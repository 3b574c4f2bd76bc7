/**
 * The configuration. `variables.ts` lists every variable with its purpose, `load-config.ts` makes one checked object of them,
 * and `environment.ts` is the only file that reads the environment.
 */
export type { Config } from './config';
export { ConfigError } from './config-error';
export { processEnvironment, type Environment, type ProcessEnvironment } from './environment';
export { refuseMisspelt } from './faults';
export { listenAddress } from './listen-address';
export { loadConfig } from './load-config';
export { findUnsafe, refusePlainConnections, refuseUnsafe } from './unsafe-settings';
export { variables, type VariableName } from './variables';
