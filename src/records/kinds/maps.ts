/** Places, reviews and photos (docs/google-api.md §A7). Coordinates are longitude first, as GeoJSON has them. */
import { z } from 'zod';

import { anything, text, type Kind } from './kind';
import { linkObject } from './link-object';

const geometry = z
  .looseObject({ type: text(), coordinates: anything() })
  .nullable()
  .describe('`null` when Google wrote [0, 0], which means that the place is not known')
  .optional();
const writtenGeometry = anything('The geometry that Google wrote, when `geometry` differs from it');
const location = z.looseObject({ name: text(), address: text(), country_code: text() }).optional();

const feature = (properties: Record<string, z.ZodType>) =>
  z.looseObject({ type: text(), geometry, writtenGeometry, properties: z.looseObject(properties).optional() });

/** A feature with a link to Maps. */
const linkedFeature = (properties: Record<string, z.ZodType>) =>
  feature(properties).extend({ object: linkObject('`properties.google_maps_url`') });

/** Fields of a review that the person has not published. */
export const draftFields = ['five_star_rating_draft', 'review_text_draft'] as const;

/** Properties that places are known to have; the last ones are those of files of 2018. */
export const placeProperties = [
  ...['date', 'google_maps_url', 'location', 'moreLocations', 'name', 'address', 'Comment', 'country_code'],
  ...['Google Maps URL', 'Location', 'Published', 'Title', 'Updated'],
];
export const reviewProperties = [
  ...placeProperties,
  ...['five_star_rating_published', 'review_text_published', 'questions', ...draftFields],
];

export const mapsKinds = {
  saved_place: {
    title: 'A starred place',
    schema: linkedFeature({ date: text(), google_maps_url: text(), location, Comment: text() }),
    required: ['properties'],
    mapping:
      'schema.org `Place`: `name` and `address` ← `properties.location`, `geo` ← `geometry`, `hasMap` ← `properties.google_maps_url`',
  },
  labeled_place: {
    title: 'A place to which the person gave a label',
    schema: feature({ name: text(), address: text() }),
    required: ['properties'],
    mapping: 'schema.org `Place`: `name` ← `properties.name`, `address` ← `properties.address`, `geo` ← `geometry`',
  },
  review: {
    title: 'A review of a place',
    schema: linkedFeature({
      date: text(),
      google_maps_url: text(),
      five_star_rating_published: anything(),
      review_text_published: text(),
      location,
      questions: z.array(z.looseObject({ question: text(), rating: anything(), selected_option: text() })).optional(),
    }),
    required: ['properties'],
    mapping:
      'schema.org `Review`: `itemReviewed` ← `properties.location`, `reviewRating` ← `properties.five_star_rating_published`, `reviewBody` ← `properties.review_text_published`, `datePublished` ← `properties.date`',
  },
  review_draft: {
    title: 'A review of a place that the person has not published',
    schema: linkedFeature({
      date: text(),
      google_maps_url: text(),
      five_star_rating_draft: anything(),
      review_text_draft: text(),
      location,
    }),
    required: ['properties'],
  },
  photo: {
    title: 'A photo or video that the person posted on Maps',
    schema: z.looseObject({
      title: text(),
      description: text(),
      creationTime: anything(),
      photoTakenTime: anything(),
      geoDataExif: anything(),
      url: text(),
      media: z
        .looseObject({ part: z.int(), entry: z.int(), bytes: z.int() })
        .describe('The member that holds the photo or video; not part of the key')
        .optional(),
    }),
    required: [],
    open: true,
    mapping: 'schema.org `ImageObject`: `name` ← `title`, `contentUrl` ← `media`, `url` ← `url`',
  },
} as const satisfies Record<string, Kind>;
