/**
 * docs/schemas/lines against the code, and lines that the published schemas accept and refuse. UPDATE_DOCS=1 writes
 * them.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { PortageError } from '../../../src/domain/error-codes';
import { problemOf } from '../../../src/problem-details';
import { lineSchemas } from '../../../src/records/deliver/line-schemas';
import { faultOf } from './lines';

const folder = join(__dirname, '..', '..', '..', 'docs', 'schemas', 'lines');

if (process.env['UPDATE_DOCS'] === '1') {
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) if (file.endsWith('.json')) rmSync(join(folder, file));
  for (const [name, schema] of Object.entries(lineSchemas())) {
    writeFileSync(join(folder, name), `${JSON.stringify(schema, null, 2)}\n`);
  }
}

it('the published schemas of lines are those of the code', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  expect(files.toSorted()).toEqual(Object.keys(lineSchemas()).toSorted());
  for (const [name, schema] of Object.entries(lineSchemas())) {
    expect(JSON.parse(readFileSync(join(folder, name), 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
  }
});

describe('a line', () => {
  const record = {
    key: '0'.repeat(32),
    resource: 'chrome.history',
    kind: 'visit',
    data: { url: 'https://example.org/', time_usec: 1, added: [1] },
    source: { exportId: 'exp_1', part: 1, entry: 1, index: 0 },
    state: 'new',
  };
  const gone = { key: `${'0'.repeat(32)}-2`, resource: 'chrome.history', exportId: 'exp_1', state: 'gone' };
  const error = { error: problemOf(new PortageError('RECORDS_MISSING')) };

  it.each([
    record,
    { ...record, occurredAt: '2026-01-01T00:00:00Z' },
    gone,
    { cursor: 1, exportId: 'exp_1' },
    { cursor: 2, exportId: 'exp_1', deleted: true },
    { next: 'abc' },
    error,
  ])('is valid: %j', (line) => expect(faultOf('line', line)).toBeUndefined());

  it.each([
    { ...record, state: 'gone' },
    { ...record, state: undefined },
    { ...record, kind: 'nothing' },
    { ...record, data: { url: 5 } },
    { ...record, more: 1 },
    { ...gone, state: 'new' },
    { ...gone, kind: 'visit' },
    { cursor: 0, exportId: 'exp_1' },
    { cursor: 1 },
    { ...error, cursor: 1 },
    { error: { code: 'RECORDS_MISSING' } },
    {},
    [],
  ])('is not valid: %j', (line) => expect(faultOf('line', JSON.parse(JSON.stringify(line)))).toBeDefined());
});
