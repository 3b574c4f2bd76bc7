/** Equal instants are the same record, in whichever time zone, language or precision an export writes them. */
import { memoryStore, readFile, type Reading } from '../fixtures';

const block = (title: string, time: string) =>
  `<div class="outer-cell mdl-cell"><div class="header-cell"><p>YouTube</p></div><div class="content-cell mdl-cell mdl-typography--body-1">${title}<br>${time}<br></div></div>`;
const page = (...blocks: string[]) => `<html><body>${blocks.join('')}</body></html>`;
const comment = (time: string) =>
  `Comment ID,Channel ID,Comment Create Timestamp,Comment Text\nUg1,UCaaaaaaaaaaaaaaaaaaaaaa,${time},Bread\n`;
const item = (time: string) => `Video ID,Playlist Video Creation Timestamp\naaaaaaaaaa1,${time}\n`;

/** Reads one file after the other, each compared with the one before. */
async function readInTurn(resource: string, path: string, contents: readonly string[]): Promise<Reading[]> {
  const store = memoryStore();
  const readings: Reading[] = [];
  for (const [at, content] of contents.entries()) {
    const before = at === 0 ? {} : { previousFolder: `export-${at - 1}` };
    readings.push(await readFile(resource, path, content, { folder: `export-${at}`, ...before }, store));
  }
  return readings;
}

const html = ['myactivity.youtube', 'My Activity/YouTube/MyActivity.html'] as const;

it('an entry of HTML is known when the time zone of the export changes', async () => {
  const written = [
    ['Oct 30, 2025, 1:05:00\u202fPM PDT', 'Oct 30, 2025, 1:05:01\u202fPM PDT'],
    ['Oct 30, 2025, 12:05:00\u202fPM PST', 'Oct 30, 2025, 12:05:01\u202fPM PST'],
    ['30 Oct 2025, 21:05:00 CET', '30 Oct 2025, 21:05:01 CET'],
    ['2025/10/31 5:05:00 JST', '2025/10/31 5:05:01 JST'],
  ];
  const pages = written.map((times) => page(...times.map((time) => block('Watched bread', time))));
  const [first, ...later] = await readInTurn(...html, pages);
  const keys = first?.records.map(({ key }) => key) ?? [];
  expect(new Set(keys).size).toBe(2);
  for (const [at, { summary, records }] of later.entries()) {
    expect([at, records.map(({ key }) => key)]).toEqual([at, keys]);
    expect([at, summary.new, summary.changed, summary.gone]).toEqual([at, 0, 0, 0]);
    expect(records.map(({ data }) => data['time'])).toEqual(written[at + 1]);
  }
  expect(first?.records.map(({ data }) => data['time'])).toEqual(written[0]);
});

it('entries of HTML whose time cannot be read are distinguished by its text', async () => {
  const times = ['Jan 2, 2026, 3:04:05 PM CST', 'Jan 2, 2026, 3:04:05 PM IST', 'Jan 2, 2026, 3:04:05 PM CST'];
  const [reading] = await readInTurn(...html, [page(...times.map((time) => block('Watched bread', time)))]);
  expect(reading?.records.map(({ data }) => data['time'])).toEqual(times);
  const keys = reading?.records.map(({ key }) => key) ?? [];
  expect(keys[1]).not.toBe(keys[0]);
  expect(keys[2]).toBe(`${keys[0]}-2`);
});

it.each([
  ['youtube.comments', 'YouTube/comments.csv', comment],
  ['youtube.private_playlists', 'YouTube/playlists/Bread-videos.csv', item],
])('a row is known when its time is written another way: %s', async (resource, path, table) => {
  const times = ['2024-01-01T10:00:00+00:00', '2024-01-01T10:00:00.000000Z', '2024-01-01 10:00:00 UTC'];
  const readings = await readInTurn(resource, path, [...times, '2024-01-01T10:00:00.000001Z'].map(table));
  expect(readings.map(({ summary }) => [summary.new + summary.changed, summary.verdict])).toEqual([
    [1, 'complete'],
    [0, 'complete'],
    [0, 'complete'],
    [1, 'complete'],
  ]);
  expect(readings.slice(0, 3).map(({ records }) => Object.values(records[0]?.data ?? {}))).toEqual(
    times.map((time) => expect.arrayContaining([time]) as unknown),
  );
});
