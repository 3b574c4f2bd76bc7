/** Saved lists, Discover and contributions to Search (docs/google-api.md §A9). */
import { z } from 'zod';

import { rowFields, text, type Kind } from './kind';

export const savedColumns = { title: 'Title', note: 'Note', url: 'URL', tags: 'Tags', comment: 'Comment' } as const;

const openRow = {
  schema: z.looseObject({ columns: z.record(z.string(), z.string()).describe('Cells by header, as written') }),
  required: ['columns'],
  open: true,
} as const;

/** Columns of Discover; the pages in other languages have them in English too. */
export const discoverColumns = {
  followed_entity: 'followedEntity',
  entity_name: 'entityName',
  setting_value: 'settingValue',
} as const;
const columnsOf = (fields: Record<string, string>) => ({
  ...openRow,
  schema: openRow.schema.extend(
    Object.fromEntries(
      Object.entries(fields).map(([name, description]) => [name, text(`${description}; from \`columns\``)]),
    ),
  ),
});

const contribution = {
  schema: z.looseObject({
    'Search Query': text(),
    Published: text(),
    Updated: text(),
    'Review Comment': text('The text of the review'),
    'Review Star Rating': text('As shown, for example `Five stars`'),
    stars: z
      .int()
      .min(1)
      .max(5)
      .describe('`Review Star Rating` as a number, where it is in English; not part of the key')
      .optional(),
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
  discover_follow: {
    title: 'Followed in Discover',
    ...columnsOf({ followedEntity: 'Name of the site or of the search' }),
    mapping: 'ActivityStreams `Follow`: `object.name` ← `followedEntity`',
  },
  discover_like: { title: 'Liked in Discover', ...openRow, mapping: 'ActivityStreams `Like`' },
  discover_not_interested: {
    title: 'Hidden, blocked or not preferred in Discover',
    ...columnsOf({
      entityName: 'A topic, source, publisher or language',
      settingValue: '`not_interested`, `blocked`, `not_preferred`',
    }),
    mapping:
      'ActivityStreams by `settingValue`: `Ignore` for `not_interested`, `Block` for `blocked`, none for `not_preferred`; `object.name` ← `entityName`',
  },
  search_comment: { title: 'A comment in Search', ...contribution, mapping: 'schema.org `Comment`' },
  search_review: {
    title: 'A review or stars in Search',
    ...contribution,
    mapping:
      'schema.org `Review`: `itemReviewed.name` ← `Search Query`, `reviewBody` ← `Review Comment`, `reviewRating` ← `stars`, `datePublished` ← `Published`',
  },
  streaming_provider: { title: 'A streaming provider chosen in Search', ...contribution },
  search_thumb: {
    title: 'A thumb up or down in Search',
    ...contribution,
    mapping: 'ActivityStreams `Like` or `Dislike` by `Thumbs Rating`',
  },
  watched_title: { title: 'A title marked as watched in Search', ...contribution, mapping: 'schema.org `WatchAction`' },
} as const satisfies Record<string, Kind>;
