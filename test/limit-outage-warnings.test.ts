// A process logs one warning a minute for an unreachable peer, for all its callers together.
import { createLogger } from '../src/log';
import { createOutageWarnings, outageWarningsOf } from '../src/limit-outage-warnings';

function loggerInto() {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  return { lines, logger: createLogger('info', { write }) };
}

describe('a warning of an outage', () => {
  it('comes at once, then once a minute, for each peer, with the remedy and the number of warnings left out', () => {
    const { lines, logger } = loggerInto();
    let nowMs = 0;
    const warnings = createOutageWarnings(logger, () => nowMs);
    for (; nowMs < 125_000; nowMs += 1_000) {
      warnings.warn('TEMPORAL_UNAVAILABLE', { attempt: nowMs }, 'waiting for Temporal');
      if (nowMs === 30_000) warnings.warn('DATABASE_UNAVAILABLE', {}, 'waiting for the database');
    }
    expect(lines).toMatchObject([
      { errorCode: 'TEMPORAL_UNAVAILABLE', attempt: 0, unsaid: 0, msg: 'waiting for Temporal' },
      { errorCode: 'DATABASE_UNAVAILABLE', unsaid: 0, msg: 'waiting for the database' },
      { errorCode: 'TEMPORAL_UNAVAILABLE', attempt: 60_000, unsaid: 59 },
      { errorCode: 'TEMPORAL_UNAVAILABLE', attempt: 120_000, unsaid: 59 },
    ]);
    expect(lines[0]?.['remedy']).toBe('Check TEMPORAL_ADDRESS, and check that Temporal runs.');
  });

  it('comes for each check that fails with the same code', () => {
    const { lines, logger } = loggerInto();
    for (const check of ['vaultKeys', 'database', 'vaultKeys']) {
      outageWarningsOf(logger).warn('DATABASE_OUTDATED', { check }, 'readiness check failed', check);
    }
    expect(lines.map(({ check }) => check)).toEqual(['vaultKeys', 'database']);
  });

  it('is shared by all that log to the same logger', () => {
    const { lines, logger } = loggerInto();
    outageWarningsOf(logger).warn('TEMPORAL_UNAVAILABLE', {}, 'logged by the housekeeping');
    outageWarningsOf(logger).warn('TEMPORAL_UNAVAILABLE', {}, 'logged by a request');
    expect(lines).toMatchObject([{ msg: 'logged by the housekeeping' }]);
  });
});
