// The page on limits agrees with the code.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import ms from 'ms';

import { usualLimits } from '../../src/domain/timeouts';

const page = readFileSync(join(__dirname, '../../docs/limits-on-waiting.md'), 'utf8');
const { database, temporal, storage, google, kms, webhookMs, readiness, readyMs, progressMs } = usualLimits;

const inWords = (milliseconds: number) => ms(milliseconds, { long: true });

it('has every limit, in the order of the code', () => {
  const rows = [...page.matchAll(/^\| (\S+(?: \S+)?) +\| .*?\| (\d+ \w+) +\|/gm)].map(([, peer, value]) => [
    peer,
    value,
  ]);
  const { connectMs, statementMs, queryMs, idleInTransactionMs, idleMs, lifetimeMs, keepAliveMs } = database;
  const { callMs, keepAliveAnswerMs, reconnectMs } = temporal;
  const entriesOf = (peer: string, values: number[]) => values.map((value) => [peer, inWords(value)]);
  expect(rows).toEqual([
    ...entriesOf('PostgreSQL', [connectMs, statementMs, queryMs, idleInTransactionMs, idleMs, lifetimeMs, keepAliveMs]),
    ...entriesOf('Temporal', [callMs, temporal.keepAliveMs, keepAliveAnswerMs, reconnectMs]),
    ...entriesOf('S3', [storage.connectMs, storage.idleMs, storage.wholeMs]),
    ...entriesOf('Google', [google.callMs, google.connectMs, google.headersMs, google.idleMs, google.rangeMs]),
    ...entriesOf('AWS KMS', [kms.connectMs, kms.tryMs, kms.callMs]),
    ...entriesOf('receiver', [webhookMs]),
    ...entriesOf('any', [readyMs, readiness.withinMs, progressMs]),
  ]);
});

it('each inner limit is within the outer one', () => {
  expect(database.statementMs).toBeLessThan(database.queryMs);
  // An exchange of tokens keeps its transaction open while Google answers.
  expect(google.callMs).toBeLessThan(database.idleInTransactionMs);
  for (const each of [database.queryMs, storage.wholeMs, google.callMs, google.idleMs, kms.callMs]) {
    expect(each).toBeLessThan(progressMs);
  }
});
