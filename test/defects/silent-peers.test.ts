// A peer takes bytes and gives none, under load, twice in a row; with limits of a second or two, so that nobody waits long.
import { usualLimits } from '../../src/domain/limits';
import { tellSilence } from './silent-peer-stories';

const limits = {
  ...usualLimits,
  database: { ...usualLimits.database, connectMs: 1_000, statementMs: 1_500, queryMs: 2_000 },
  storage: { connectMs: 1_000, idleMs: 2_000, wholeMs: 10_000 },
  google: { callMs: 2_000, connectMs: 1_000, headersMs: 2_000, idleMs: 2_000, rangeMs: 10_000 },
  kms: { connectMs: 1_000, tryMs: 2_000, callMs: 4_000 },
};

it.each(['PostgreSQL', 'S3', 'Google', 'KMS'] as const)('D59: %s falls silent and comes back', async (peer) => {
  const told = await tellSilence(peer, { limits, silentMs: 4_000, lanes: 2 });
  if (typeof told === 'string') process.stderr.write(`The silence of ${peer} was not tried. ${told}\n`);
});
