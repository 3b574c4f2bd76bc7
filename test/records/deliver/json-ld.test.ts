/** JSON-LD as an independent processor reads it, without a network. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { context, jsonLdPieces } from '../../../src/records/deliver/json-ld';
import type { Line } from '../../../src/records/deliver/line';
import { mappingOf } from '../../../src/records/deliver/mapping';
import { kinds, type KindName } from '../../../src/records/kinds';
import { sampleDelivery } from './sample-delivery';

interface Node {
  readonly '@id'?: string;
  readonly '@type'?: string[];
  readonly [property: string]: unknown;
}

const jsonld = jest.requireActual<{
  expand(document: object, options: object): Promise<Node[]>;
}>('jsonld');
const documentLoader = (url: string) => Promise.reject(new Error(`${url} was asked for`));

const page = join(__dirname, '..', '..', '..', 'docs', 'schemas', 'lines', 'context.jsonld');
const as = 'https://www.w3.org/ns/activitystreams#';
const schema = 'https://schema.org/';

async function expanded(lines: readonly Line[]): Promise<{ items: Node[]; page: Node }> {
  let text = '';
  const stream = async function* () {
    for (const line of lines) {
      await Promise.resolve();
      yield line;
    }
  };
  for await (const piece of jsonLdPieces(stream())) text += piece;
  const [page] = await jsonld.expand(JSON.parse(text) as object, { documentLoader, safe: true });
  const [list] = (page?.[`${as}items`] ?? []) as { '@list': Node[] }[];
  return { items: list?.['@list'] ?? [], page: page ?? {} };
}

it('the published context is that of every document (UPDATE_DOCS=1 writes it)', () => {
  const text = `${JSON.stringify({ '@context': context }, null, 2)}\n`;
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(page, text);
  expect(JSON.parse(readFileSync(page, 'utf8'))).toEqual(JSON.parse(text));
});

it('every correspondence that a kind names is understood', () => {
  const names = Object.keys(kinds) as KindName[];
  const mapped = names.flatMap((kind) => mappingOf(kind) ?? []);
  expect(mapped.length).toBeGreaterThan(25);
  expect(
    mapped.filter(({ type, typeOf }) => type !== undefined || (typeOf?.types.size ?? 0) > 1).length,
  ).toBeGreaterThan(25);
  expect(mappingOf('discover_not_interested')?.typeOf?.types.get('blocked')).toBe('Block');
  expect(mappingOf('reading_list_item')?.properties).toEqual(mappingOf('bookmark')?.properties);
});

it('a page holds every record with its type, its own data, and the marks', async () => {
  const all = await sampleDelivery();
  const { items, page: whole } = await expanded([...all, { cursor: 3, exportId: 'exp_3' }, { next: 'abc' }]);
  expect(whole['@type']).toEqual([`${as}OrderedCollectionPage`]);
  expect([whole['urn:portage:cursor'], whole['urn:portage:next']]).toEqual([[{ '@value': 3 }], [{ '@value': 'abc' }]]);
  expect(items.map((item) => item['@id'])).toEqual(all.map(({ key }) => `urn:portage:record:${key}`));
  for (const [index, line] of all.entries()) {
    const item = items[index];
    if ('data' in line) expect(item?.['urn:portage:data']).toEqual([{ '@type': '@json', '@value': line.data }]);
    else expect(item?.['@type']).toEqual([`${as}Tombstone`]);
  }
  const comment = items[0];
  expect(comment?.['@type']).toEqual(['urn:portage:comment', `${schema}Comment`]);
  expect(comment?.[`${schema}text`]).toEqual([{ '@value': '=1+1' }]);
  expect(comment?.[`${schema}dateCreated`]).toEqual([
    { '@type': 'http://www.w3.org/2001/XMLSchema#dateTime', '@value': '2026-01-01T10:00:00Z' },
  ]);
  const place = items.find((item) => item['@type']?.includes(`${schema}Place`));
  expect(place?.[`${schema}name`]).toEqual([{ '@value': 'Dam' }]);
  expect(place?.[`${schema}hasMap`]).toEqual([{ '@id': 'https://maps.example/1' }]);
  expect(place?.[`${schema}geo`]).toEqual([
    {
      '@type': [`${schema}GeoCoordinates`],
      [`${schema}longitude`]: [{ '@value': 4.9 }],
      [`${schema}latitude`]: [{ '@value': 52.37 }],
    },
  ]);
});

it('an invalid address is no link, and empty values are left out', async () => {
  const visit = (data: object): Line => ({
    ...{
      key: '0'.repeat(32),
      resource: 'chrome.history',
      kind: 'visit',
      state: 'new',
      occurredAt: '2026-01-01T00:00:00Z',
    },
    ...{ data: data as Record<string, string>, source: { exportId: 'exp_1', part: 1, entry: 1, index: 0 } },
  });
  const { items } = await expanded([
    visit({ url: 'https://a.example/', title: 'A' }),
    visit({ url: 'not one', title: '' }),
  ]);
  expect(items[0]?.[`${as}object`]).toEqual([
    { [`${as}url`]: [{ '@id': 'https://a.example/' }], [`${as}name`]: [{ '@value': 'A' }] },
  ]);
  expect(items[1]?.[`${as}object`]).toEqual([{ [`${as}name`]: [{ '@value': 'not one' }] }]);
});

it('a field that is a property only where it is a link is left out elsewhere', async () => {
  const activity = (titleUrl: string): Line => ({
    ...{ key: '0'.repeat(32), resource: 'myactivity.myadcenter', kind: 'activity', state: 'new' },
    ...{ data: { title: 'A', titleUrl }, source: { exportId: 'exp_1', part: 1, entry: 1, index: 0 } },
  });
  const { items } = await expanded([activity('https://a.example/'), activity('Sports')]);
  expect(items[0]?.[`${as}object`]).toEqual([{ [`${as}url`]: [{ '@id': 'https://a.example/' }] }]);
  expect(items[1]).not.toHaveProperty([`${as}object`]);
});
