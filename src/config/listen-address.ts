/** The address on which the server listens, for code that needs it before the rest of the configuration. */
import { ConfigError } from './config-error';
import type { Environment } from './environment';
import { faultsOf } from './faults';
import { variables } from './variables';

/**
 * Reads HOST and PORT alone.
 *
 * @returns `chosen`: whether the operator chose this port, by PORT or by a PUBLIC_URL with the port
 * @throws ConfigError when HOST or PORT is faulty
 */
export function listenAddress(environment: Environment) {
  const isSet = (name: string) => environment[name] !== undefined && environment[name] !== '';
  const host = variables.HOST.schema.safeParse(isSet('HOST') ? environment['HOST'] : undefined);
  const port = variables.PORT.schema.safeParse(isSet('PORT') ? environment['PORT'] : undefined);
  if (host.success && port.success) {
    return { host: host.data, port: port.data, chosen: isSet('PORT') || isSet('PUBLIC_URL') };
  }
  const faults = Object.entries({ HOST: host, PORT: port }).flatMap(([name, { error }]) =>
    faultsOf(name, environment[name], error?.issues ?? []),
  );
  throw new ConfigError(faults);
}
