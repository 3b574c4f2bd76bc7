/** Tables are recognised by more than one column: a row of an uncertain kind is never a record of another. */
import { zipOf } from '../../archive/zip';
import { dataOf, readFile, readZips } from '../fixtures';

const channel = `UC${'a'.repeat(22)}`;
const list = `PL${'b'.repeat(32)}`;
const kindsIn = (records: readonly { kind: string }[]) => records.map(({ kind }) => kind);
const read = (resource: string, path: string, rows: readonly string[]) =>
  readFile(resource, `YouTube/${path}`, rows.map((row) => `${row}\r\n`).join(''));

describe('tables of a channel', () => {
  it('are one channel and its further tables, each table apart', async () => {
    const tables = {
      channel: `Channel ID,Channel Title (Original),Channel Visibility\n${channel},Oven Club,Public\n`,
      'channel URL configs': `Channel ID,Channel Vanity URL 1 Name\n${channel},ovenclub\n`,
      'channel page settings': `Channel ID\n${channel}\n`,
      'channel community moderation settings': `Channel ID\n${channel}\n`,
      'channel feature data': `Channel ID,Channel Auto Moderation in Live Chat,Video Default License,Video Default Targeted Audience\n${channel},On,CC,\n`,
      'channel images': 'Channel Image URL\nhttps://example.com/banner.jpg\n',
    };
    const members = Object.entries(tables).map(([name, content]) => ({
      name: `Portability/YouTube and YouTube Music/channels/${name}.csv`,
      content,
    }));
    const { summary, records } = await readZips([await zipOf(members)], { resources: ['youtube.channel'] });
    expect([summary.verdict, summary.noticeCounts]).toEqual(['complete', {}]);
    expect(kindsIn(records).toSorted()).toEqual(['channel', ...Array<string>(5).fill('channel_detail')]);
    expect(new Set(records.map(({ key }) => key.slice(0, 32))).size).toBe(6);
    expect(dataOf(records)).toContainEqual({
      columns: { 'Channel ID': channel, 'Channel Vanity URL 1 Name': 'ovenclub' },
      table: 'channel URL configs',
    });
  });

  it.each([
    [
      'channel',
      'kanaal.csv',
      [`Kanaal-ID,(Originele) kanaaltitel,Kanaalzichtbaarheid`, `${channel},Ovenclub,Openbaar`],
    ],
    [
      'channel_detail',
      'URL-configuraties van kanaal.csv',
      [`Kanaal-ID,Naam van vanity-URL 1 voor kanaal,Naam van vanity-URL 2 voor kanaal`, `${channel},a,b`],
    ],
    ['channel_detail', 'instellingen voor kanaalpagina.csv', ['Kanaal-ID', channel]],
    // It is not known whether the second column is a title.
    ['file', 'kanavaa.csv', [`Kanavan tunnus,Nimi,Näkyvyys`, `${channel},Leipä,Julkinen`]],
    ['file', 'チャンネル.csv', [`チャンネル ID,何か,何か`, `${channel},パン,公開`]],
  ])('in other languages are distinguished: %s, %s', async (kind, name, rows) => {
    const { summary, records } = await read('youtube.channel', `kanalen/${name}`, rows);
    expect(kindsIn(records)).toEqual([kind]);
    expect(summary.problemCounts).toEqual(kind === 'file' ? { unrecognised: 1 } : {});
  });

  it('are no records of other resources of a shared archive', async () => {
    const zip = await zipOf([
      { name: 'Portability/YouTube/channels/pictures.csv', content: 'Address\nhttps://example.com/banner.jpg\n' },
      { name: 'Portability/YouTube/posts/posts.csv', content: 'Post ID,Post Text\nUgk1,Bread\n' },
      { name: 'Portability/YouTube/clips/clips.csv', content: 'Clip ID,Video ID\nUgkx1,aaaaaaaaaa1\n' },
    ]);
    const resources = ['youtube.channel', 'youtube.clips', 'youtube.posts', 'youtube.public_videos'];
    const { summary, records } = await readZips([zip], { resources });
    expect(records.map(({ resource, kind }) => [resource, kind])).toEqual([
      [expect.any(String), 'file'],
      ['youtube.posts', 'post'],
      ['youtube.clips', 'clip'],
    ]);
    expect(summary.problemCounts).toEqual({ unrecognised: 1 });
  });
});

it('files without a described structure are distinguished by their place in a shared archive', async () => {
  const tables = ['Follows', 'Likes', 'Not Interested', 'Volgend'].map((name) => ({
    name: `Portability/Discover/${name}.csv`,
    content: `Title,URL\n${name},https://example.org/\n`,
  }));
  const others = {
    'Chrome/Settings.json': { Preferences: [{ name: 'a' }] },
    'Chrome/Addresses and more.json': { Autofill: [{ name: 'b' }] },
    'Search/Thumbs.json': [{ Published: '2026-01-02T03:04:05Z', 'Thumbs Rating': 'Thumbs Up' }],
    'Search/Watched.json': [{ Published: '2026-01-02T03:04:05Z' }],
  };
  const objects = Object.entries(others).map(([name, content]) => ({
    name: `Portability/${name}`,
    content: JSON.stringify(content),
  }));
  const discover = ['discover.follows', 'discover.likes', 'discover.not_interested'];
  const reading = await readZips([await zipOf(tables)], { resources: discover });
  expect(kindsIn(reading.records)).toEqual(['discover_follow', 'discover_like', 'discover_not_interested', 'file']);
  const objectsOf = ['chrome.autofill', 'chrome.settings', 'search_ugc.media.thumbs', 'search_ugc.media.watched'];
  const { records } = await readZips([await zipOf(objects)], { resources: objectsOf });
  expect(kindsIn(records)).toEqual(['setting', 'autofill', 'search_thumb', 'watched_title']);
});

describe('playlists of the older form', () => {
  const head = [
    'Playlist Id,Channel Id,Time Created,Time Updated,Title,Description,Visibility',
    `${list},${channel},2019-11-27 02:17:14 UTC,2021-03-04 10:00:00 UTC,"Old, list","Two\nlines",Private`,
  ];

  it('are read as a playlist and its videos', async () => {
    const { summary, records } = await read('youtube.private_playlists', 'playlists/Old list.csv', [
      ...[...head, '', 'Video Id,Time Added'],
      ...['aaaaaaaaaa1,2019-11-27 02:17:14 UTC', 'aaaaaaaaaa2,2019-12-01 12:00:00 UTC', '', ''],
    ]);
    expect([summary.verdict, summary.noticeCounts]).toEqual(['complete', {}]);
    expect(
      records.map(({ kind, occurredAt, data }) => [kind, occurredAt, data['playlistId'] ?? data['videoId']]),
    ).toEqual([
      ['playlist', '2019-11-27T02:17:14Z', list],
      ['playlist_item', '2019-11-27T02:17:14Z', 'aaaaaaaaaa1'],
      ['playlist_item', '2019-12-01T12:00:00Z', 'aaaaaaaaaa2'],
    ]);
    expect(records[0]?.data).toMatchObject({ playlistTitle: 'Old, list', channelId: channel });
    expect(records[1]?.data['list']).toBe('Old list');
  });

  it('may be empty', async () => {
    for (const rest of [[], ['', 'Video Id,Time Added']]) {
      const { summary, records } = await read('youtube.private_playlists', 'playlists/Old.csv', [...head, ...rest]);
      expect([summary.verdict, kindsIn(records)]).toEqual(['complete', ['playlist']]);
    }
  });

  it('are no records where the second table is another one', async () => {
    const { summary, records } = await read('youtube.private_playlists', 'playlists/Old.csv', [
      ...[...head, '', 'Something,Else', 'aaaaaaaaaa1,2019-11-27 02:17:14 UTC'],
    ]);
    expect([kindsIn(records), summary.problemCounts]).toEqual([['file'], { unrecognised: 1 }]);
  });
});

it('a second table within a file gives no records of the first one’s kind', async () => {
  const { summary, records } = await read('youtube.private_playlists', 'playlists/playlists.csv', [
    'Playlist ID,Playlist Title (Original),Playlist Visibility',
    `${list},Bread,Private`,
    '',
    'Video Id,Time Added',
    'aaaaaaaaaa1,2019-11-27 02:17:14 UTC',
  ]);
  expect(kindsIn(records)).toEqual(['playlist']);
  expect(summary.problemCounts).toEqual({ unexpected_entry: 2 });
});

it('real headers of playlists are no drift', async () => {
  const { summary, records } = await read('youtube.private_playlists', 'playlists/playlists.csv', [
    'Playlist ID,Add new videos to top,Playlist image 1 Create timestamp,Playlist image 1 URL,Playlist image 1 Height,Playlist image 1 Width,Playlist title (original),Playlist title (original) language,Playlist create timestamp,Playlist update timestamp,Playlist video order,Playlist visibility',
    `${list},False,,https://example.org/1.jpg,,,Bread,en,2019-11-27T02:17:14+00:00,2021-03-04T10:00:00+00:00,Manual,Private`,
  ]);
  expect([summary.verdict, summary.noticeCounts]).toEqual(['complete', {}]);
  expect(records[0]?.data).toMatchObject({
    playlistImageUrls: ['https://example.org/1.jpg'],
    playlistUpdateTimestamp: '2021-03-04T10:00:00+00:00',
  });
});

describe('songs', () => {
  it('that the person uploaded have no id of a video, and are read', async () => {
    const { summary, records } = await read('youtube.music', 'music/music uploads metadata.csv', [
      'Song Title,Album Title,Artist Name 1,Artist Name 2,Duration (Seconds)',
      'Kitchen Demo,Home Tapes,Me,My Brother,183.5',
      '"Train, Late",,Me,,201.0',
    ]);
    expect([summary.verdict, summary.problemCounts, summary.noticeCounts]).toEqual(['complete', {}, {}]);
    expect(dataOf(records)).toEqual([
      {
        songTitle: 'Kitchen Demo',
        albumTitle: 'Home Tapes',
        artistNames: ['Me', 'My Brother'],
        durationSeconds: '183.5',
      },
      { songTitle: 'Train, Late', artistNames: ['Me'], durationSeconds: '201.0' },
    ]);
  });

  it('are not identified by a title alone', async () => {
    const { records } = await read('youtube.music', 'music/other.csv', ['Song Title,Plays', 'Low Tide,7']);
    expect(kindsIn(records)).toEqual(['file']);
  });
});
