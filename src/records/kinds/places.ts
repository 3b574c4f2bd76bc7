/** Data that the person set, suggested and recorded in Maps, Street View and Nest (docs/google-api.md §A7 and §A9). */
import { z } from 'zod';

import { anything, text, type Kind } from './kind';

const open = { schema: z.looseObject({}), required: [], open: true } as const;
const media = z.looseObject({ part: z.int(), entry: z.int(), bytes: z.int() });
const latLng = z.looseObject({ latitude: z.number().optional(), longitude: z.number().optional() }).optional();

export const placeKinds = {
  commute_route: {
    title: 'A trip that the person pinned',
    schema: z.looseObject({
      id: anything(),
      place_visit: z
        .array(z.looseObject({ place: z.looseObject({ lat_lng: latLng }).optional() }))
        .describe('The start and the end of the trip')
        .optional(),
      transition: z.array(z.looseObject({ route: z.looseObject({ travel_mode: text() }).optional() })).optional(),
    }),
    required: [],
    open: true,
    mapping: 'schema.org `Trip`: `itinerary` ← `place_visit`',
  },
  commute_setting: { title: 'How the person prefers to commute', ...open },
  ev_profile: { title: 'The connectors of an electric vehicle', ...open },
  vehicle_profile: { title: 'The make and model of a vehicle', ...open },
  offering_contribution: {
    title: 'A dish, product or activity that the person added to a place',
    schema: z.looseObject({ photo_url: text('The photo that has the tag'), text: text(), created: text() }),
    required: ['created'],
    mapping: 'schema.org `CreateAction`: `object.name` ← `text`, `endTime` ← `created`',
  },
  factual_contribution: { title: 'An edit of a place, or an answer about a place', ...open },
  place_question: {
    title: 'A question or an answer about a place',
    schema: z.looseObject({
      section: text('Key of the list that contained it, such as `answers`'),
      fields: z.record(z.string(), anything()).describe('The entry’s own fields').optional(),
    }),
    required: ['section'],
    open: true,
  },
  track_point: {
    title: 'The place of a camera while it recorded for Street View',
    schema: z.looseObject({
      latitude: z.number().describe('Degrees').optional(),
      longitude: z.number().describe('Degrees').optional(),
      altitude: z.number().describe('Present when it is known').optional(),
      capture_time: text(),
      track: text('Name of the file that holds the track'),
      media: media
        .describe('The member that holds the video or picture of the same name; not part of the key')
        .optional(),
    }),
    required: ['latitude', 'longitude', 'capture_time'],
    mapping: 'schema.org `GeoCoordinates`: `latitude`, `longitude`, `elevation` ← `altitude`',
  },
  nest_event: {
    title: 'Something that a Nest camera noticed, such as a person or a package',
    schema: z.looseObject({
      media: z.array(media).describe('The members that hold the clip or pictures; not part of the key').optional(),
    }),
    required: [],
    open: true,
  },
} as const satisfies Record<string, Kind>;
