/** Chrome's files without lists of objects: one object, and the sentence that the data is encrypted. */
import { dataOf, readFile } from '../fixtures';

const sentence = 'Your data is encrypted and cannot be exported';
const read = (resource: string, path: string, content: unknown) =>
  readFile(resource, `Chrome/${path}`, typeof content === 'string' ? content : JSON.stringify(content));
const readAutofill = (content: object) => read('chrome.autofill', 'Addresses and more.json', content);

describe('autofill', () => {
  it('may be one object, in addition to lists of them', async () => {
    const entry = { name: 'city', value: 'Cork', usage_timestamp: ['1'] };
    const { summary, records } = await readAutofill({
      'Autofill Profile': [{ guid: 'a', name_first: ['Ada'] }],
      'Contact Info': [{ guid: 'b' }],
      Autofill: entry,
    });
    expect([summary.verdict, summary.problemCounts, summary.noticeCounts]).toEqual(['complete', {}, {}]);
    expect(dataOf(records)).toEqual([
      { section: 'Autofill Profile', fields: { guid: 'a', name_first: ['Ada'] } },
      { section: 'Contact Info', fields: { guid: 'b' } },
      { section: 'Autofill', fields: entry },
    ]);
    const listed = await readAutofill({ Autofill: [entry] });
    expect(listed.records.map(({ key }) => key)).toEqual([records[2]?.key]);
    // Where nothing is a list.
    const alone = await readAutofill({ Autofill: entry });
    expect(dataOf(alone.records)).toEqual([{ section: 'Autofill', fields: entry }]);
  });

  it.each([
    ['in a list', { 'Autofill Profile': [sentence], Autofill: [{ name: 'city' }] }],
    ['in place of the object', { Autofill: sentence, 'Contact Info': [{ guid: 'b' }] }],
  ])('that is encrypted is a problem, and never a record: %s', async (_where, content) => {
    const { summary, records } = await readAutofill(content);
    expect([summary.verdict, summary.problemCounts, records.length]).toEqual(['partial', { encrypted: 1 }, 1]);
    expect(summary.problems).toEqual([{ kind: 'encrypted', part: 1, entry: 1, index: 0 }]);
  });
});

it.each([
  ['chrome.autofill', 'Addresses and more.json', { Autofill: sentence }],
  ['chrome.autofill', 'Addresses and more.json', { 'Autofill Profile': [sentence] }],
  ['chrome.history', 'History.json', { 'Browser History': [sentence], Session: [] }],
  ['chrome.history', 'History.json', { 'Browser History': sentence }],
  ['chrome.extensions', 'Extensions.json', { Extensions: [sentence] }],
  ['chrome.settings', 'Settings.json', { Preferences: [sentence] }],
  ['chrome.dictionary', 'Dictionary.csv', `${sentence}\n`],
  [
    'chrome.bookmarks',
    'Bookmarks.html',
    `<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<H1>Bookmarks</H1>\n<DL><p>\n${sentence}\n</DL><p>\n`,
  ],
  ['chrome.bookmarks', 'Bookmarks.html', `<html><body>${sentence}</body></html>`],
  ['chrome.reading_list', 'ReadingList.html', `<html><body><p>${sentence}.</p></body></html>`],
])('a file of %s that is encrypted is one problem, and no record', async (resource, path, content) => {
  const { summary, records } = await read(resource, path, content);
  expect([summary.verdict, summary.problemCounts, records]).toEqual(['partial', { encrypted: 1 }, []]);
});

it('an encrypted visit among others is a problem with its number', async () => {
  const visit = { url: 'https://example.org/', time_usec: 1770000000000000, title: 'a', client_id: 'c' };
  const { summary, records } = await read('chrome.history', 'History.json', {
    'Browser History': [visit, sentence, visit, 7],
  });
  expect(summary.problems).toEqual([
    { kind: 'encrypted', part: 1, entry: 1, index: 1 },
    { kind: 'unexpected_entry', part: 1, entry: 1, index: 3 },
  ]);
  expect(records).toHaveLength(2);
});

it('a bookmark that has the sentence as its title is a bookmark', async () => {
  const page = `<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n<DT><A HREF="https://example.org/">${sentence}</A>\n</DL><p>\n`;
  const { summary, records } = await read('chrome.bookmarks', 'Bookmarks.html', page);
  expect([summary.verdict, dataOf(records)]).toEqual(['complete', [{ title: sentence, url: 'https://example.org/' }]]);
});
