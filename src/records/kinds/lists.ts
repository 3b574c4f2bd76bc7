/** Saved lists, Discover and contributions to Search (docs/google-api.md §A9). */
import { z } from 'zod';

import { rowFields, text, type Kind } from './kind';

export const savedColumns = { title: 'Title', note: 'Note', url: 'URL', tags: 'Tags', comment: 'Comment' } as const;

const openRow = {
  schema: z.looseObject({ columns: z.record(z.string(), z.string()).describe('Cells by header, as written') }),
  required: ['columns'],
  open: true,
} as const;

const contribution = {
  schema: z.looseObject({
    'Search Query': text(),
    Published: text(),
    Updated: text(),
    'Review Star Rating': text('As shown; not a number'),
    'Thumbs Rating': text(),
  }),
  required: [],
  open: true,
} as const;

export const listKinds = {
  saved_item: {
    title: 'An item of a saved list',
    schema: z.looseObject({
      ...rowFields(savedColumns),
      list: text('Name of the file, which is the name the person gave the list'),
      listDescription: text('Lines above the header; not part of the key'),
    }),
    required: ['url'],
    mapping: 'schema.org `BookmarkAction`: `object.url` ← `url`, `object.name` ← `title`, `description` ← `note`',
  },
  discover_follow: { title: 'Followed in Discover', ...openRow, mapping: 'ActivityStreams `Follow`' },
  discover_like: { title: 'Liked in Discover', ...openRow, mapping: 'ActivityStreams `Like`' },
  discover_not_interested: { title: 'Hidden in Discover', ...openRow, mapping: 'ActivityStreams `Ignore`' },
  search_comment: { title: 'A comment in Search', ...contribution, mapping: 'schema.org `Comment`' },
  search_review: { title: 'A review or stars in Search', ...contribution, mapping: 'schema.org `Review`' },
  streaming_provider: { title: 'A streaming provider chosen in Search', ...contribution },
  search_thumb: {
    title: 'A thumb up or down in Search',
    ...contribution,
    mapping: 'ActivityStreams `Like`, `Dislike`',
  },
  watched_title: { title: 'A title marked as watched in Search', ...contribution, mapping: 'schema.org `WatchAction`' },
} as const satisfies Record<string, Kind>;
