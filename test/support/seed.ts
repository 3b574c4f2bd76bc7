/**
 * The seed of everything that tests draw by chance: the same each time, so that a run judges the change and not its
 * luck. `TEST_SEED=<number>` takes another, and `TEST_SEED=random` draws one, which the run prints.
 */
export const testSeed = Number(process.env['TEST_SEED'] ?? 11);

/**
 * Puts a number in the place of `TEST_SEED=random`, for the processes that this one starts, and prints what was chosen.
 *
 * @throws Error for a seed that is no integer
 */
export function chooseTestSeed(): void {
  const chosen = process.env['TEST_SEED'];
  if (chosen === undefined) return;
  const seed = chosen === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(chosen);
  if (chosen.trim() === '' || !Number.isSafeInteger(seed)) {
    throw new Error(`TEST_SEED "${chosen}" is neither an integer nor "random".`);
  }
  process.env['TEST_SEED'] = String(seed);
  process.stderr.write(`Tests draw from TEST_SEED=${seed}.\n`);
}
