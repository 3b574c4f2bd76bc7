/** Data written by hand after Google's pages: typed records without a notice, and differences are reported. */
import { Ajv2020 } from 'ajv/dist/2020';

import { documented } from '../../../src/records/documented';
import { isKind, recordSchema } from '../../../src/records/kinds';
import type { PortedRecord } from '../../../src/records/store/record';
import { zipOf } from '../../archive/zip';
import { dataOf, readFile, readZips } from '../fixtures';

const kindsIn = (records: readonly { kind: string }[]) => records.map(({ kind }) => kind);
const json = (value: unknown) => JSON.stringify(value);
const at = '2024-05-01T10:00:00.000Z';

const order = {
  customer: { email: 'ada@example.org' },
  merchantOrderId: '77',
  creationTime: { usecSinceEpochUtc: '1700000000000000', granularity: 'MICROSECOND' },
  orderStatus: { status: 'FULFILLED', label: 'Geliefert' },
  transactionMerchant: { name: 'Example Bistro' },
  lineItem: [
    {
      provider: { name: 'Example Bistro' },
      priceline: [
        { type: 'TOTAL', amount: { amountMicros: '2500000', currencyCode: { code: 'EUR' } }, taxIncluded: false },
      ],
      purchase: { status: 'DELIVERED', quantity: 1, fulfillment: { type: 'PICK_UP', location: {} } },
      name: 'Soup',
    },
  ],
  priceline: [{ type: 'TAX' }],
};
const alert = {
  query: 'bread',
  language: 'en',
  country: 'IE',
  apply_language_restrict: true,
  source: ['NEWS'],
  quality: ['HIGH'],
};
const feature = (more: object) => ({
  ...{ type: 'Feature', geometry: { type: 'Point', coordinates: [-8.4, 51.9] }, date: at },
  ...{
    google_maps_url: 'https://maps.google.com/?cid=1',
    location: [{ name: 'Oven', address: 'Main St', country_code: 'IE' }],
  },
  ...more,
});
const activity = { header: 'Search', title: 'Searched for bread', time: at, products: ['Search'] };
const play = (wrapper: string, inner: object) => json([{ [wrapper]: inner }]);
const doc = { documentType: 'Android Apps', title: 'Oven' };
const video = 'aaaaaaaaaa1';
const channel = `UC${'a'.repeat(22)}`;
const videos =
  'Video ID,Approx Duration (ms),Video Audio Language,Video Category,Video Description (Original),Video Description (Original) Language,Channel ID,Tag 1,Video Title (Original),Video Title (Original) Language,Thumbnail URL,Privacy,Video State,Video Create Timestamp,Video Publish Timestamp\n' +
  `${video},1000,en,Film,Text,en,${channel},oven,Bread,en,https://example.org/1.jpg,Public,Processed,2023-07-17T17:52:49+00:00,2023-07-17T17:52:49+00:00\n`;
const playlists = `Playlist ID,Add new videos to top,Playlist title (original),Playlist title (original) language,Playlist create timestamp,Playlist update timestamp,Playlist video order,Playlist visibility\nPL${'b'.repeat(32)},False,Bread,en,2019-11-27T02:17:14+00:00,2021-03-04T10:00:00+00:00,Manual,Private\n`;
const contribution = { Published: at, Updated: at, 'Search Query': 'A film' };

/** Path, content and kinds of a file of each resource with documented fields; those of My Maps are in my-maps.test.ts. */
const examples: Readonly<Record<string, readonly [path: string, content: string, kinds: readonly string[]]>> = {
  'alerts.subscriptions': ['Alerts/a.json', json([alert]), ['alert']],
  'businessmessaging.conversations': [
    'Chats/a.json',
    json({
      application: 'GMM',
      title: 'Bistro',
      messages: [{ timestamp_us: '1700000000000000', sender: 'Ada', content_type: 'TEXT', content: 'Hi' }],
    }),
    ['business_message'],
  ],
  'chrome.autofill': [
    'Chrome/a.json',
    json({ 'Contact Info': [{ guid: 'a' }], Autofill: { name: 'city' } }),
    ['autofill', 'autofill'],
  ],
  'chrome.history': [
    'Chrome/h.json',
    json({ 'Browser History': [{ url: 'https://example.org', time_usec: 1700000000000000, title: 'a' }] }),
    ['visit'],
  ],
  'discover.follows': ['Discover/f.csv', 'followed_entity\nBread\n', ['discover_follow']],
  'discover.not_interested': [
    'Discover/n.csv',
    'entity_name,setting_value\nRain,not_preferred\nNoise,blocked\n',
    ['discover_not_interested', 'discover_not_interested'],
  ],
  'maps.starred_places': ['Maps/s.json', json({ type: 'FeatureCollection', features: [feature({})] }), ['saved_place']],
  'maps.reviews': [
    'Maps/r.json',
    json({
      type: 'FeatureCollection',
      features: [feature({ five_star_rating_published: 4, review_text_published: 'Good' })],
    }),
    ['review'],
  ],
  'maps.aliased_places': [
    'Maps/l.json',
    json({
      type: 'FeatureCollection',
      features: [
        { geometry: { type: 'Point', coordinates: { latitude: 51.9, longitude: -8.4 } }, property: { name: 'Home' } },
      ],
    }),
    ['labeled_place'],
  ],
  'maps.offering_contributions': [
    'Maps/o.json',
    json({ contributions: [{ photo_url: 'https://example.org/1', text: 'Soup', created: at }] }),
    ['offering_contribution'],
  ],
  'maps.commute_routes': [
    'Maps/c.json',
    json({
      trips: [
        {
          id: '1',
          place_visit: [{ place: { lat_lng: { latitude: 51.9, longitude: -8.4 } } }],
          transition: [{ route: { travel_mode: 'BUS' } }],
        },
      ],
    }),
    ['commute_route'],
  ],
  'maps.factual_contributions': [
    'Maps/Suggested edits/1700000000000.json',
    json({ edit: { name: 'Oven' } }),
    ['factual_contribution'],
  ],
  'maps.photos_videos': [
    'Maps/p.jpg.json',
    json({ title: 'p.jpg', creationTime: { timestamp: '1700000000' }, url: 'https://example.org/p' }),
    ['photo'],
  ],
  'order_reserve.purchases_reservations': ['Orders/1.json', json(order), ['merchant_order']],
  'play.installs': ['Play/i.json', play('install', { doc, firstInstallationTime: at }), ['app_install']],
  'play.library': ['Play/l.json', play('libraryDoc', { doc, acquisitionTime: at }), ['library_item']],
  'play.redemptions': [
    'Play/r.json',
    play('redemptionHistory', {
      userCountry: 'IE',
      redemptionChangeTime: at,
      formattedMoney: '10.00 USD',
      moneyExpiredTime: '2030-01-01T00:00:00Z',
    }),
    ['redemption'],
  ],
  'play.purchases': [
    'Play/p.json',
    play('purchaseHistory', { doc, purchaseTime: at, purchaserName: 'Ada' }),
    ['purchase'],
  ],
  'saved.collections': [
    'Saved/Bread.csv',
    'About bread\n\ntitle,note,item_content_url,comments\nOven [Book],warm,https://example.org/1,good\n',
    ['saved_item'],
  ],
  'search_ugc.media.reviews_and_stars': [
    'Search/r.json',
    json([{ ...contribution, 'Review Comment': 'Good', 'Review Star Rating': 'Five stars' }]),
    ['search_review'],
  ],
  'search_ugc.media.thumbs': [
    'Search/t.json',
    json([{ ...contribution, 'Thumbs Rating': 'Thumbs Up' }]),
    ['search_thumb'],
  ],
  'search_ugc.media.streaming_video_providers': ['Search/p.json', json([{ Published: at }]), ['streaming_provider']],
  'search_ugc.media.watched': ['Search/w.json', json([contribution]), ['watched_title']],
  'searchnotifications.settings': [
    'Notifications/s.csv',
    'Scope Identifier,Opt In State,Channel Importance,Badge,Sound,Alerts,Critical Alerts,Time Sensitive,Notification Center,Displayed on Lock Screen,Accepts Scheduled Delivery,Live Activities,Location Use Allowed\naccount,OPTED_IN,,,,,,,,,,,\n',
    ['notification_setting'],
  ],
  'searchnotifications.subscriptions': [
    'Notifications/t.csv',
    'Subscription Identifier,Subscription State\nbread,HIGH\n',
    ['notification_subscription'],
  ],
  'shopping.reviews': [
    'Shopping/Product Reviews/a.csv',
    'creation_time,title,comment,rating\n2024-05-01T10:00:00Z,Good,"Very, very",5\n',
    ['product_review'],
  ],
  'streetview.imagery': [
    'Street View/a.json',
    json({ gps_track: [{ latitude: 53.3, longitude: -6.2, altitude: 12.5, capture_time: at }] }),
    ['track_point'],
  ],
  'youtube.comments': [
    'YouTube/comments.csv',
    `Comment ID,Channel ID,Comment Create Timestamp,Price,Currency code,Video ID,Comment Text\nc1,${channel},2024-05-01T10:00:00+00:00,0,EUR,${video},"{""text"":""a""}"\n`,
    ['comment'],
  ],
  'youtube.live_chat': [
    'YouTube/live.csv',
    `Live Chat ID,Channel ID,Live Chat Create Timestamp,Price,Currency code,Video ID,Live Chat Text\nc1,${channel},2024-05-01T10:00:00+00:00,990000,EUR,${video},Hi\n`,
    ['live_chat_message'],
  ],
  'youtube.subscriptions': [
    'YouTube/s.csv',
    `Channel Id,Channel Url,Channel Title\n${channel},https://www.youtube.com/channel/${channel},Oven\n`,
    ['subscription'],
  ],
  'youtube.conversations': [
    'YouTube/conversations.csv',
    'Message ID,Message Create Timestamp (UTC)\n1,2024-05-01 10:00:00\n',
    ['message'],
  ],
};
for (const name of ['maps', 'myadcenter', 'play', 'search', 'shopping', 'youtube'])
  Object.assign(examples, { [`myactivity.${name}`]: ['My Activity/a.json', json([activity]), ['activity']] });
for (const privacy of ['private', 'public', 'unlisted']) {
  Object.assign(examples, { [`youtube.${privacy}_videos`]: ['YouTube/videos.csv', videos, ['video']] });
  Object.assign(examples, { [`youtube.${privacy}_playlists`]: ['YouTube/playlists.csv', playlists, ['playlist']] });
}

const ajv = new Ajv2020({ strict: true, validateFormats: false });
const fits = (record: PortedRecord) => isKind(record.kind) && ajv.validate(recordSchema(record.kind), record);

it('every resource with documented fields has an example here', () => {
  const wanted = Object.entries(documented).filter(([name, { hasFields }]) => hasFields && name !== 'mymaps.maps');
  expect(Object.keys(examples).toSorted()).toEqual(wanted.map(([name]) => name).toSorted());
});

it.each(Object.entries(examples))(
  '%s as documented is typed, whole, and fits its schema',
  async (name, [path, content, kinds]) => {
    const { summary, records } = await readFile(name, path, content);
    expect([summary.verdict, summary.problemCounts, summary.noticeCounts]).toEqual(['complete', {}, {}]);
    expect(kindsIn(records)).toEqual(kinds);
    expect(records.filter((record) => !fits(record))).toEqual([]);
  },
);

it.each([
  ['alerts.subscriptions', 'Alerts/a.json', json({ alerts: [{ ...alert, mood: 'calm' }] }), {}, { drift: 1 }],
  ['alerts.subscriptions', 'Alerts/a.json', json([{ ...alert, source: 'NEWS' }]), {}, { drift: 1, wrong_type: 1 }],
  [
    'alerts.subscriptions',
    'Alerts/a.json',
    json([{ language: 'en', country: 'IE', source: ['WEB'] }, 7]),
    { missing_field: 1, unexpected_entry: 1 },
    {},
  ],
  [
    'order_reserve.purchases_reservations',
    'Orders/1.json',
    json({ ...order, creationTime: undefined }),
    { missing_field: 1 },
    {},
  ],
  [
    'order_reserve.purchases_reservations',
    'Orders/1.json',
    json({ ...order, lineItem: 'Soup' }),
    {},
    { drift: 1, wrong_type: 1 },
  ],
  [
    'streetview.imagery',
    'a.json',
    json({ gps_track: [{ latitude: '53.3', longitude: -6.2, capture_time: 'soon', speed: 1 }] }),
    {},
    { drift: 2, time_as_text: 1, wrong_type: 1 },
  ],
  [
    'shopping.reviews',
    'a.csv',
    'creation_time,comment,rating,colour\n2024-05-01T10:00:00Z,a,5,red\n',
    {},
    { drift: 1 },
  ],
  ['discover.follows', 'f.csv', 'Titel,URL\nBrot,https://example.org\n', {}, { drift: 1 }],
  ['searchnotifications.settings', 's.csv', 'Geltungsbereich,Status\nKonto,AN\n', { unrecognised: 1 }, { drift: 1 }],
  ['shopping.reviews', 'Merchant Reviews/a.txt', 'No merchant reviews were found.\n', {}, { no_data_text: 1 }],
])('%s that differs is reported: %s', async (name, path, content, problems, notices) => {
  const { summary } = await readFile(name, `Folder/${path}`, content);
  expect([summary.problemCounts, summary.noticeCounts]).toEqual([problems, notices]);
});

it.each([
  ['alerts.subscriptions', '[]'],
  ['order_reserve.purchases_reservations', '{}'],
  ['streetview.imagery', '{"gps_track":[]}'],
  ['maps.questions_answers', '{"answers":[]}'],
  ['businessmessaging.conversations', '[]'],
  ['maps.ev_profile', '{}'],
])('nothing of %s is complete', async (name, content) => {
  const { summary, records } = await readFile(name, 'Folder/a.json', content);
  expect([summary.verdict, records]).toEqual(['complete', []]);
});

describe('reviews in Shopping', () => {
  it('are of products or of merchants, in other languages by the form of their cells', async () => {
    const merchant = await readFile('shopping.reviews', 'a/a.csv', 'Zeitpunkt,Text,Note\n2024-05-01T10:00:00Z,Gut,5\n');
    expect(merchant.records).toMatchObject([
      { kind: 'merchant_review', occurredAt: '2024-05-01T10:00:00Z', data: { comment: 'Gut', rating: '5' } },
    ]);
    expect(merchant.summary.noticeCounts).toEqual({ columns_by_position: 1 });
  });
});

describe('orders', () => {
  it('have the time in microseconds, and are other than reservations', async () => {
    const { records } = await readFile('order_reserve.purchases_reservations', 'o/1.json', json(order));
    expect(records[0]).toMatchObject({ occurredAt: '2023-11-14T22:13:20.000Z', data: order });
    const reservation = { id: 'r1', merchantName: 'Bistro', startTime: { usecSinceEpochUtc: '1700000000000000' } };
    const other = await readFile('order_reserve.purchases_reservations', 'o/2.json', json(reservation));
    expect(other.records).toMatchObject([
      { kind: 'reservation', occurredAt: '2023-11-14T22:13:20.000Z', data: reservation },
    ]);
  });
});

describe('messages with businesses', () => {
  const message = (text: string) => ({
    timestamp_us: 1700000000000000,
    sender: 'Ada',
    content_type: 'TEXT',
    content: text,
  });

  it('are found in every place, with their conversation', async () => {
    const chats = [
      { application: 'GMB', title: 'Bistro', chat: { messages: [message('a'), message('b')] } },
      { title: 'Empty', messages: [] },
      { title: 'None' },
    ];
    const { summary, records } = await readFile('businessmessaging.conversations', 'c/c.json', json(chats));
    expect(dataOf(records)).toEqual(
      ['a', 'b'].map((text) => ({ ...message(text), conversation: { application: 'GMB', title: 'Bistro' } })),
    );
    expect(records[0]?.occurredAt).toBe('2023-11-14T22:13:20.000Z');
    expect(summary.problems).toEqual([{ kind: 'unexpected_entry', part: 1, entry: 1, index: 2 }]);
  });

  it('name the attachment, which is delivered as it is', async () => {
    const zip = await zipOf([
      { name: 'Portability/Chats/c.json', content: json([{ ...message('a'), export_file_name: 'menu.txt' }]) },
      { name: 'Portability/Chats/menu.txt', content: 'Soup, 2.50\nBread, 1.20\n' },
    ]);
    const { summary, records } = await readZips([zip], { resources: ['businessmessaging.conversations'] });
    expect([summary.verdict, kindsIn(records)]).toEqual(['complete', ['business_message', 'file']]);
    expect(records[0]?.data['media']).toEqual({ part: 1, entry: 2, bytes: 23 });
  });
});

it('events of a camera name their media', async () => {
  const zip = await zipOf([
    { name: 'Portability/Nest/events/1.json', content: json({ type: 'PERSON', clip: 'clips/1.mp4' }) },
    { name: 'Portability/Nest/events/clips/1.mp4', content: Buffer.from('\0\0\0\x18ftypmp42\0\0', 'latin1') },
  ]);
  const { summary, records } = await readZips([zip], { resources: ['nest.camera_event'] });
  expect([summary.verdict, kindsIn(records)]).toEqual(['complete', ['nest_event', 'file']]);
  expect(records[0]?.data['media']).toEqual([{ part: 1, entry: 2, bytes: 14 }]);
});

describe('places', () => {
  const readFeatures = (resource: string, ...features: object[]) =>
    readFile(resource, 'Maps/a.json', json({ type: 'FeatureCollection', features }));

  it('have one location, and no coordinates where both are 0', async () => {
    const unknown = { type: 'Point', coordinates: [0, 0] };
    const { records } = await readFeatures('maps.starred_places', feature({}), feature({ geometry: unknown }));
    expect(dataOf(records)[0]).toMatchObject({ properties: { location: { name: 'Oven' } } });
    expect(dataOf(records)[0]).not.toHaveProperty('writtenGeometry');
    expect(dataOf(records)[1]).toMatchObject({ geometry: null, writtenGeometry: unknown });
    expect(records.every(fits)).toBe(true);
  });

  it('whose properties have other names are reported, with the time where it is known', async () => {
    const old = {
      type: 'Feature',
      properties: { 'Google Maps URL': 'https://example.org', Published: at, Title: 'Oven' },
    };
    const { summary, records } = await readFeatures('maps.starred_places', old);
    expect([records[0]?.occurredAt, summary.noticeCounts]).toEqual([at, {}]);
    const renamed = await readFeatures('maps.reviews', { type: 'Feature', properties: { stars: 4, when: at } });
    expect(renamed.summary.noticeCounts).toEqual({ drift: 1, no_times: 1 });
  });

  it('are reviews where they are published, and drafts where they are not', async () => {
    const draft = { review_text_draft: 'Not sure', five_star_rating_draft: 3 };
    const published = { five_star_rating_published: 4, review_text_published: 'Good' };
    const empty = { review_text_draft: '', five_star_rating_draft: 0 };
    const { records } = await readFeatures(
      'maps.reviews',
      feature(draft),
      feature({ ...published, ...draft }),
      feature({ ...published, ...empty }),
    );
    expect(kindsIn(records)).toEqual(['review_draft', 'review', 'review_draft', 'review']);
    expect(dataOf(records)[0]?.['properties']).toMatchObject(draft);
    expect(dataOf(records)[1]?.['properties']).toMatchObject(published);
    expect(Object.keys(dataOf(records)[1]?.['properties'] as object)).not.toContain('review_text_draft');
    expect(Object.keys(dataOf(records)[2]?.['properties'] as object)).not.toContain('review_text_published');
    expect(records.every(fits)).toBe(true);
  });
});

it('fields that are derived are no part of the key', async () => {
  const read = (rating: string) =>
    readFile(
      'search_ugc.media.reviews_and_stars',
      's/r.json',
      json([{ ...contribution, 'Review Star Rating': rating }]),
    );
  expect((await read('Five stars')).records[0]?.data).toMatchObject({ stars: 5, 'Review Star Rating': 'Five stars' });
  expect((await read('3 stars')).records[0]?.data['stars']).toBe(3);
  expect((await read('Fünf Sterne')).records[0]?.data).not.toHaveProperty('stars');
  const { records } = await readFile(
    'discover.not_interested',
    'd/n.csv',
    'entity_name,setting_value\nNoise,blocked\n',
  );
  expect(dataOf(records)).toEqual([
    { columns: { entity_name: 'Noise', setting_value: 'blocked' }, entityName: 'Noise', settingValue: 'blocked' },
  ]);
});

it('a redemption has its time', async () => {
  const { records } = await readFile(
    'play.redemptions',
    'p/r.json',
    play('redemptionHistory', { redemptionChangeTime: at }),
  );
  expect(records[0]?.occurredAt).toBe(at);
});

it('the sheet of interactions in videos is read', async () => {
  const { summary, records } = await readFile(
    'youtube.public_videos',
    'y/i.csv',
    `Video Interaction ID,Video Interaction Create Timestamp,Video Interaction Type\n${video},2024-05-01T10:00:00+00:00,VIDEO_LINK\n`,
  );
  expect([summary.verdict, summary.noticeCounts, kindsIn(records)]).toEqual(['complete', {}, ['video_interaction']]);
  expect(records[0]?.occurredAt).toBe('2024-05-01T10:00:00Z');
});

it.each([
  ['four', 'title,note,item_content_url,comments\nOven,warm,https://example.org/1,good\n'],
  ['five', 'Title,Note,URL,Tags,Comment\nOven,warm,https://example.org/1,,good\n'],
  [
    'six',
    'collection_description,title,note,item_content_url,tags,comments\nBread,Oven,warm,https://example.org/1,,good\n',
  ],
])('a saved list of %s columns is read', async (_count, content) => {
  const { summary, records } = await readFile('saved.collections', 'Saved/Bread.csv', content);
  expect([summary.verdict, kindsIn(records)]).toEqual(['complete', ['saved_item']]);
  expect(records[0]?.data).toMatchObject({
    title: 'Oven',
    note: 'warm',
    url: 'https://example.org/1',
    comment: 'good',
    list: 'Bread',
  });
});
