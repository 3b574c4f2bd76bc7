/**
 * The sockets of `portage dev`, all opened before its parts start, because the parts' addresses contain their ports.
 */
import { listenAddress } from '../config';
import { bindListener, type Listener } from '../listener';

export interface DevListeners {
  readonly portage: Listener;
  readonly demoApp: Listener;
  /** Undefined when Google, or an emulator elsewhere, is used. */
  readonly emulator: Listener | undefined;
}

/** Where the demo app and the emulator listen: only this machine may reach them. */
const loopback = '127.0.0.1';
const emulatorPort = 3200;

/**
 * Portage's own port moves to the next free one only if the operator did not choose it: with an explicit PORT, or a
 * PUBLIC_URL that contains it, the address would lead to another program.
 *
 * @param stops gets a function that closes each socket
 * @throws ListenError naming the port and the remedy, ConfigError for an invalid PORT
 */
export async function bindDevListeners(
  environment: Readonly<Record<string, string | undefined>>,
  withEmulator: boolean,
  stops: (() => Promise<void>)[],
): Promise<DevListeners> {
  const bind = async (options: Parameters<typeof bindListener>[0]) => {
    const listener = await bindListener(options);
    stops.push(() => listener.close());
    return listener;
  };
  const { host, port, chosen } = listenAddress(environment);
  const remedy = 'set PORT to another port; if PUBLIC_URL is set, change the port in it too';
  const portage = await bind({ host, port, orNext: !chosen, remedy });
  const emulator = withEmulator ? await bind({ host: loopback, port: emulatorPort, orNext: true }) : undefined;
  const demoApp = await bind({ host: loopback, port: Math.min(portage.port + 1, 65_535), orNext: true });
  return { portage, demoApp, emulator };
}
