/** G/schema-reference/maps: of two objects the fields were read, of the others the summary and real files. */
import {
  anyJson,
  degrees,
  digits,
  instant,
  json,
  list,
  marked,
  media,
  object,
  text,
  type Check,
  type DocumentedResource,
} from '../documented';

const latLng = object({ latitude: degrees, longitude: degrees });
const pair = { type: 'array', items: degrees, minItems: 2, maxItems: 2 };
const nameAndAddress = object({ name: text, address: text });

const byPage = object({
  geometry: object({ type: { const: 'Point' }, coordinates: latLng }),
  property: nameAndAddress,
});
const inFiles = object({
  type: { const: 'Feature' },
  geometry: object({ type: { const: 'Point' }, coordinates: pair }),
  properties: nameAndAddress,
});

const exifPlace = object({ latitude: degrees, longitude: degrees, altitude: { type: 'number' } });
const timestamp = object({ timestamp: digits });

const photoFacts = json({
  $comment: 'Real files; G/schema-reference/maps names the contents in its summary',
  ...object({
    title: text,
    description: text,
    imageViews: digits,
    creationTime: timestamp,
    photoTakenTime: timestamp,
    geoData: exifPlace,
    geoDataExif: exifPlace,
    url: text,
  }),
});

/** The facts name a media file next to them. */
const sidecar: Check = async (bytes, context) => {
  const { title } = JSON.parse(bytes.toString()) as { title: string };
  const mediaPath = context.path.replace(/[^/]*$/, title);
  return [
    ...(await photoFacts(bytes, context)),
    ...(context.files.has(mediaPath) ? [] : [`names ${title}, not there`]),
  ];
};

const trip = object({
  id: text,
  place_visit: list(object({ place: object({ lat_lng: latLng }) })),
  transition: list(object({ route: object({ travel_mode: text }) })),
});

const dishes = 'Added dishes, products, activities';

export const maps: DocumentedResource[] = [
  {
    resource: 'maps.aliased_places',
    page: 'maps',
    read: 'excerpts',
    fields: 'page and real files',
    files: [
      {
        name: 'My labeled places/Labeled places.json',
        path: /^My labeled places\/.*\.json$/,
        check: json({
          $comment:
            'G/schema-reference/maps, Aliased places: `feature.property`, a "latlng object"; or as in real files',
          anyOf: [
            object({ features: list(byPage) }),
            object({ type: { const: 'FeatureCollection' }, features: list(inFiles) }),
          ],
        }),
      },
    ],
    forms: { 'the form of the page': /"property": \{/, 'the form of real files': /"properties": \{/ },
  },
  {
    resource: 'maps.commute_routes',
    page: 'maps',
    read: 'summary',
    fields: 'real files',
    files: [
      {
        name: 'Commute routes/Commute routes.json',
        path: /^Commute routes\/.*\.json$/,
        check: json({ $comment: 'Real files; G/schema-reference/maps says JSON', ...object({ trips: list(trip) }) }),
      },
    ],
  },
  ...[
    'commute_settings:Commute settings',
    'ev_profile:Electric vehicle settings',
    'vehicle_profile:Vehicle profile',
  ].map((both): DocumentedResource => {
    const [resource = '', name = ''] = both.split(':');
    return {
      resource: `maps.${resource}`,
      page: 'maps',
      read: 'summary',
      fields: 'invented',
      files: [{ name: `${name}/${name}.json`, path: /^([^/]+)\/\1\.json$/, check: marked(anyJson) }],
    };
  }),
  {
    resource: 'maps.factual_contributions',
    page: 'maps',
    read: 'summary',
    fields: 'invented',
    files: ['Suggested edits to business establishments', 'Answers to automated questions'].map((folder) => ({
      name: `${folder}/*.json`,
      path: new RegExp(`^${folder}/\\d{13}\\.json$`),
      check: marked(anyJson),
    })),
  },
  {
    resource: 'maps.offering_contributions',
    page: 'maps',
    read: 'whole',
    fields: 'page and real files',
    files: [
      {
        name: `${dishes}/${dishes}.json`,
        path: /\.json$/,
        check: json({
          $comment: 'G/schema-reference/maps, first object; the key `contributions` in real files',
          ...object({ contributions: list(object({ photo_url: text, text, created: instant })) }),
        }),
      },
    ],
  },
  {
    resource: 'maps.questions_answers',
    page: 'maps',
    read: 'summary',
    fields: 'in part invented',
    files: [
      {
        name: 'Questions and Answers/Questions and Answers.json',
        path: /\.json$/,
        check: marked(
          json({
            $comment: 'Real files have at least `answers`',
            type: 'object',
            properties: { answers: { type: 'array' } },
            required: ['answers'],
          }),
        ),
      },
    ],
  },
  {
    resource: 'maps.photos_videos',
    page: 'maps',
    read: 'summary',
    fields: 'real files',
    files: [
      { name: 'Photos and videos/*.json', path: /^Photos and videos\/.*\.json$/, check: sidecar },
      { name: 'Photos and videos/* (JPG, PNG, MP4)', path: /^Photos and videos\/.*\.(jpg|png|mp4)$/, check: media },
    ],
    forms: { 'a place that is not known': /"latitude": 0,/, 'a video': /"title": "[^"]*\.mp4"/ },
  },
];
