/** Entries of My Activity (docs/google-api.md §A4). */
import { z } from 'zod';

import type { Verb } from '../links/link-types';
import { text, texts, type Kind } from './kind';
import { linkObject } from './link-object';

/** The action of an entry, by its link, with the type of ActivityStreams 2.0 and of schema.org that fits. */
export const verbs = {
  watched: { meaning: 'the person watched a video', activityStreams: 'View', schemaOrg: 'WatchAction' },
  listened: { meaning: 'the person listened to music', activityStreams: 'Listen', schemaOrg: 'ListenAction' },
  searched: { meaning: 'the person searched for something', activityStreams: 'Activity', schemaOrg: 'SearchAction' },
  visited: { meaning: 'the person opened a page from Google', activityStreams: 'View', schemaOrg: 'ViewAction' },
  viewed: {
    meaning: 'the person looked at a product or an area of the map',
    activityStreams: 'View',
    schemaOrg: 'ViewAction',
  },
  routed: { meaning: 'the person asked for a route', activityStreams: 'Activity', schemaOrg: 'Action' },
} as const satisfies Record<Verb, { meaning: string; activityStreams: string; schemaOrg: string }>;

const named = z.looseObject({ name: text(), url: text() });

export const activityKinds = {
  activity: {
    title: 'An entry of My Activity',
    schema: z.looseObject({
      header: text('A product or a domain'),
      title: text('A sentence in the language of the account; do not draw conclusions from its words'),
      titleUrl: text(),
      subtitles: z.array(named).describe('For YouTube: the channel').optional(),
      description: text(),
      time: text('RFC 3339; in HTML archives the text that Google shows'),
      products: texts(),
      details: z.array(named).optional(),
      activityControls: texts('The settings because of which Google kept the entry'),
      locationInfos: z.array(z.looseObject({ name: text(), url: text(), source: text() })).optional(),
      imageFile: text('Name of a file in the same folder'),
      audioFiles: texts(),
      attachedFiles: texts(),
      captions: z
        .array(z.looseObject({ label: text(), lines: z.array(named).optional() }))
        .describe('Only from HTML archives: captions in a language that Portage does not know')
        .optional(),
      verb: z
        .enum(Object.keys(verbs) as [Verb, ...Verb[]])
        .describe('Portage derives it from `titleUrl`, when it is certain; not part of the key')
        .optional(),
      object: linkObject('`titleUrl` and `subtitles`'),
      isAd: z.literal(true).describe('Present when it is known; not part of the key').optional(),
    }),
    required: ['header', 'title', 'time', 'products'],
    mapping:
      'ActivityStreams by `verb`: `View` for `watched`, `View` for `visited`, `View` for `viewed`, `Listen` for `listened`, `Activity` for `searched`, `Activity` for `routed`; `summary` ← `title`, `object` ← `titleUrl` where it is a link (in My Ad Center it is a topic), `published` ← `time`, `generator` ← `products`, `context` ← `subtitles`',
  },
} as const satisfies Record<string, Kind>;
