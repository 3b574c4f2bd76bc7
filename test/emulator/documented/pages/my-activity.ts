/** G/schema-reference/my_activity: names of all fields, text of the first seven; lists as in real files. */
import { instant, json, list, media, object, text, type DocumentedResource } from '../documented';

const resources = ['maps', 'myadcenter', 'play', 'search', 'shopping', 'youtube'];

const entry = object(
  {
    header: text,
    title: text,
    // A link, but for My Ad Center a topic.
    titleUrl: text,
    subtitles: list(object({ name: text, url: text }, ['url'])),
    description: text,
    time: instant,
    products: list(text),
    details: list(object({ name: text })),
    activityControls: list(text),
    locationInfos: list(object({ name: text, url: text, source: text }, ['url', 'source'])),
    imageFile: text,
    audioFiles: list(text),
    attachedFiles: list(text),
  },
  [
    ...['titleUrl', 'subtitles', 'description', 'details'],
    ...['activityControls', 'locationInfos', 'imageFile', 'audioFiles', 'attachedFiles'],
  ],
);

const records = json({ $comment: 'G/schema-reference/my_activity, Activity records', ...list(entry) });

const forms: Record<string, Record<string, RegExp>> = {
  search: {
    'a domain as header': /"header": "www\.example\.org"/,
    'an entry with a picture': /"imageFile": /,
  },
  myadcenter: { 'activity of ads': /"Google Ads"/, 'a topic in place of a link': /"titleUrl": "(?!https:)/ },
};

export const myActivity: DocumentedResource[] = resources.map((name) => ({
  resource: `myactivity.${name}`,
  page: 'my_activity',
  read: 'excerpts',
  fields: 'page and real files',
  files: [
    {
      name: '*/MyActivity.json',
      path: /^[^/]+\/[^/]+\.json$/,
      check: async (bytes, context) => {
        const pictures = [...bytes.toString().matchAll(/"imageFile": "([^"]+)"/g)].map(([, file]) => file ?? '');
        const lacking = pictures.filter((file) => !context.files.has(context.path.replace(/[^/]*$/, file)));
        return [...(await records(bytes, context)), ...lacking.map((file) => `names ${file}, which is not there`)];
      },
    },
    ...(name === 'search' ? [{ name: 'Google Lens/*.jpg', path: /^[^/]+\/\d+\.jpg$/, check: media }] : []),
  ],
  ...(forms[name] !== undefined && { forms: forms[name] }),
}));
