/**
 * Data that readers used to drop without a notice: notes, doubled keys, digits of decimals, media under a shorter name.
 */
import { numberText, parseJson } from '../../../src/records/formats/json';
import { zipOf } from '../../archive/zip';
import { dataOf, readFile, readZips } from '../fixtures';

const bookmarks = (body: string) =>
  `<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n<DL><p>\n${body}</DL><p>\n`;
const readBookmarks = (page: string) => readFile('chrome.bookmarks', 'Chrome/Bookmarks.html', page);

describe('bookmarks', () => {
  it('have the note behind them, and the folders around them that have names', async () => {
    const { summary, records } = await readBookmarks(
      bookmarks(
        [
          '<DT><A HREF="https://example.org/1">One</A>\n<DD>A note &amp; more\nin two lines\n',
          '<DT><A HREF="https://example.org/2">Two</A>\n',
          '<DT><H3>Oven</H3>\n<DD>About the folder\n<DL><p>\n',
          '<DT><A HREF="https://example.org/3">Three</A><DD>Last of its list\n</DL><p>\n',
          '<DT><H3></H3>\n<DL><p>\n<DT><A HREF="https://example.org/4">Four</A>\n<HR>\n</DL><p>\n',
        ].join(''),
      ),
    );
    expect(summary.verdict).toBe('complete');
    expect(dataOf(records)).toEqual([
      { title: 'One', url: 'https://example.org/1', note: 'A note & more\nin two lines' },
      { title: 'Two', url: 'https://example.org/2' },
      { title: 'Three', url: 'https://example.org/3', note: 'Last of its list', folder: ['Oven'] },
      { title: 'Four', url: 'https://example.org/4', folder: [''] },
    ]);
  });

  it('are cut at any byte without a note or a title that is not whole', async () => {
    const page = bookmarks(
      '<DT><A HREF="https://example.org/1">One</A>\n<DD>First note\n<DT><A HREF="https://example.org/2">Two</A>\n',
    );
    const whole = dataOf((await readBookmarks(page)).records);
    for (let length = page.indexOf('</A>') + 4; length < page.lastIndexOf('</DL>'); length += 1) {
      const { summary, records } = await readBookmarks(page.slice(0, length));
      expect([length, summary.problemCounts]).toEqual([length, { truncated: 1 }]);
      for (const [at, { title, note }] of dataOf(records).entries()) {
        expect([length, title, note ?? whole[at]?.['note']]).toEqual([
          length,
          whole[at]?.['title'],
          whole[at]?.['note'],
        ]);
      }
    }
  });
});

describe('an object with a key twice', () => {
  const entry = (more: string) =>
    `{"header":"Search","title":"a","time":"2026-01-02T03:04:05Z","products":["Search"]${more}}`;

  it.each([
    ['itself', ',"title":"b"'],
    ['in another spelling', ',"\\u0074itle":"b"'],
    ['further in', ',"details":[{"name":"x","name":"y"}]'],
  ])('is a problem with its number: %s', async (_where, more) => {
    const content = `[${entry('')},${entry(more)},${entry(',"details":[{"name":"x"},{"name":"y"}]')}]`;
    const { summary, records } = await readFile('myactivity.search', 'My Activity/Search/MyActivity.json', content);
    expect(records).toHaveLength(3);
    expect(summary).toMatchObject({ verdict: 'partial', problemCounts: { duplicate_key: 1 } });
    expect(summary.problems[0]).toEqual({ kind: 'duplicate_key', part: 1, entry: 1, index: 1 });
  });

  it('is one in the description of a photo', async () => {
    const content = '{"title":"a.jpg","url":"https://example.org/1","title":"b.jpg"}\n';
    const { summary, records } = await readFile('maps.photos_videos', 'Maps/Photos and videos/a.jpg.json', content);
    expect([records.length, summary.problemCounts]).toEqual([1, { duplicate_key: 1 }]);
  });
});

describe('decimals', () => {
  it.each([
    ['3.14159265358979323846', '"3.14159265358979323846"'],
    ['-12345678.1234567890123', '"-12345678.1234567890123"'],
    ['0.000123456789012345678901', '"0.000123456789012345678901"'],
    ['1.234567890123456789e-5', '"1.234567890123456789e-5"'],
    ['1e-400', '"1e-400"'],
    ['52.373169999999999', '52.37317'],
    ['1.50000000000000000000000', '1.5'],
    ['0.00000000000000000000', '0'],
    ['-0.0', '0'],
    ['2.5e10', '25000000000'],
  ])('of more digits than a double has keep them: %s', (token, expected) => {
    expect(numberText(token)).toBe(expected);
    expect(JSON.stringify(parseJson(`{"at":[${token}]}`))).toBe(`{"at":[${expected}]}`);
  });

  it('keep them in records, and their keys differ', async () => {
    const places = ['4.895168000000000001', '4.895168000000000002'].map(
      (longitude) => `{"type":"Feature","geometry":{"type":"Point","coordinates":[${longitude},52.5]},"properties":{}}`,
    );
    const content = `{"type":"FeatureCollection","features":[${places.join(',')}]}`;
    const { records } = await readFile('maps.starred_places', 'Maps/Saved Places.json', content);
    expect(records.map(({ data }) => data['geometry'])).toEqual([
      { type: 'Point', coordinates: ['4.895168000000000001', 52.5] },
      { type: 'Point', coordinates: ['4.895168000000000002', 52.5] },
    ]);
    expect(records[0]?.key.slice(0, 32)).not.toBe(records[1]?.key.slice(0, 32));
  });
});

describe('the description of a photo', () => {
  const facts = (title: string) => JSON.stringify({ title, description: '', url: `https://example.org/${title}` });
  const picture = (length: number) => Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), Buffer.alloc(length)]);
  const folder = 'Portability/Maps/Photos and videos';

  it.each([
    ['2020-01-02.json', ['2020-01-02.jpg'], '2020-01-02.jpg', 0],
    ['2020-01-02.jpg.json', ['2020-01-02.mp4', '2020-01-02.jpg'], '2020-01-02.jpg', 1],
    ['2020-01-02.json', ['2020-01-02.jpg', '2020-01-02.mp4'], '2020-01-02.mp4', 1],
    ['2020-01-02.json', ['2020-01-02.jpg', '2020-01-02.mp4'], 'Bread', undefined],
    ['2020-01-02.json', ['2020-01-03.jpg', '2020-01-02/a.jpg'], '2020-01-02.jpg', undefined],
    ['2020.01.02.json', ['2020.01.jpg', '2020.01.02.jpg'], '2020.01.02.jpg', 1],
  ])('%s next to %s, titled %s', async (name, media, title, expected) => {
    const zip = await zipOf([
      { name: `${folder}/${name}`, content: facts(title) },
      ...media.map((each, at) => ({ name: `${folder}/${each}`, content: picture(at) })),
    ]);
    const { records } = await readZips([zip], { resources: ['maps.photos_videos'] });
    const photo = records.find(({ kind }) => kind === 'photo');
    expect(photo?.data['media']).toEqual(
      expected === undefined ? undefined : { part: 1, entry: expected + 2, bytes: 10 + expected },
    );
  });
});
