/**
 * Changes below the first level of entries, in the types of fields, and in times are reported, and compared from export
 * to export.
 */
import { isSameShape } from '../../../src/records/compare/same-structure';
import type { Notice } from '../../../src/records/read/finding';
import { memoryStore, readFile } from '../fixtures';

const paths: Readonly<Record<string, string>> = {
  'maps.starred_places': 'Maps/Saved Places.json',
  'maps.reviews': 'Maps/Reviews.json',
  'play.installs': 'Google Play Store/Installs.json',
  'play.purchases': 'Google Play Store/Purchase History.json',
  'myactivity.search': 'My Activity/Search/MyActivity.json',
  'chrome.history': 'Chrome/History.json',
};
const read = (resource: string, content: unknown, options = {}, store = memoryStore()) =>
  readFile(resource, paths[resource] ?? '', JSON.stringify(content), options, store);

const place = (properties: object) => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [4, 52] },
  properties,
});
const places = (properties: object) => ({ type: 'FeatureCollection', features: [place(properties)] });
const known = { date: '2026-01-02T03:04:05Z', google_maps_url: 'https://maps.google.com/?cid=1' };
const doc = { documentType: 'Android Apps', title: 'Bread' };
const install = { doc, firstInstallationTime: '2026-01-02T03:04:05Z', lastUpdateTime: '2026-01-02T03:04:05Z' };
const purchase = { doc, purchaseTime: '2026-01-02T03:04:05Z', invoicePrice: '€1.00' };
const activity = { header: 'Search', title: 'Bread', time: '2026-01-02T03:04:05Z', products: ['Search'] };
const visit = { url: 'https://example.org/', time_usec: 1_770_000_000_000_001, client_id: 'x' };

describe('an undescribed key', () => {
  it.each([
    ['maps.starred_places', places(known), places({ ...known, location: { name: 'Bakery', street_address: 'x' } })],
    ['maps.reviews', places({ ...known, review_text_published: 'Good' }), places({ ...known, review_words: 'Good' })],
    ['play.installs', [{ install }], [{ install: { ...install, lastUpdatedAt: '2026-01-02T03:04:05Z' } }]],
    ['play.purchases', [{ purchaseHistory: purchase }], [{ purchaseHistory: { ...purchase, price: '€1.00' } }]],
    [
      'play.purchases',
      [{ purchaseHistory: purchase }],
      [{ purchaseHistory: { ...purchase, doc: { documentType: 'Android Apps', name: 'Bread' } } }],
    ],
    ['myactivity.search', [activity], [{ ...activity, locationInfos: [{ name: 'x', uri: 'https://example.org/' }] }]],
  ])('D65: is drift at any level, and what is gone is not known: %s', async (resource, before, after) => {
    const store = memoryStore();
    const first = await read(resource, before, { folder: 'first' }, store);
    expect(first.summary).toMatchObject({ verdict: 'complete', noticeCounts: {} });
    const options = { previousFolder: 'first', folder: 'second' };
    const { summary } = await read(resource, after, options, store);
    expect(summary).toMatchObject({ verdict: 'complete', noticeCounts: { drift: 1 }, goneUnknown: 'shape_changed' });
    const third = await read(resource, after, { previousFolder: 'second', folder: 'third' }, store);
    expect(third.summary.new).toBe(0);
    expect(third.summary.goneUnknown).toBeUndefined();
  });

  it('is reported without its name, and once where there are many of them', async () => {
    const many = Array.from({ length: 5_000 }, (_, at) => [`key ${at}`, 'x'] as const);
    const { summary } = await read('maps.starred_places', places({ ...known, location: Object.fromEntries(many) }));
    expect(summary.notices).toEqual([
      { kind: 'drift', part: 1, entry: 1, fingerprint: expect.stringMatching(/^below:[0-9a-f]{16}$/) as string },
    ]);
  });
});

describe('a documented field of another type', () => {
  it.each([
    ['myactivity.search', [activity, { ...activity, time: 1_770_000_000 }], 1, 'time', 'number', 'string'],
    ['myactivity.search', [{ ...activity, products: 'Search' }], 0, 'products', 'string', 'array'],
    ['myactivity.search', [{ ...activity, products: ['a', 1] }], 0, 'products[]', 'number', 'string'],
    ['maps.starred_places', places({ ...known, location: 'Bakery' }), 0, 'properties.location', 'string', 'object'],
    ['play.installs', [{ install: { ...install, doc: 'Bread' } }], 0, 'doc', 'string', 'object'],
    ['play.installs', [{ install: { ...install, doc: { title: true } } }], 0, 'doc.title', 'boolean', 'string'],
    [
      'chrome.history',
      { 'Browser History': [visit, { ...visit, time_usec: true }] },
      1,
      'time_usec',
      'boolean',
      'string or number',
    ],
  ])('is a notice with its name, place and types: %s %#', async (resource, content, index, field, met, expected) => {
    const { summary } = await read(resource, content);
    const notices = summary.notices.filter(({ kind }) => kind === 'wrong_type');
    expect(notices).toEqual<Notice[]>([
      {
        ...{ kind: 'wrong_type', part: 1, entry: 1, index, field, met, expected },
        fingerprint: expect.stringMatching(/^below:/) as string,
      },
    ]);
  });

  it('is a time that could not be read, where it is the time', async () => {
    const keep = { from: '2020-01-01T00:00:00Z', to: '2030-01-01T00:00:00Z' };
    const { summary } = await read('myactivity.search', [activity, { ...activity, time: 1_770_000_000 }], { keep });
    expect(summary).toMatchObject({ records: 2, verdict: 'partial', problemCounts: { time_unreadable: 1 } });
    expect(summary.problems).toMatchObject([{ index: 1 }]);
  });
});

it.each([
  ['myactivity.search', [activity, { ...activity, title: null }], 1, 'title'],
  ['chrome.history', { 'Browser History': [{ ...visit, url: null }] }, 0, 'url'],
  ['play.installs', [{ install: { ...install, doc: null } }], 0, 'doc'],
  ['maps.reviews', { features: [{ ...place({}), properties: null }] }, 0, 'properties'],
])('a field that its kind needs is missing when it is null: %s', async (resource, content, index, field) => {
  const { summary } = await read(resource, content);
  expect(summary.problems).toEqual([{ kind: 'missing_field', part: 1, entry: 1, index, field }]);
});

it('null elsewhere means a missing field', async () => {
  const { summary } = await read('myactivity.search', [{ ...activity, titleUrl: null, subtitles: [{ name: null }] }]);
  expect(summary).toMatchObject({ verdict: 'complete', noticeCounts: {} });
});

describe('a file of entries that normally have a time', () => {
  it.each([
    ['chrome.history', { 'Browser History': [{ ...visit, time_usec: 'soon' }] }, { time_as_text: 1, no_times: 1 }],
    ['chrome.history', { 'Browser History': [visit, { ...visit, time_usec: 'soon' }] }, { time_as_text: 1 }],
    ['maps.starred_places', places({ google_maps_url: known.google_maps_url }), { no_times: 1 }],
    ['play.installs', [{ install: { doc } }], { no_times: 1 }],
  ])('D65: is reported when none of them could be read: %s %#', async (resource, content, noticeCounts) => {
    const { summary } = await read(resource, content);
    expect(summary.noticeCounts).toEqual(noticeCounts);
  });

  it('is reported for a table and for a page too', async () => {
    const table = 'Video ID,Playlist Video Creation Timestamp\naaaaaaaaaa1,lately\naaaaaaaaaa2,lately\n';
    const list = await readFile('youtube.private_playlists', 'YouTube/playlists/Bread-videos.csv', table);
    expect(list.summary.noticeCounts).toEqual({ time_as_text: 1, no_times: 1 });
    const links = '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n<DT><A HREF="https://example.org/">x</A>\n</DL><p>\n';
    const page = await readFile('chrome.bookmarks', 'Chrome/Bookmarks.html', links);
    expect(page.summary.noticeCounts).toEqual({ no_times: 1 });
  });
});

describe('a summary of an earlier release', () => {
  it('is compared as far as that release looked', async () => {
    const store = memoryStore();
    const drifted = places({ ...known, location: { street_address: 'x' } });
    const first = await read('maps.starred_places', drifted, { folder: 'first' }, store);
    const stored = { ...first.summary, drift: [] };
    await store.put('first/summary', Buffer.from(JSON.stringify(stored)));
    const { summary } = await read(
      'maps.starred_places',
      drifted,
      { previousFolder: 'first', folder: 'second' },
      store,
    );
    expect(summary).toMatchObject({ new: 0, gone: 0, noticeCounts: { drift: 1 } });
  });

  it.each([
    [['aa'], ['aa', 'all-levels', 'below:1'], true],
    [['aa'], ['all-levels'], false],
    [[], ['aa', 'all-levels'], false],
    [['all-levels'], ['all-levels', 'keyed-by-words'], true],
    [['all-levels'], ['all-levels', 'below:1'], false],
    [['all-levels', 'below:1'], ['all-levels', 'below:1'], true],
    [['all-levels', 'below:1'], ['all-levels'], false],
  ])('%j and %j', (before, now, expected) => {
    expect(isSameShape(before, now)).toBe(expected);
  });

  it('has no keys by times in words: its keys are deleted, and none is reported as gone', async () => {
    const block = (time: string) =>
      `<div class="outer-cell"><div class="header-cell">YouTube</div><div class="content-cell mdl-typography--body-1">Bread<br>${time}<br></div></div>`;
    const page = `<html>${block('5 Jan 2026, 09:00:00 AEDT')}</html>`;
    const store = memoryStore();
    const readPage = (options: object) =>
      readFile('myactivity.youtube', 'My Activity/YouTube/MyActivity.html', page, options, store);
    const { summary: first } = await readPage({ folder: 'first' });
    await store.put('first/summary', Buffer.from(JSON.stringify({ ...first, drift: [] })));
    const second = await readPage({ previousFolder: 'first', folder: 'second' });
    expect([second.summary.goneUnknown, second.summary.gone]).toEqual(['other_form', undefined]);
    const third = await readPage({ previousFolder: 'second', folder: 'third' });
    expect([third.summary.goneUnknown, third.summary.gone, third.summary.new]).toEqual([undefined, 0, 0]);
  });
});
