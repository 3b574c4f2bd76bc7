/** G/schema-reference/search_ugc. */
import { anyJson, instant, json, list, marked, object, oneOf, text, type DocumentedResource } from '../documented';

const common = { Published: instant, 'Search Query': text, Updated: instant };

export const searchUgc: DocumentedResource[] = [
  {
    resource: 'search_ugc.media.thumbs',
    page: 'search_ugc',
    read: 'whole',
    fields: 'page',
    files: [
      {
        name: 'Thumbs.json',
        path: /\.json$/,
        check: json({
          $comment: 'G/schema-reference/search_ugc, Thumbs',
          ...list(object({ ...common, 'Thumbs Rating': oneOf('Thumbs Up', 'Thumbs Down') })),
        }),
      },
    ],
  },
  {
    resource: 'search_ugc.media.reviews_and_stars',
    page: 'search_ugc',
    read: 'whole',
    fields: 'page',
    files: [
      {
        name: 'Reviews.json',
        path: /\.json$/,
        check: json({
          $comment: 'G/schema-reference/search_ugc, Reviews; the page shows "Five stars" as example',
          ...list(
            object(
              {
                ...common,
                'Review Comment': text,
                'Review Star Rating': oneOf('One star', 'Two stars', 'Three stars', 'Four stars', 'Five stars'),
              },
              ['Review Comment'],
            ),
          ),
        }),
      },
    ],
    forms: { 'the text of a review': /"Review Comment": ".+"/, 'an entry that changed later': /"Updated"/ },
  },
  {
    resource: 'search_ugc.comments',
    page: 'search_ugc',
    read: 'whole; names no fields',
    fields: 'invented',
    files: [{ name: 'Comments on Search.json', path: /\.json$/, check: marked(anyJson) }],
  },
  {
    resource: 'search_ugc.media.streaming_video_providers',
    page: 'search_ugc',
    read: 'excerpts',
    fields: 'in part invented',
    files: [
      {
        name: 'Streaming video providers.json',
        path: /\.json$/,
        check: marked(
          json({
            $comment: 'G/schema-reference/search_ugc, Streaming video providers: the first field',
            ...list({ type: 'object', properties: { Published: instant }, required: ['Published'] }),
          }),
        ),
      },
    ],
  },
  {
    resource: 'search_ugc.media.watched',
    page: 'search_ugc',
    read: 'summary',
    fields: 'page',
    files: [
      {
        name: 'Watched.json',
        path: /\.json$/,
        check: json({ $comment: 'G/schema-reference/search_ugc, summary', ...list(object(common)) }),
      },
    ],
  },
];
