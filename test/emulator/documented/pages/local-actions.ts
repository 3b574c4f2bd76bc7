/** G/schema-reference/local_actions, "Maps (your places)": the page's form, and that of real files. */
import { degrees, instant, json, list, object, text, type DocumentedResource } from '../documented';
import type { AnySchemaObject } from 'ajv/dist/2020';

const place = object({ address: text, name: text, country_code: { type: 'string', pattern: '^[A-Z]{2}$' } });

const geometry = object({
  type: { const: 'Point' },
  coordinates: { type: 'array', items: degrees, minItems: 2, maxItems: 2 },
});

/** The page has the facts on the feature, real files under `properties`; the page has `location` as a list. */
function collection(facts: Record<string, AnySchemaObject>, optional: readonly string[]): AnySchemaObject {
  const byPage = object({ type: { const: 'Feature' }, geometry, ...facts, location: list(place) }, [...optional]);
  const inFiles = object({ ...facts, location: place, Comment: text }, [...optional, 'Comment']);
  const real = object({ type: { const: 'Feature' }, geometry, properties: inFiles });
  const features = { anyOf: [list(byPage), list(real)] };
  return object({ type: { const: 'FeatureCollection' }, features });
}

const common = { date: instant, google_maps_url: text };
const stars = { type: 'integer', minimum: 1, maximum: 5 };

const question = {
  anyOf: [object({ question: text, rating: stars }), object({ question: text, selected_option: text })],
};

const reviewFacts = {
  ...common,
  five_star_rating_published: stars,
  five_star_rating_draft: stars,
  review_text_published: text,
  review_text_draft: text,
  questions: list(question),
};

const forms = {
  'location as a list': /"location": \[/,
  'location as one object': /"location": \{/,
  'an unknown place': /"coordinates": \[\s*0,\s*0\s*\]/,
  'a time without fraction': /"date": "[^".]*Z"/,
  'a time with a fraction': /"date": "[^"]*\.\d+Z"/,
};

export const localActions: DocumentedResource[] = [
  {
    resource: 'maps.starred_places',
    page: 'local_actions',
    read: 'whole',
    fields: 'page and real files',
    files: [
      {
        name: 'Saved Places.json',
        path: /\.json$/,
        check: json({
          $comment: 'G/schema-reference/local_actions, Starred places; placement under properties in real files',
          ...collection(common, ['location']),
        }),
      },
    ],
    forms,
  },
  {
    resource: 'maps.reviews',
    page: 'local_actions',
    read: 'excerpts',
    fields: 'page and real files',
    files: [
      {
        name: 'Reviews.json',
        path: /\.json$/,
        check: json({
          $comment: 'G/schema-reference/local_actions, Reviews; `questions` in real files',
          ...collection(reviewFacts, Object.keys(reviewFacts).slice(2)),
        }),
      },
    ],
    forms: { ...forms, 'a draft': /five_star_rating_draft/, 'the text of a draft': /review_text_draft/ },
  },
];
