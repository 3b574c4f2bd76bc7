/** After all tests: stops the shared servers that were started. */

export default async function teardown(): Promise<void> {
  const { stopSharedServers } = globalThis as { stopSharedServers?: () => Promise<void> };
  await stopSharedServers?.();
}
