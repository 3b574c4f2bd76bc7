/** Before all tests: offers the shared servers. Nothing is built or started until a test asks for it. */
import { startSharedServers } from './shared-servers';

export default async function setup(): Promise<void> {
  const servers = await startSharedServers();
  // Inherited by the processes that run the tests.
  process.env['TEST_SERVERS_URL'] = servers.url;
  Object.assign(globalThis, { stopSharedServers: () => servers.stop() });
}
