/** Files that are cut although their ZIP is intact: where the manifest has no length, the end of the file decides. */
import { manifestOf, serviceOf, zipOf } from '../archive/zip';
import { readFile, readZips } from './fixtures';
import { allTests } from '../support/long';

const head = 'Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Post ID,Video ID,Comment Text\n';
const row = (number: number) =>
  `Ug${String(number).padStart(22, 'x')},UCaaaaaaaaaaaaaaaaaaaaaa,2026-01-0${number}T10:00:00Z,0,,,dQw4w9WgXcQ,comment number ${number}\n`;
const table = head + [1, 2, 3].map(row).join('');
const block = (title: string) =>
  `<div class="outer-cell mdl-cell"><div class="header-cell"><p>Search</p></div><div class="content-cell mdl-cell mdl-typography--body-1">${title}<br>Jan 2, 2026, 3:04:05 PM UTC</div></div>\n`;
const page = `<html><body><div>${[1, 2, 3].map((each) => block(`Searched for ${each}`)).join('')}</div></body></html>`;

/** Without the long tests, only the last of three entries is cut, at every third byte. */
const firstCut = (text: string, first: string, last: string) =>
  allTests ? text.indexOf(first) : text.lastIndexOf(last);
const step = allTests ? 1 : 3;

it('a table that is cut at any byte is partial, unless the cut is between two lines', async () => {
  for (let length = firstCut(table, row(1), row(3)) + 1; length < table.length; length += step) {
    const cut = table.slice(0, length);
    const { summary } = await readFile('youtube.comments', 'YouTube/comments.csv', cut);
    expect([length, summary.verdict]).toEqual([length, cut.endsWith('\n') ? 'complete' : 'partial']);
  }
});

it('a page that is cut at any byte is partial', async () => {
  const lastTag = page.indexOf('</html>') + '</html>'.length;
  const first = firstCut(page, '</div></div>', block('Searched for 3').trimEnd());
  for (let length = first; length < lastTag; length += step) {
    const { summary } = await readFile('myactivity.search', 'Search/MyActivity.html', page.slice(0, length));
    expect([length, summary.verdict]).toEqual([length, 'partial']);
  }
  expect((await readFile('myactivity.search', 'Search/MyActivity.html', page)).summary.verdict).toBe('complete');
});

it.each([
  ['is reported', 1, 'partial'],
  ['is none where the files have the length in the manifest', 0, 'complete'],
])('what looks like a cut %s', async (_what, more, verdict) => {
  const content = table.trimEnd();
  const stated = { service: { name: 'YOUTUBE' }, extractedFileSize: String(content.length + more) };
  const zip = await zipOf([
    manifestOf(serviceOf('YouTube', [{ name: 'comments.csv' }], stated)),
    { name: 'Portability/YouTube/comments.csv', content },
  ]);
  const { summary, records } = await readZips([zip], { resources: ['youtube.comments'] });
  expect([summary.verdict, records.length]).toEqual([verdict, 3]);
});
