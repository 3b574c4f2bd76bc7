/** The meaning of a link, form by form; other links have none. */
import fc from 'fast-check';

import { longestLink } from '../../../src/records/links/link';
import { beginningOf, type Beginning } from '../../../src/records/formats/byte-words';
import { IdBytes } from '../../../src/records/formats/id-bytes';
import { JsonEntry } from '../../../src/records/formats/json-entry';
import { JsonTape } from '../../../src/records/formats/json-tape';
import type { LinkMeaning } from '../../../src/records/links/link-types';
import { meaningOf } from '../../../src/records/links/read-link';
import { channelStart, plainChannel, plainVideo, videoStart } from '../../../src/records/links/youtube-links';

const video = 'dQw4w9WgXcQ';
const channel = `UC${'x'.repeat(22)}`;
const list = 'PLaaaaaaaaaaaaaaaa';
const feature = '0x4797c100ca43db93:0x6d672e3649e97eea';
const place = { featureId: feature, cid: '7883320483438493418' };
const shared = { isVerbShared: true };

it.each([
  [`https://www.youtube.com/watch?v=${video}`, { verb: 'watched', ...shared, object: { videoId: video } }],
  [
    `https://m.youtube.com/watch?list=${list}&v=${video}&t=30s#x`,
    { verb: 'watched', ...shared, object: { videoId: video, playlistId: list } },
  ],
  [`https://www.youtube.com/shorts/${video}`, { verb: 'watched', ...shared, object: { videoId: video } }],
  [`https://youtube.com/live/${video}/`, { verb: 'watched', ...shared, object: { videoId: video } }],
  [`https://youtu.be/${video}?t=1`, { verb: 'watched', ...shared, object: { videoId: video } }],
  [`https://music.youtube.com/watch?v=${video}`, { verb: 'listened', ...shared, object: { videoId: video } }],
  ['https://www.youtube.com/results?search_query=k%C3%B6ln+dom', { verb: 'searched', object: { query: 'köln dom' } }],
  ['https://music.youtube.com/search?q=%E3%83%91%E3%83%B3', { verb: 'searched', object: { query: 'パン' } }],
  [`https://www.youtube.com/channel/${channel}`, { object: { channelId: channel } }],
  [`https://www.youtube.com/playlist?list=${list}`, { object: { playlistId: list } }],
  [
    'https://www.google.com/search?q=python+tutorials&udm=2',
    { verb: 'searched', object: { query: 'python tutorials' } },
  ],
  ['https://www.google.co.uk/search?q=%22a%26b%22', { verb: 'searched', object: { query: '"a&b"' } }],
  [
    'https://www.google.com/search?q=Acme+Pro&ibp=oshop&udm=28&prds=productid:1234567890',
    { verb: 'viewed', object: { productId: '1234567890' } },
  ],
  ['https://www.google.com/shopping/product/9876543210', { verb: 'viewed', object: { productId: '9876543210' } }],
  [
    'https://www.google.com/url?q=https://www.example.org/a%3Fb%3D1%26c&usg=AOv',
    { verb: 'visited', object: { url: 'https://www.example.org/a?b=1&c' } },
  ],
  ['https://www.google.de/url?url=http://example.org/', { verb: 'visited', object: { url: 'http://example.org/' } }],
  ['https://www.google.com/imgres?imgrefurl=https://example.org/&x=1', { object: { url: 'https://example.org/' } }],
  ['https://www.google.com/aclk?sa=l&ai=x', { isAd: true }],
  ['https://www.googleadservices.com/pagead/aclk?sa=L', { isAd: true }],
  ['https://www.google.com/maps/search/tea/@49.4,8.6,15z/data=!3m1', { verb: 'searched', object: { query: 'tea' } }],
  [
    'https://www.google.com/maps/search/?api=1&query=tea&query_place_id=ChIJaaaaaaaaaaaaaaaaaaaaaaa',
    { verb: 'searched', object: { query: 'tea', placeId: 'ChIJaaaaaaaaaaaaaaaaaaaaaaa' } },
  ],
  ['https://www.google.com/maps/dir/A/B', { verb: 'routed' }],
  ['http://maps.google.com/maps?saddr=A&daddr=B', { verb: 'routed' }],
  ['https://www.google.com/maps/@33.5,-88.9,67620.1a,30y', { verb: 'viewed' }],
  [`https://www.google.co.uk/maps/place/Castle/@49.4,8.7,14z/data=!3m1!4b1!4m2!3m1!1s${feature}`, { object: place }],
  [`https://www.google.com/maps/place//data=!4m2!3m1!1s${feature}`, { object: place }],
  [`http://maps.google.com/maps?q=Castle&ftid=${feature.toUpperCase().replaceAll('X', 'x')}`, { object: place }],
  ['http://maps.google.com/?cid=7883320483438493418', { object: { cid: place.cid } }],
  [
    'https://www.google.com/maps/place/?q=place_id:ChIJaaaaaaaaaaaaaaaaaaaaaaa',
    { object: { placeId: 'ChIJaaaaaaaaaaaaaaaaaaaaaaa' } },
  ],
  ['https://play.google.com/store/apps/details?id=org.example.app', { object: { packageName: 'org.example.app' } }],
  ['https://play.google.com/store/search?q=chess&c=apps', { verb: 'searched', object: { query: 'chess' } }],
])('%s', (url, meaning) => {
  expect(meaningOf(url)).toEqual(meaning);
});

it.each([
  // No meaning that a record could have.
  ['', 'https://www.google.com/', 'a topic', 'https://www.youtube.com/post/Ugkx123', 'https://www.youtube.com/@handle'],
  // Not the form of an id.
  ['https://www.youtube.com/watch?v=', 'https://www.youtube.com/watch?v=abc', `https://youtu.be/${video}/${video}`],
  [`https://www.youtube.com/watch?xv=${video}`, `https://www.youtube.com/watch#?v=${video}`],
  ['https://www.youtube.com/results?search_query=', 'https://www.google.com/search?q='],
  ['https://play.google.com/store/apps/details?id=app', 'https://play.google.com/store/apps/details?id=a..b'],
  // Other hosts that look alike, and other ways to hide one.
  [`https://www.youtube.com.evil.example/watch?v=${video}`, `https://evil.example/www.youtube.com/watch?v=${video}`],
  [`https://www.youtube.com@evil.example/watch?v=${video}`, `https://www.youtube.com:443/watch?v=${video}`],
  [`https://evil.example\\@www.youtube.com/watch?v=${video}`, `https://u:p@www.youtube.com/watch?v=${video}`],
  [
    `https://evilyoutube.com/watch?v=${video}`,
    'https://www.google.evil/search?q=a',
    'https://google.com.evil/search?q=a',
  ],
  [`https://evil.example/#https://www.youtube.com/watch?v=${video}`, `//www.youtube.com/watch?v=${video}`],
  [`javascript://www.youtube.com/watch?v=${video}`, ` https://www.youtube.com/watch?v=${video}`],
  // Targets that are no link of the web.
  [
    'https://www.google.com/url?q=javascript:alert(1)',
    'https://www.google.com/url?q=/search',
    'https://www.google.com/url',
  ],
  ['https://www.google.com/url?q=https://%ff', 'https://www.google.com/url?q=https://a%0ab/'],
])('has no meaning: %s', (...urls) => {
  for (const url of urls) expect([url, withoutEmpty(meaningOf(url))]).toEqual([url, {}]);
});

/** A link with a known path and no id has an object with nothing in it. */
const withoutEmpty = ({ object, ...rest }: ReturnType<typeof meaningOf>) =>
  object === undefined || Object.keys(object).length === 0 ? rest : { ...rest, object };

it.each([
  ['wrong encoding', 'https://www.google.com/search?q=%FCber'],
  ['a sign cut short', 'https://www.google.com/search?q=a%E'],
  ['a control character', 'https://www.google.com/search?q=a%00b'],
  ['a text that is too long for a search', `https://www.google.com/search?q=${'a'.repeat(2_049)}`],
])('a search whose words cannot be read is a search without them: %s', (_, url) => {
  expect(meaningOf(url)).toEqual({ verb: 'searched', object: {} });
});

it('a link that is too long is not looked at', () => {
  const start = `https://www.youtube.com/watch?v=${video}&x=`;
  expect(meaningOf(start + 'a'.repeat(longestLink - start.length)).verb).toBe('watched');
  expect(meaningOf(start + 'a'.repeat(longestLink - start.length + 1))).toEqual({});
});

it('no host that is not listed has a verb, for any path', () => {
  const paths = [
    `/watch?v=${video}`,
    '/search?q=a',
    '/results?search_query=a',
    '/url?q=https://a.example/',
    '/maps/dir/a',
  ];
  fc.assert(
    fc.property(fc.domain(), fc.constantFrom(...paths), (host, path) => {
      fc.pre(!/^(?:(?:www|maps)\.)?google\.|(?:^|\.)(?:youtube\.com|youtu\.be|play\.google\.com)$/.test(host));
      expect(meaningOf(`https://${host}${path}`)).toEqual({});
      expect(meaningOf(`https://www.youtube.com.${host}${path}`)).toEqual({});
      expect(meaningOf(`https://www.google.com.${host}${path}`)).toEqual({});
    }),
  );
});

it('any text at all has a meaning without an error, and ids of the right form', () => {
  const host = fc.constantFrom('www.youtube.com', 'youtu.be', 'www.google.com', 'maps.google.com', 'play.google.com');
  const path = fc.constantFrom(
    '/watch?v=',
    '/',
    '/search?q=',
    '/url?q=',
    '/maps/search/',
    '/maps/place/',
    '?ftid=',
    '?cid=',
  );
  fc.assert(
    fc.property(host, path, fc.string({ unit: 'binary' }), (on, at, rest) => {
      const { videoId, cid, url } = meaningOf(`https://${on}${at}${rest}`).object ?? {};
      if (videoId !== undefined) expect(videoId).toMatch(/^[\w-]{11}$/);
      if (cid !== undefined) expect(cid).toMatch(/^\d{1,20}$/);
      if (url !== undefined) expect(url).toMatch(/^https?:\/\//);
    }),
  );
});

const asText = (_: string, value: unknown): unknown => (value instanceof IdBytes ? value.toString() : value);

it('reads a plain link of a video or a channel as it reads the whole link', () => {
  const rests = [
    'dQw4w9WgXcQ',
    'dQw4w9WgXc',
    'dQw4w9WgXcQ&list=WL',
    'UCaaaaaaaaaaaaaaaaaaaaaa',
    'dQw4w9W&XcQ',
    'UC5',
    'UCaaaaaaaaaaa/aaaaaaaaaa',
    'aaaaaaaaaaaaaaaaaaaaaaaa',
    'UCaaaaaaaaa"aaaaaaaaaaaa',
    'UCé',
    '',
    'UC/x',
    'UC?a=b',
  ];
  const tape = new JsonTape(2);
  const entry = new JsonEntry(tape);
  const idBehind = (start: Beginning, rest: string) => {
    tape.read(Buffer.from(`${JSON.stringify({ url: `${start.text}${rest}` })}\0`), 0);
    return entry.idBehind('url', start);
  };
  const plain = (meaning: LinkMeaning<IdBytes>) => JSON.parse(JSON.stringify(meaning, asText)) as LinkMeaning;
  for (const rest of rests) {
    const video = plainVideo(idBehind(videoStart, rest));
    if (video !== undefined) expect([rest, plain(video)]).toEqual([rest, meaningOf(`${videoStart.text}${rest}`)]);
    const channel = plainChannel(idBehind(channelStart, rest));
    if (channel !== undefined) expect([rest, plain(channel)]).toEqual([rest, meaningOf(`${channelStart.text}${rest}`)]);
  }
  const isVideo = (rest: string) => plainVideo(idBehind(videoStart, rest)) !== undefined;
  const isChannel = (rest: string) => plainChannel(idBehind(channelStart, rest))?.object !== undefined;
  expect(rests.filter(isVideo)).toEqual(['dQw4w9WgXcQ']);
  expect(rests.filter(isChannel)).toEqual(['UCaaaaaaaaaaaaaaaaaaaaaa']);
  expect(entry.idBehind('url', beginningOf('https://elsewhere.example/'))).toBeUndefined();
});
