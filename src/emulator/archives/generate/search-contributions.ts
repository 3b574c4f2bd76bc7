/** Contributions to Search, by the page `search_ugc` (docs/google-api.md §A9): JSON with readable keys. */
import { jsonFile, type Producer } from './produce';
import { happenings, type Happening, type Subject } from './subject';
import { iso } from './times';
import { undocumented } from './undocumented';

const stars = ['One star', 'Two stars', 'Three stars', 'Four stars', 'Five stars'];

/** When it was done, its subject, and its last change. */
function common({ words }: Subject, { at, chance }: Happening): Record<string, unknown> {
  const updatedAt = chance.happens(0.2) ? at + chance.between(1, 3_600_000) : at;
  return { Published: iso(at), 'Search Query': chance.pick(words.topics), Updated: iso(updatedAt) };
}

interface Shape {
  file: string;
  entry: (subject: Subject, happening: Happening) => Record<string, unknown>;
}

const shapes: Record<string, Shape> = {
  // The page states JSON, and nothing about its fields.
  'search_ugc.comments': {
    file: 'Comments on Search',
    entry: ({ words }, { at, chance }) => ({ Comment: undocumented(chance.pick(words.topics)), Published: iso(at) }),
  },
  'search_ugc.media.reviews_and_stars': {
    file: 'Reviews',
    entry: (subject, happening) => ({
      ...common(subject, happening),
      ...(happening.chance.happens(0.7) && { 'Review Comment': happening.chance.pick(subject.words.topics) }),
      'Review Star Rating': happening.chance.pick(stars),
    }),
  },
  // Of the fields only the first is known.
  'search_ugc.media.streaming_video_providers': {
    file: 'Streaming video providers',
    entry: (_subject, { at, chance }) => ({
      Published: iso(at),
      Provider: undocumented(chance.pick(['Example Films', 'Screen Plus'])),
    }),
  },
  'search_ugc.media.thumbs': {
    file: 'Thumbs',
    entry: (subject, happening) => ({
      ...common(subject, happening),
      'Thumbs Rating': happening.chance.pick(['Thumbs Up', 'Thumbs Down']),
    }),
  },
  'search_ugc.media.watched': { file: 'Watched', entry: common },
};

export const searchContributions: Producer = (subject) => {
  const shape = shapes[subject.resource];
  const contributions = happenings(subject, subject.resource, [0, 1]);
  const entries = shape === undefined ? [] : contributions.map((happening) => shape.entry(subject, happening));
  return {
    service: 'SEARCH_CONTRIBUTIONS',
    folder: subject.words.folders.search,
    files: shape === undefined || entries.length === 0 ? [] : [jsonFile(`${shape.file}.json`, entries)],
  };
};
