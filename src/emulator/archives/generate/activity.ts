/** My Activity in its documented shape (docs/google-api.md §A4): one file per product, newest record first. */
import type { ProductKey, SentenceKey } from './word-list';
import { jsonFile, type Producer } from './produce';
import { happenings, type Happening, type Subject } from './subject';

interface Product {
  key: ProductKey;
  perDay: readonly [number, number];
  sentences: readonly SentenceKey[];
  link: (thing: string, chance: Happening['chance']) => string;
}

const searchLink = (suffix: string) => (thing: string) =>
  `https://www.google.com/search?q=${encodeURIComponent(thing).replaceAll('%20', '+')}${suffix}`;

const products: Record<string, Product[]> = {
  'myactivity.search': [
    { key: 'search', perDay: [2, 8], sentences: ['searched', 'visited'], link: searchLink('') },
    { key: 'imageSearch', perDay: [0, 2], sentences: ['searched', 'viewed'], link: searchLink('&udm=2') },
    { key: 'videoSearch', perDay: [0, 1], sentences: ['searched', 'viewed'], link: searchLink('&udm=7') },
    { key: 'discover', perDay: [0, 2], sentences: ['viewed'], link: () => 'https://www.google.com/' },
    { key: 'lens', perDay: [0, 1], sentences: ['searched'], link: searchLink('&lns_vert=1') },
  ],
  'myactivity.youtube': [
    {
      key: 'youtube',
      perDay: [3, 9],
      sentences: ['watched', 'watched', 'watched', 'searched', 'liked'],
      link: (_thing, chance) => `https://www.youtube.com/watch?v=${chance.letters(11)}`,
    },
  ],
  'myactivity.maps': [
    {
      key: 'maps',
      perDay: [0, 4],
      sentences: ['searched', 'directions', 'viewed'],
      link: (thing) => `https://www.google.com/maps/search/${encodeURIComponent(thing)}`,
    },
  ],
  'myactivity.play': [
    {
      key: 'playStore',
      perDay: [0, 2],
      sentences: ['searched', 'visited'],
      link: () => 'https://play.google.com/store',
    },
    { key: 'playGames', perDay: [0, 1], sentences: ['used'], link: () => 'https://play.google.com/games' },
  ],
  'myactivity.shopping': [
    { key: 'shopping', perDay: [0, 2], sentences: ['searched', 'viewed'], link: searchLink('&tbm=shop') },
  ],
  'myactivity.myadcenter': [
    { key: 'adCenter', perDay: [0, 1], sentences: ['visited', 'liked'], link: () => 'https://myadcenter.google.com/' },
  ],
};

export const activity: Producer = (subject) => {
  const { words } = subject;
  const files = (products[subject.resource] ?? []).flatMap((product) => {
    const found = happenings(subject, `${subject.resource}/${product.key}`, product.perDay).reverse();
    // A group without data has no folder (docs/google-api.md §A1).
    if (found.length === 0) return [];
    const records = found.map((happening) => record(subject, product, happening));
    return [jsonFile(`${words.products[product.key]}/${words.files.activity}.json`, records)];
  });
  return { service: 'MY_ACTIVITY', folder: words.folders.myActivity, files };
};

function record(
  subject: Subject,
  { key, sentences, link }: Product,
  { at, chance }: Happening,
): Record<string, unknown> {
  const { words } = subject;
  const thing = chance.pick(words.topics);
  const youtube = key === 'youtube';
  const sentence = words.sentences[chance.pick(sentences)];
  const [latitude, longitude] = [53 + chance.between(0, 9) / 10, -9 + chance.between(0, 9) / 10];
  const time = new Date(at).toISOString();
  const drifted = subject.settings.content === 'drifted';
  return {
    header: words.products[key],
    [drifted ? 'headline' : 'title']: sentence(thing),
    titleUrl: link(thing, chance),
    ...(youtube &&
      chance.happens(0.9) && {
        subtitles: [
          { name: chance.pick(words.topics), url: `https://www.youtube.com/channel/UC${chance.letters(22)}` },
        ],
      }),
    ...(drifted ? { timestampMicros: String(at * 1000) } : { time }),
    products: [words.products[key]],
    ...(chance.happens(0.1) && { details: [{ name: words.fromAds }] }),
    activityControls: [youtube ? words.controls.youtube : words.controls.webAndApp],
    ...(chance.happens(0.2) && {
      locationInfos: [
        {
          name: words.area,
          url: `https://www.google.com/maps/@?api=1&map_action=map&center=${latitude},${longitude}&zoom=12`,
          source: 'IP',
        },
      ],
    }),
  };
}
