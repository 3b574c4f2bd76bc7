/** For servers of tests that run as processes of their own and can't be handed a socket. */
import { bindListener } from '../../src/listener';

/** A port of the loopback address that nothing listens on at this moment; another program may take it in the next. */
export async function freePort(): Promise<number> {
  const listener = await bindListener({ host: '127.0.0.1', port: 0 });
  await listener.close();
  return listener.port;
}
