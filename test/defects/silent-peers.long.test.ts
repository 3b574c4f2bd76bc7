// Each peer takes bytes and gives none for a minute, under load, twice in a row, with the limits that hold in life.
import { usualLimits } from '../../src/domain/limits';
import { peers, tellSilence } from './silent-peer-stories';

/** The longest limit that one wait may run into after the peer answers again, and its repeat. */
const within = { PostgreSQL: 90_000, Temporal: 120_000, S3: 90_000, Google: 120_000, KMS: 60_000 };

it.each(peers)('D59: %s is silent for a minute, twice, and work goes on within the limit', async (peer) => {
  const told = await tellSilence(peer, { limits: usualLimits, silentMs: 60_000, lanes: 3 });
  if (typeof told === 'string') process.stderr.write(`The silence of ${peer} was not tried. ${told}\n`);
  else expect(told).toBeLessThan(within[peer]);
});
