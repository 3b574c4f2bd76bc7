/** My Activity in its documented shape (docs/google-api.md §A4): one file per product, newest record first. */
import type { ProductKey, SentenceKey } from './word-list';
import { smallMediaFile } from './media-file';
import { jsonFile, type Producer } from './produce';
import type { Chance } from './random';
import { happenings, type Happening, type Subject } from './subject';
import { iso, isoSeconds } from './times';

interface Product {
  key: ProductKey;
  perDay: readonly [number, number];
  sentences: readonly SentenceKey[];
  link: (thing: string, chance: Chance) => string;
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
      sentences: ['watched', 'watched', 'watched', 'searched', 'liked', 'subscribed', 'visited'],
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
      sentences: ['searched', 'visited', 'installed', 'read'],
      link: () => 'https://play.google.com/store',
    },
    { key: 'playGames', perDay: [0, 1], sentences: ['used'], link: () => 'https://play.google.com/games' },
  ],
  'myactivity.shopping': [
    { key: 'shopping', perDay: [0, 2], sentences: ['searched', 'viewed'], link: searchLink('&tbm=shop') },
  ],
  'myactivity.myadcenter': [
    // The page: `titleUrl` is a topic here, not a link.
    { key: 'adCenter', perDay: [0, 1], sentences: ['moreAds', 'fewerAds', 'blocked', 'liked'], link: (thing) => thing },
    // That the activity of Ads comes with this resource is a guess; the page lists it together with My Ad Center.
    {
      key: 'ads',
      perDay: [0, 1],
      sentences: ['visited', 'viewed'],
      link: (_thing, chance) => `https://shop.example.net/?business=Example+${chance.letters(4)}`,
    },
  ],
};

/** The product that an entry belongs to, where it is not its header. */
const productNames: Partial<Record<ProductKey, string>> = { ads: 'Google Ads' };

const visitedSites = ['www.example.org', 'recipes.example.com', 'bikes.example.net'];

export const activity: Producer = (subject) => {
  const { words } = subject;
  const files = (products[subject.resource] ?? []).flatMap((product) => {
    const activities = happenings(subject, `${subject.resource}/${product.key}`, product.perDay).reverse();
    // A group without data has no folder (docs/google-api.md §A1).
    if (activities.length === 0) return [];
    const folder = words.products[product.key];
    const records = activities.map((happening) => record(subject, product, happening));
    const pictures = records.flatMap((entry) =>
      typeof entry['imageFile'] === 'string'
        ? [smallMediaFile(subject, `${folder}/${entry['imageFile']}`, 'jpg', entry['imageFile'])]
        : [],
    );
    return [jsonFile(`${folder}/${words.files.activity}.json`, records), ...pictures];
  });
  return { service: 'MY_ACTIVITY', folder: words.folders.myActivity, files };
};

/** The subject of the entry. A page visited from Search has its domain as header; some entries have no link. */
function about(subject: Subject, { key, sentences, link }: Product, chance: Chance): Record<string, unknown> {
  const { words } = subject;
  const thing = chance.pick(words.topics);
  const sentence = chance.pick(sentences);
  const title = words.sentences[sentence](thing);
  if (key === 'search' && sentence === 'visited') {
    const site = chance.pick(visitedSites);
    return { header: site, title, titleUrl: `https://www.google.com/url?q=https://${site}/${chance.letters(4)}` };
  }
  return { header: words.products[key], title, ...(chance.happens(0.95) && { titleUrl: link(thing, chance) }) };
}

function record(subject: Subject, product: Product, { at, chance }: Happening): Record<string, unknown> {
  const { words } = subject;
  const { key } = product;
  const youtube = key === 'youtube';
  const [latitude, longitude] = [53 + chance.between(0, 9) / 10, -9 + chance.between(0, 9) / 10];
  const drifted = subject.settings.content === 'drifted';
  const { title, ...facts } = about(subject, product, chance);
  return {
    ...facts,
    [drifted ? 'headline' : 'title']: title,
    ...(youtube &&
      chance.happens(0.9) && {
        subtitles: [
          { name: chance.pick(words.topics), url: `https://www.youtube.com/channel/UC${chance.letters(22)}` },
        ],
      }),
    ...(chance.happens(0.05) && { description: chance.pick(words.topics) }),
    ...(drifted ? { timestampMicros: String(at * 1000) } : { time: iso(at) }),
    products: [productNames[key] ?? words.products[key]],
    ...(chance.happens(0.1) && { details: [{ name: words.fromAds }] }),
    activityControls: [youtube ? words.controls.youtube : words.controls.webAndApp],
    ...(key === 'lens' && chance.happens(0.1) && { imageFile: `${isoSeconds(at).replaceAll(/\D/g, '')}.jpg` }),
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
