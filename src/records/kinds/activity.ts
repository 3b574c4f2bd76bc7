/** Entries of My Activity (docs/google-api.md §A4). */
import { z } from 'zod';

import { text, texts, type Kind } from './kind';

const named = z.looseObject({ name: text(), url: text() });

export const activityKinds = {
  activity: {
    title: 'An entry of My Activity',
    schema: z.looseObject({
      header: text('A product or a domain'),
      title: text('A sentence in the language of the account; nothing may be concluded from its words'),
      titleUrl: text(),
      subtitles: z.array(named).describe('For YouTube the channel').optional(),
      description: text(),
      time: text('RFC 3339; in HTML archives the text as it is shown'),
      products: texts(),
      details: z.array(named).optional(),
      activityControls: texts('The settings because of which Google kept the entry'),
      locationInfos: z.array(z.looseObject({ name: text(), url: text(), source: text() })).optional(),
      imageFile: text('Name of a file beside the archive’s file'),
      audioFiles: texts(),
      attachedFiles: texts(),
      captions: z
        .array(z.looseObject({ label: text(), lines: z.array(named).optional() }))
        .describe('HTML archives: captions of a language that no table covers')
        .optional(),
    }),
    required: ['header', 'title', 'time', 'products'],
    mapping:
      'ActivityStreams `Activity`: `summary` ← `title`, `object` ← `titleUrl` where it is a link (My Ad Center writes a topic), `published` ← `time`, `generator` ← `products`, `context` ← `subtitles`',
  },
} as const satisfies Record<string, Kind>;
