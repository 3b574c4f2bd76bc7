// PostgreSQL takes bytes and gives none, under load, twice in a row; with limits of a second or two, so that nobody waits
// long. The other peers, and the limits that hold in life, have their turn in the long run.
import { usualLimits } from '../../src/domain/limits';
import { tellSilence } from './silent-peer-stories';

const limits = {
  ...usualLimits,
  database: { ...usualLimits.database, connectMs: 1_000, statementMs: 1_500, queryMs: 2_000 },
};

it('D59: PostgreSQL falls silent twice, and all that was begun comes to its good end', async () => {
  const told = await tellSilence('PostgreSQL', { limits, silentMs: 4_000, lanes: 2 });
  if (typeof told === 'string') process.stderr.write(`The silence was not tried. ${told}\n`);
});
