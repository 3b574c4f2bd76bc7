/** Verbs, objects and advertisements of My Activity: the same in every language and in both forms of the file. */
import type { JsonObject } from '../../../src/records/formats/json';
import { kinds } from '../../../src/records/kinds';
import { readFile } from '../fixtures';

const video = 'dQw4w9WgXcQ';
const channel = `UC${'x'.repeat(22)}`;

const words = {
  en: { watched: 'Watched Bread', products: 'Products:', why: 'Why is this here?', control: 'YouTube watch history' },
  de: { watched: 'Brot angesehen', products: 'Produkte:', why: 'Warum?', control: 'YouTube-Wiedergabeverlauf' },
  ja: { watched: 'パン を視聴しました', products: 'サービス:', why: '理由', control: 'YouTube の再生履歴' },
};
const ads = { en: 'From Google Ads', de: 'Von Google Ads', ja: 'Google 広告から' };
type Language = keyof typeof words;
const languages = Object.keys(words) as Language[];

const watched = (language: Language, more: JsonObject = {}): JsonObject => ({
  header: 'YouTube',
  title: words[language].watched,
  titleUrl: `https://www.youtube.com/watch?v=${video}`,
  subtitles: [{ name: 'Oven', url: `https://www.youtube.com/channel/${channel}` }],
  time: '2026-01-02T03:04:05.678Z',
  products: ['YouTube'],
  activityControls: [words[language].control],
  ...more,
});

async function readJson(...entries: JsonObject[]): Promise<JsonObject[]> {
  const { records } = await readFile(
    'myactivity.youtube',
    'My Activity/YouTube/MyActivity.json',
    JSON.stringify(entries),
  );
  return records.map(({ data }) => data);
}
const derived = ({ verb, object, isAd }: JsonObject) => ({ verb, object, isAd });
const seen = { verb: 'watched', object: { videoId: video, channelId: channel } };

it('are the same in each language', async () => {
  expect((await readJson(...languages.map((language) => watched(language)))).map(derived)).toEqual(
    languages.map(() => ({ ...seen, isAd: undefined })),
  );
  const marked = languages.map((language) => watched(language, { details: [{ name: ads[language] }] }));
  expect((await readJson(...marked)).map(derived)).toEqual(languages.map(() => ({ ...seen, isAd: true })));
});

it.each(languages)('are those of HTML too: %s', async (language) => {
  const { watched: title, products, why, control } = words[language];
  const body = `<a href="https://www.youtube.com/watch?v=${video}&amp;t=1">${title}</a><br><a href="https://www.youtube.com/channel/${channel}">Oven</a><br>2026年1月2日 03:04:05 UTC`;
  const caption = `<b>${products}</b><br>&emsp;YouTube<br><b>${why}</b><br>&emsp;${control}`;
  const page = `<html><div class="outer-cell"><div class="header-cell"><p>YouTube<br></p></div><div class="content-cell mdl-typography--body-1">${body}</div><div class="content-cell mdl-typography--caption">${caption}</div></div></html>`;
  const { records } = await readFile('myactivity.youtube', 'x/MyActivity.html', page);
  expect(records.map(({ data }) => derived(data))).toEqual([seen]);
});

it('of a video are those of a like, a share or a playlist where no setting kept the entry', async () => {
  const [like, none] = await readJson(watched('en', { title: 'Liked Bread', activityControls: [] }), {
    header: 'YouTube',
    title: 'Liked Bread',
    titleUrl: `https://youtu.be/${video}`,
    time: '2026-01-02T03:04:05Z',
  });
  expect(like).toMatchObject({ object: seen.object });
  expect(none).toMatchObject({ object: { videoId: video } });
  expect([like, none].map((data) => data?.['verb'])).toEqual([undefined, undefined]);
});

it('of YouTube Music are read as listened to, on either host', async () => {
  const music = watched('de', { header: 'YouTube Music' });
  const entries = await readJson(music, watched('ja', { titleUrl: `https://music.youtube.com/watch?v=${video}` }));
  expect(entries.map(({ verb }) => verb)).toEqual(['listened', 'listened']);
});

it('are absent for removed videos, deleted searches, posts and topics, and where Google has such fields', async () => {
  const own = { verb: 'OWN', object: 'OWN' };
  const entries = await readJson(
    ...[null, '', 'a topic', 'https://www.youtube.com/post/Ugkx1', 'https://www.youtube.com/watch?v='].map((titleUrl) =>
      watched('en', { titleUrl }),
    ),
    { title: 'Removed', time: '2026-01-02T03:04:05Z', header: 'YouTube', activityControls: ['YouTube watch history'] },
    watched('en', own),
  );
  const nothing = { verb: undefined, object: undefined, isAd: undefined };
  expect(entries.map(derived)).toEqual([...Array.from({ length: 6 }, () => nothing), { ...nothing, ...own }]);
});

it('mark an advertisement by the product or the link, and never a topic of that name', async () => {
  const base = { title: 'x', time: '2026-01-02T03:04:05Z' };
  const entries = await readJson(
    { ...base, header: 'Ads', products: ['Google Ads'], titleUrl: 'https://shop.example/' },
    { ...base, header: 'Search', products: ['Search'], titleUrl: 'https://www.google.com/aclk?sa=l' },
    { ...base, header: 'Discover', products: ['Discover'], details: [{ name: 'Google Ads - viewed' }] },
    { ...base, header: 'YouTube', products: ['YouTube'], details: ['Google Ads', { name: 5 }, null] },
  );
  expect(entries.map(({ isAd }) => isAd)).toEqual([true, true, undefined, undefined]);
});

it('are no part of the key, so records of before are known', async () => {
  const { records } = await readFile('myactivity.youtube', 'x/MyActivity.json', JSON.stringify([watched('en')]));
  // The key that this entry had before records had verbs.
  expect(records.map(({ key }) => key)).toEqual(['1d7524e89b4ffa5ac192429ef39fd6fe']);
});

it('fit the schema', async () => {
  const search = watched('en', { titleUrl: 'https://www.youtube.com/results?search_query=bread' });
  const [first = {}, ...others] = await readJson(watched('en', { details: [{ name: ads.en }] }), search);
  for (const data of [first, ...others]) expect(kinds.activity.schema.safeParse(data).error).toBeUndefined();
  for (const other of [{ verb: 'flown' }, { object: { videoId: 5 } }, { isAd: false }]) {
    expect([other, kinds.activity.schema.safeParse({ ...first, ...other }).success]).toEqual([other, false]);
  }
});

it('can be asked for without the sentence and the link', async () => {
  const { records } = await readFile('myactivity.youtube', 'x/MyActivity.json', JSON.stringify([watched('ja')]), {
    keep: { fields: { activity: ['verb', 'object'] } },
  });
  expect(records.map(({ data }) => data)).toEqual([seen]);
});

it.each([
  [
    'saved.collections',
    'Saved/List.csv',
    'Title,Note,URL,Tags,Comment\nOven,,https://www.google.com/maps/place/Oven/data=!4m2!3m1!1s0x1:0xff,,\n',
  ],
  [
    'maps.starred_places',
    'Maps/Saved Places.json',
    places({ google_maps_url: 'http://maps.google.com/?q=a&ftid=0x1:0xff' }),
  ],
  [
    'maps.reviews',
    'Maps/Reviews.json',
    places({ 'Google Maps URL': 'http://maps.google.com/?ftid=0x1:0xff', date: '2026-01-01T00:00:00Z' }),
  ],
])('%s has the ids of its links too', async (resource, path, content) => {
  const { records } = await readFile(resource, path, content);
  expect(records.map(({ data }) => data['object'])).toEqual([{ featureId: '0x1:0xff', cid: '255' }]);
  const { records: others } = await readFile(resource, path, content.replace(/https?:.*0xff/, 'https://evil.example/'));
  expect(others.map(({ data }) => 'object' in data)).toEqual([false]);
});

function places(properties: JsonObject): string {
  return JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties }] });
}
