/**
 * A whole Portage under fire: every process is killed and frozen, every line broken and silenced, while people connect,
 * leave and are deleted. The seed decides who comes and which faults there are; CHAOS_SEEDS says how many
 * are run, from TEST_SEED on.
 */
import { runSeed } from './chaos/run-seed';
import '../support/built';
import { testSeed } from '../support/seed';

const count = Number(process.env['CHAOS_SEEDS'] ?? 1);
const seeds = Array.from({ length: count }, (_, index) => testSeed + index);

it.each(seeds)(
  'loses, doubles and betrays nothing, whatever fails (seed %i)',
  async (seed) => {
    const result = await runSeed(seed, { people: 50, withinMs: 60_000, standsStillMs: 240_000 });
    if ('missing' in result) {
      process.stderr.write(`Nothing is tested under fire: ${result.missing}\n`);
      return;
    }
    const { problems, story, consents } = result;
    process.stderr.write(`TEST_SEED=${seed}: ${story.split('\n').slice(0, 2).join('; ')}\n`);
    if (problems.length > 0) throw new Error(`TEST_SEED=${seed}\n${story}\n\n${problems.join('\n')}`);
    expect(consents).toBeGreaterThanOrEqual(35);
  },
  3_600_000,
);
