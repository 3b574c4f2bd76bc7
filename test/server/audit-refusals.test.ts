// Refused requests are counted: a flood makes one entry of a bounded size, not one for each request.
import type { NewAuditEntry } from '../../src/database/audit-log';
import { createLogger } from '../../src/log';
import { networkOf } from '../../src/server/audit-browser';
import { createRefusalCounter } from '../../src/server/audit-refusals';

const at = new Date('2026-03-01T09:30:00.000Z');
const logger = createLogger('error', { write: () => undefined });

it('a flood from many addresses makes one entry for each key, with some of the addresses', async () => {
  const entries: NewAuditEntry[] = [];
  const auditLog = { append: (entry: NewAuditEntry) => Promise.resolve(void entries.push(entry)) };
  const counter = createRefusalCounter({ auditLog, logger, now: () => at });
  for (let number = 0; number < 1_000; number += 1) {
    const address = `203.0.113.${number % 250}`;
    counter.count({ keyId: undefined, outcome: 'refused', code: 'API_KEY_INVALID', address });
  }
  counter.count({ keyId: 'key_1', outcome: 'refused', code: 'NOT_FOUND', address: '198.51.100.1' });
  counter.count({ keyId: 'key_1', outcome: 'failed', code: 'STORAGE_UNAVAILABLE', address: '198.51.100.1' });
  expect(entries).toEqual([]);
  await counter.stop();
  expect(entries).toMatchObject([
    { action: 'requests.refused', outcome: 'refused', actor: { kind: 'api_key', id: undefined } },
    { action: 'requests.refused', actor: { id: 'key_1' }, details: { attempts: 1, codes: { NOT_FOUND: 1 } } },
    { action: 'requests.failed', outcome: 'failed', actor: { id: 'key_1' } },
  ]);
  const { details } = entries[0] ?? {};
  expect(details).toMatchObject({ attempts: 1_000, codes: { API_KEY_INVALID: 1_000 }, otherAddresses: 920 });
  expect(Object.keys(details?.['addresses'] as object)).toHaveLength(20);
  await counter.stop();
  expect(entries).toHaveLength(3);
});

it('of a user’s address, only the network is kept', () => {
  expect(networkOf('203.0.113.77')).toBe('203.0.113.0/24');
  expect(networkOf('::ffff:203.0.113.77')).toBe('203.0.113.0/24');
  expect(networkOf('2001:db8:1:2:3::4')).toBe('2001:db8:1::/48');
  expect(networkOf('nobody')).toBeUndefined();
});
