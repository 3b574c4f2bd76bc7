/** Records that cannot be assigned to a time range: kept unless the host app's choice excludes them. */
import { recordsOf, type Wanted } from '../../src/records/deliver/stored-records';
import { dataOf, readFile, type MemoryStore } from './fixtures';

const keep = { from: '2020-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' };
const subscriptions =
  'Channel Id,Channel Url,Channel Title\nUCaaaaaaaaaaaaaaaaaaaaaa,http://www.youtube.com/channel/UCaaaaaaaaaaaaaaaaaaaaaa,Bread\nUCbbbbbbbbbbbbbbbbbbbbbb,http://www.youtube.com/channel/UCbbbbbbbbbbbbbbbbbbbbbb,Rain\n';
const block = (title: string, time: string) =>
  `<div class="outer-cell mdl-cell"><div class="header-cell"><p>Search</p></div><div class="content-cell mdl-cell mdl-typography--body-1">${title}<br>${time}</div></div>`;
const page = (...blocks: string[]) => `<html><body>${blocks.join('\n')}</body></html>`;
const activityPath = 'My Activity/Search/MyActivity.html';

describe('a record without a time', () => {
  it('D62: is kept where a range is asked for', async () => {
    const { summary, records } = await readFile('youtube.subscriptions', 'YouTube/subs.csv', subscriptions, { keep });
    expect(records.map(({ data }) => data['channelTitle'])).toEqual(['Bread', 'Rain']);
    expect(summary).toMatchObject({ verdict: 'complete', records: 2, leftOut: 0, problemCounts: {} });
  });

  it('is left out where the host app chose that', async () => {
    const options = { keep: { ...keep, undated: 'drop' as const } };
    const { summary } = await readFile('youtube.subscriptions', 'YouTube/subs.csv', subscriptions, options);
    expect(summary).toMatchObject({ verdict: 'complete', records: 0, leftOut: 2 });
  });

  it('is kept without a range, for any choice about undated records', async () => {
    const options = { keep: { undated: 'drop' as const } };
    const { summary } = await readFile('youtube.subscriptions', 'YouTube/subs.csv', subscriptions, options);
    expect(summary).toMatchObject({ records: 2, leftOut: 0 });
  });
});

describe('a record whose time cannot be read', () => {
  const read = (options: Parameters<typeof readFile>[3]) =>
    readFile(
      'myactivity.search',
      activityPath,
      page(
        block('in it', 'Jan 2, 2024, 3:04:05 PM UTC'),
        block('unknown', 'Jan 2, 2024, 3:04:05 PM CST'),
        block('before it', 'Jan 2, 2014, 3:04:05 PM UTC'),
        block('unknown too', 'den 3. ukjent 2026 kl. 12'),
      ),
      options,
    );

  it('D62: is kept where a range is asked for, and each is a problem, so that the archive stays', async () => {
    const { summary, records } = await read({ keep });
    expect(records.map(({ data }) => data['title'])).toEqual(['in it', 'unknown', 'unknown too']);
    expect(summary).toMatchObject({ verdict: 'partial', leftOut: 1, problemCounts: { time_unreadable: 2 } });
    expect(summary.problems.map(({ index }) => index)).toEqual([1, 3]);
  });

  it('is left out where the host app wants no undated ones, and is a problem all the same', async () => {
    const { summary, records } = await read({ keep: { ...keep, undated: 'drop' } });
    expect(records.map(({ data }) => data['title'])).toEqual(['in it']);
    expect(summary).toMatchObject({ verdict: 'partial', leftOut: 3, problemCounts: { time_unreadable: 2 } });
  });

  it('is a notice where no range is asked for', async () => {
    const { summary } = await read({});
    expect(summary).toMatchObject({ verdict: 'complete', records: 4, noticeCounts: { time_as_text: 1 } });
  });

  it.each([
    [
      'chrome.history',
      'Chrome/History.json',
      { 'Browser History': [{ url: 'https://a', time_usec: 'soon', client_id: 'x' }] },
    ],
    ['chrome.extensions', 'Chrome/Extensions.json', { Extensions: [{ id: 'abc', name: 'x', installTime: 'lately' }] }],
    ['play.installs', 'Play/Installs.json', [{ install: { firstInstallationTime: 'in May' } }]],
    ['maps.reviews', 'Maps/Reviews.json', { features: [{ type: 'Feature', properties: { date: 'in May' } }] }],
    [
      'myactivity.maps',
      'My Activity/Maps/MyActivity.json',
      [{ header: 'Maps', title: 'x', time: 'in May', products: ['Maps'] }],
    ],
  ])('is reported by every reader: %s', async (resource, path, content) => {
    const { summary } = await readFile(resource, path, JSON.stringify(content), { keep });
    expect(summary).toMatchObject({ records: 1, problemCounts: { time_unreadable: 1 } });
  });
});

describe('a stream that is narrowed down to a range', () => {
  const narrowed = async (store: MemoryStore, wanted: Wanted) => {
    const delivered = [];
    for await (const { record } of recordsOf(store, 'records', wanted)) delivered.push(record);
    return dataOf(delivered).map(({ channelTitle }) => channelTitle);
  };

  it('has the undated records unless they are not wanted', async () => {
    const { store } = await readFile('youtube.subscriptions', 'YouTube/subs.csv', subscriptions);
    expect(await narrowed(store, keep)).toEqual(['Bread', 'Rain']);
    expect(await narrowed(store, { ...keep, undated: 'drop' })).toEqual([]);
  });
});
