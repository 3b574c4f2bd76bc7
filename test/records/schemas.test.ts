/** docs/schemas against the code: one JSON Schema per kind of record, written by UPDATE_DOCS=1. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Ajv2020 } from 'ajv/dist/2020';

import { kinds, recordSchema, type KindName } from '../../src/records/kinds';

const folder = join(__dirname, '..', '..', 'docs', 'schemas');
const names = Object.keys(kinds) as KindName[];
/** Those of the lines of a stream are in a folder within it. */
const published = () => readdirSync(folder).filter((file) => file.endsWith('.json'));

if (process.env['UPDATE_DOCS'] === '1') {
  for (const file of published()) rmSync(join(folder, file));
  for (const name of names) {
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(recordSchema(name), null, 2)}\n`);
  }
}

describe('the published schemas', () => {
  it('are those of the kinds there are (UPDATE_DOCS=1 writes them)', () => {
    expect(published().toSorted()).toEqual(names.map((name) => `${name}.json`).toSorted());
    for (const name of names) {
      expect(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))).toEqual(recordSchema(name));
    }
  });

  it('refuse values that are no record of their kind', () => {
    const ajv = new Ajv2020({ strict: true });
    const record = {
      key: '0'.repeat(32),
      resource: 'chrome.history',
      kind: 'visit',
      data: { url: 'https://example.org/', time_usec: 1 },
      source: { exportId: 'exp_1', part: 1, entry: 1, index: 0 },
    };
    const validate = ajv.compile(recordSchema('visit'));
    expect(validate(record)).toBe(true);
    expect(validate({ ...record, data: { ...record.data, added: [1] } })).toBe(true);
    expect(validate({ ...record, key: 'x' })).toBe(false);
    expect(validate({ ...record, kind: 'activity' })).toBe(false);
    expect(validate({ ...record, data: { url: 5 } })).toBe(false);
    expect(validate({ ...record, source: { exportId: 'exp_1', part: 1, entry: 1 } })).toBe(false);
  });
});
