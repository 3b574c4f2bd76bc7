/** Bytes that are no text where a reader's text should be: read or reported, and nothing is called gone because of them. */
import { memoryStore, readFile, type Reading, type TestOptions } from './fixtures';

const head =
  'Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Post ID,Video ID,Comment Text,Top-Level Comment ID\n';
const row = (number: number, words = `comment ${number}`) =>
  `Ug${String(number).padStart(22, 'x')},UCaaaaaaaaaaaaaaaaaaaaaa,2026-01-0${number}T10:00:00Z,0,,,dQw4w9WgXcQ,"{""text"":""${words}""}",\n`;
const comments = (words: readonly string[]) => head + words.map((each, at) => row(at + 1, each)).join('');
const path = 'YouTube/comments.csv';

/** Reads one good export of three comments, then another as the next one. */
async function readAfter(content: string | Buffer, name = path, options: TestOptions = {}): Promise<Reading> {
  const store = memoryStore();
  await readFile('youtube.comments', path, comments(['one', 'two', 'three']), { folder: 'first' }, store);
  return readFile('youtube.comments', name, content, { folder: 'second', previousFolder: 'first', ...options }, store);
}

const nothingIsGone = { verdict: 'partial', goneUnknown: 'incomplete' };

describe('a file of a resource that has a reader', () => {
  it('D63: with a NUL in a cell is read, with a problem at its row', async () => {
    const { summary, records } = await readAfter(comments(['one', 'two', 'thr\0ee', 'four']));
    expect(records.map(({ data }) => data['text'])).toEqual(['one', 'two', 'thr\uFFFDee', 'four']);
    expect(summary).toMatchObject({ ...nothingIsGone, problems: [{ kind: 'not_utf8', part: 1, entry: 1, index: 3 }] });
    expect(summary.gone).toBeUndefined();
  });

  it('D63: with bytes of another encoding in a cell is read, with U+FFFD in their place', async () => {
    const latin = Buffer.from(comments(['one', 'Köln', 'three']), 'latin1');
    const { summary, records } = await readAfter(latin);
    expect(records.map(({ data }) => data['text'])).toEqual(['one', 'K\uFFFDln', 'three']);
    expect(summary).toMatchObject({ ...nothingIsGone, problems: [{ kind: 'not_utf8', index: 2 }] });
  });

  it.each([
    ['UTF-16 without a mark', Buffer.from(comments(['one', 'two', 'three']), 'utf16le')],
    ['UTF-16 with a mark', Buffer.from(`\uFEFF${comments(['one', 'two', 'three'])}`, 'utf16le')],
    // Rows of two Japanese words each, 日本 and 文字, in EUC-JP.
    ['EUC-JP', Buffer.from(Array(400).fill('c6fccbdc2ccab8bbfa0a').join(''), 'hex')],
    ['Shift_JIS', Buffer.from(Array(400).fill('93fa967b2c95b68e9a0a').join(''), 'hex')],
    ['bytes without order', Buffer.from(Array.from({ length: 5_000 }, (_, at) => (at * 7_919 + (at >> 3)) % 256))],
    ['a picture', Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex')],
  ])('in %s is a problem, and nothing is gone', async (_what, content) => {
    const { summary, records } = await readAfter(content);
    expect(summary).toMatchObject({ ...nothingIsGone, problems: [{ kind: 'not_text', part: 1, entry: 1 }] });
    expect(records).toMatchObject([{ kind: 'file', data: { path: 'comments.csv', bytes: content.length } }]);
  });

  it.each([
    ['ID3v2', 'chrome.dictionary', 'Chrome/Dictionary.csv', 'ID3v2\nOggSplit\nGIF89a\nfLaCcid\n', 'dictionary_word'],
    ['GIF89a', 'chrome.dictionary', 'Chrome/Dictionary.csv', 'GIF89a\nbread\n', 'dictionary_word'],
  ])('that begins like a file of another format is read: %s', async (_what, resource, name, content, kind) => {
    const { summary, records } = await readFile(resource, name, content);
    expect(summary.verdict).toBe('complete');
    expect(new Set(records.map((record) => record.kind))).toEqual(new Set([kind]));
    expect(records.length).toBeGreaterThan(0);
  });

  it('whose note has the letters of a format eight bytes in is read', async () => {
    const { summary, records } = await readFile(
      ...(['saved.collections', 'Saved/Surf.csv'] as const),
      'Surfing WAVE spots\n\nTitle,Note,URL,Comment\nPipeline,,https://example.org/1,\n',
    );
    expect([summary.verdict, records.map(({ kind }) => kind)]).toEqual(['complete', ['saved_item']]);
  });

  it('has media next to it, which stays a file without a problem', async () => {
    const picture = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
    const { summary, records } = await readFile('maps.reviews', 'Maps/Reviews/photo.jpg', picture);
    expect([summary.verdict, records.map(({ kind }) => kind)]).toEqual(['complete', ['file']]);
  });

  it('is a video in a format that is not known, where the person uploads videos', async () => {
    const video = Buffer.from('3026b2758e66cf11a6d900aa0062ce6c00ff00ff', 'hex');
    const { summary } = await readFile('youtube.private_videos', 'YouTube/videos/bread.wmv', video);
    expect(summary.verdict).toBe('complete');
    const table = await readFile('youtube.private_videos', 'YouTube/videos/videos.csv', video);
    expect(table.summary.problems).toMatchObject([{ kind: 'not_text' }]);
  });
});

describe('HTML with bytes that are no text', () => {
  const block = (title: string) =>
    `<div class="outer-cell mdl-cell"><div class="header-cell"><p>Search</p></div><div class="content-cell mdl-cell mdl-typography--body-1">${title}<br>Jan 2, 2026, 3:04:05 PM UTC</div></div>`;
  it('is read to its end, with a problem at the entry', async () => {
    const text = `<html><body>${[1, 2, 3].map((each) => block(`Searched for K\u00f6ln ${each}`)).join('\n')}</body></html>`;
    const bytes = Buffer.from(text, 'utf8');
    bytes[bytes.indexOf('ln 2') - 1] = 0xff;
    const { summary, records } = await readFile('myactivity.search', 'My Activity/Search/MyActivity.html', bytes);
    expect(records).toHaveLength(3);
    expect(summary.problemCounts).toEqual({ not_utf8: 1 });
  });
});

describe('JSON with bytes that are no text', () => {
  it('is read with U+FFFD in their place, with a problem at the entry', async () => {
    const entry = (title: string) => ({ header: 'Search', title, time: '2026-01-02T03:04:05Z', products: ['Search'] });
    const latin = Buffer.from(JSON.stringify(['one', 'Köln', 'three'].map(entry)), 'latin1');
    const { summary, records } = await readFile('myactivity.search', 'My Activity/Search/MyActivity.json', latin);
    expect(records.map(({ data }) => data['title'])).toEqual(['one', 'K\uFFFDln', 'three']);
    expect(summary).toMatchObject({ verdict: 'partial', problems: [{ kind: 'not_utf8', index: 1 }] });
  });
});
