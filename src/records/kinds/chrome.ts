/** The data of Chrome sync (docs/google-api.md §A5). */
import { z } from 'zod';

import { anything, rowFields, text, texts, type Kind } from './kind';

const link = z.looseObject({
  title: text(),
  url: text(),
  addDate: text('As Google wrote it: seconds, milliseconds or microseconds since 1970'),
  note: text('The person’s note about it'),
  folder: texts('Names of the folders that contain it, the outermost first'),
  icon: text('Not part of the key'),
  attributes: z.record(z.string(), z.string()).describe('Other attributes of the link').optional(),
});

const sectioned = z.looseObject({
  section: text('Key of the list that contained the entry, or of the object that is the entry'),
  fields: z.record(z.string(), anything()).describe('The entry’s own fields').optional(),
  text: text('The sentence that Google wrote in place of the entry'),
});

export const dictionaryColumns = { word: 'Words' } as const;

export const chromeKinds = {
  visit: {
    title: 'A page that the person visited in Chrome',
    schema: z.looseObject({
      title: text(),
      url: text(),
      time_usec: z.union([z.int(), z.string()]).describe('Microseconds since 1970').optional(),
      page_transition: text(),
      page_transition_qualifier: text(),
      client_id: text(),
      favicon_url: text('Not part of the key'),
      ptoken: anything(),
    }),
    required: ['url', 'time_usec'],
    mapping: 'ActivityStreams `View`: `object` ← `url`, `object.name` ← `title`, `published` ← `time_usec`',
  },
  history_entry: {
    title: 'Another entry of the history, such as a session',
    schema: sectioned,
    required: ['section'],
  },
  bookmark: {
    title: 'A bookmark',
    schema: link,
    required: ['url'],
    mapping: 'schema.org `BookmarkAction`: `object.url` ← `url`, `object.name` ← `title`, `startTime` ← `addDate`',
  },
  reading_list_item: {
    title: 'A page on the reading list',
    schema: link,
    required: ['url'],
    mapping: 'schema.org `BookmarkAction`, as for `bookmark`',
  },
  dictionary_word: {
    title: 'A word that the person added to the spell checker',
    schema: z.looseObject(rowFields(dictionaryColumns)),
    required: ['word'],
  },
  extension: {
    title: 'An extension',
    schema: z.looseObject({ id: text(), name: text(), version: text(), installTime: text(), enabled: anything() }),
    required: [],
    open: true,
    mapping: 'schema.org `SoftwareApplication`: `identifier` ← `id`, `name` ← `name`, `softwareVersion` ← `version`',
  },
  autofill: { title: 'A value or an address that Chrome enters into forms', schema: sectioned, required: ['section'] },
  setting: { title: 'A setting of Chrome', schema: sectioned, required: ['section'] },
} as const satisfies Record<string, Kind>;
