/** Before all tests: chooses the seed and offers the shared servers, of which each starts when a test asks for it. */
import { chooseTestSeed } from '../support/seed';
import { startSharedServers } from './shared-servers';

export default async function setup(): Promise<void> {
  chooseTestSeed();
  const servers = await startSharedServers();
  // Inherited by the processes that run the tests.
  process.env['TEST_SERVERS_URL'] = servers.url;
  Object.assign(globalThis, { stopSharedServers: () => servers.stop() });
}
