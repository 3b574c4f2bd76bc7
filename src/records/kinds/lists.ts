/** Saved lists, Discover and contributions to Search (docs/google-api.md §A9). */
import { z } from 'zod';

import { rowFields, text, type Kind } from './kind';
import { linkObject } from './link-object';

export const savedColumns = { title: 'Title', note: 'Note', url: 'URL', tags: 'Tags', comment: 'Comment' } as const;

const openRow = {
  schema: z.looseObject({
    columns: z.record(z.string(), z.string()).describe('The cells as Google wrote them, by header'),
  }),
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
    'Review Star Rating': text('The text that Google shows, such as `Five stars`'),
    stars: z
      .int()
      .min(1)
      .max(5)
      .describe('`Review Star Rating` as a number, when it is written in English; not part of the key')
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
      list: text('Name of the file; it is the name that the person gave the list'),
      listDescription: text('The lines above the header row; not part of the key'),
      object: linkObject('`url`'),
    }),
    required: ['url'],
    mapping: 'schema.org `BookmarkAction`: `object.url` ← `url`, `object.name` ← `title`, `description` ← `note`',
  },
  discover_follow: {
    title: 'Something that the person follows in Discover',
    ...columnsOf({ followedEntity: 'Name of the site or of the search' }),
    mapping: 'ActivityStreams `Follow`: `object.name` ← `followedEntity`',
  },
  discover_like: {
    title: 'Something that the person liked in Discover',
    ...openRow,
    mapping: 'ActivityStreams `Like`',
  },
  discover_not_interested: {
    title: 'Something that the person hid, blocked or does not prefer in Discover',
    ...columnsOf({
      entityName: 'A topic, source, publisher or language',
      settingValue: '`not_interested`, `blocked`, `not_preferred`',
    }),
    mapping:
      'ActivityStreams by `settingValue`: `Ignore` for `not_interested`, `Block` for `blocked`, none for `not_preferred`; `object.name` ← `entityName`',
  },
  search_comment: { title: 'A comment in Search', ...contribution, mapping: 'schema.org `Comment`' },
  search_review: {
    title: 'A review, or only stars, in Search',
    ...contribution,
    mapping:
      'schema.org `Review`: `itemReviewed.name` ← `Search Query`, `reviewBody` ← `Review Comment`, `reviewRating` ← `stars`, `datePublished` ← `Published`',
  },
  streaming_provider: { title: 'A streaming provider that the person chose in Search', ...contribution },
  search_thumb: {
    title: 'A rating in Search with a thumb up or down',
    ...contribution,
    mapping: 'ActivityStreams `Like` or `Dislike` by `Thumbs Rating`',
  },
  watched_title: {
    title: 'A title that the person marked as watched in Search',
    ...contribution,
    mapping: 'schema.org `WatchAction`',
  },
} as const satisfies Record<string, Kind>;
