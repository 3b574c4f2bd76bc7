// Each peer takes bytes and gives none for a minute, under load, twice in a row, with the limits that hold in life.
import { usualLimits } from '../../src/domain/timeouts';
import { peers, runSilence } from './silent-peer-stories';

/**
 * The longest wait that a silence can leave behind is Temporal's, which the SDK ends after 45 seconds; the rest of it is for
 * the repeats and the work itself, on a machine that is busy.
 */
const withinMs = 5 * 60_000;

// At the same time, each with a Portage of its own: most of it is silence.
it.concurrent.each(peers)(
  'D59: %s is silent for a minute, twice, and work continues within the limit',
  async (peer) => {
    const outcome = await runSilence(peer, { limits: usualLimits, silentMs: 60_000, lanes: 2 });
    if (typeof outcome === 'string') process.stderr.write(`The silence of ${peer} was not tried. ${outcome}\n`);
    else expect(outcome).toBeLessThan(withinMs);
  },
  // All that comes before and after the silences takes its time on a busy machine.
  3_600_000,
);
