/** Saved lists, Discover, and contributions to Search (docs/google-api.md §A9). */
import { csvFile, jsonFile, textFile, type Producer } from './produce';
import { happenings } from './subject';

/** One CSV per list, named by the person; a description may stand above the header, a row of commas below it. */
export const saved: Producer = (subject) => {
  const { words } = subject;
  const items = happenings(subject, subject.resource, [0, 2]);
  const lists = new Map<string, typeof items>();
  for (const item of items) {
    const name = words.topics[item.chance.between(0, 2)] ?? '';
    lists.set(name, [...(lists.get(name) ?? []), item]);
  }
  const files = [...lists].map(([name, entries], index) => {
    const rows = entries.map(({ chance }) => {
      const feature = `0x${chance.hex(16)}:0x${chance.hex(16)}`;
      const url = `https://www.google.com/maps/place/Example/data=!4m2!3m1!1s${feature}`;
      return [chance.pick(words.topics), chance.happens(0.3) ? '=not a formula' : '', url, '', ''];
    });
    const columns = ['Title', 'Note', 'URL', 'Tags', 'Comment'];
    const file = csvFile(
      subject,
      `${name.replaceAll(/["/]/g, '')}.csv`,
      columns,
      index === 0 ? [['', '', '', '', ''], ...rows] : rows,
    );
    if (index !== 0) return file;
    const text = `\uFEFF${words.topics[0] ?? ''}\n${String(file.content.bytes)}`.replaceAll('\n', '\r\n');
    return textFile(file.path, text);
  });
  return { service: 'SAVE', folder: words.folders.saved, files };
};

const discoverFiles: Record<string, string> = {
  'discover.follows': 'Follows',
  'discover.likes': 'Likes',
  'discover.not_interested': 'Not Interested',
};

export const discover: Producer = (subject) => {
  const rows = happenings(subject, subject.resource, [0, 1]).map(({ at, chance }) => [
    chance.pick(subject.words.topics),
    `https://news.example.org/${chance.letters(6)}`,
    new Date(at).toISOString(),
  ]);
  const name = discoverFiles[subject.resource] ?? subject.resource;
  const files = rows.length === 0 ? [] : [csvFile(subject, `${name}.csv`, ['Title', 'URL', 'Time'], rows)];
  return { service: 'DISCOVER', folder: subject.words.folders.discover, files };
};

const searchFiles: Record<string, string> = {
  'search_ugc.comments': 'Comments',
  'search_ugc.media.reviews_and_stars': 'Reviews and stars',
  'search_ugc.media.streaming_video_providers': 'Streaming video providers',
  'search_ugc.media.thumbs': 'Thumbs',
  'search_ugc.media.watched': 'Watched',
};

/** JSON with readable keys; the stars are text. */
export const searchContributions: Producer = (subject) => {
  const { words, resource } = subject;
  const rows = happenings(subject, resource, [0, 1]).map(({ at, chance }) => ({
    'Search Query': chance.pick(words.topics),
    Published: new Date(at).toISOString(),
    Updated: new Date(at).toISOString(),
    ...(resource.endsWith('stars') && { 'Review Star Rating': `${chance.between(1, 5)} stars` }),
    ...(resource.endsWith('thumbs') && { 'Thumbs Rating': chance.pick(['Thumbs up', 'Thumbs down']) }),
  }));
  const files = rows.length === 0 ? [] : [jsonFile(`${searchFiles[resource] ?? resource}.json`, rows)];
  return { service: 'SEARCH_CONTRIBUTIONS', folder: words.folders.search, files };
};
