// Entries as Google's files hold them, for the benchmarks of readers.

export const at = (number) => new Date(1_770_000_000_000 - number * 61_007).toISOString();
/** An entry of My Activity. */
export const activity = (number) => ({
  header: 'YouTube',
  title: `Watched how to bake bread, part ${number}`,
  titleUrl: `https://www.youtube.com/watch?v=${(number * 7919).toString(36).padStart(11, 'x')}`,
  subtitles: [{ name: `Kanal für Brot ${number % 97}`, url: `https://www.youtube.com/channel/UC${number % 97}` }],
  time: at(number),
  products: ['YouTube'],
  ...(number % 10 === 0 && { details: [{ name: 'From Google Ads' }] }),
  activityControls: ['YouTube watch history'],
});
/** An entry of Chrome's history. */
export const visit = (number) => ({
  favicon_url: `https://example.org/${number % 50}/favicon.ico`,
  page_transition: 'LINK',
  title: `A page about bread, number ${number}`,
  url: `https://example.org/${number % 50}/pages/${(number * 7919).toString(36)}`,
  time_usec: Date.parse(at(number)) * 1_000 + 7,
  client_id: 'qZ8fK1mB2vR5tY7uI9oP0a',
});
