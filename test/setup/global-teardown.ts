/** After all tests: stops the Temporal server that the set-up started. */

export default async function teardown(): Promise<void> {
  const { stopTemporalServer } = globalThis as { stopTemporalServer?: () => Promise<void> };
  await stopTemporalServer?.();
}
