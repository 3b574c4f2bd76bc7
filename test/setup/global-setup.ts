/** Before all tests: offers the shared servers. Nothing is built or started until a test asks for it. */
import { startSharedServers } from './shared-servers';

export default async function setup(): Promise<void> {
  const servers = await startSharedServers();
  // Inherited by the processes that run the tests.
  process.env['PORTAGE_TEST_SERVERS'] = servers.url;
  Object.assign(globalThis, { stopSharedServers: () => servers.stop() });
}
