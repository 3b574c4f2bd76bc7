/** G/schema-reference/business_messaging. The page lists fields without nesting: `messages`, `suggestions` are not its. */
import { digits, json, list, media, object, oneOf, text, type DocumentedResource } from '../documented';

const chip = object({ display_text: text, secondary_text: text, display_icon: text });

const message = object(
  {
    timestamp_us: digits,
    sender: text,
    content_type: text,
    content: text,
    suggestions: list(chip),
    blob_id: text,
    export_file_name: text,
    locationInfos: { const: 'NOT_SET' },
  },
  ['content', 'suggestions', 'blob_id', 'export_file_name', 'locationInfos'],
);

const history = json({
  $comment: 'G/schema-reference/business_messaging, Chat history',
  ...list(object({ application: oneOf('GMM', 'GMB'), title: text, messages: list(message) })),
});

export const businessMessaging: DocumentedResource[] = [
  {
    resource: 'businessmessaging.conversations',
    page: 'business_messaging',
    read: 'whole',
    fields: 'page, nesting invented',
    files: [
      {
        name: 'Chat history/Chat history.json',
        path: /\.json$/,
        check: async (bytes, context) => {
          const named = [...bytes.toString().matchAll(/"export_file_name": "([^"]+)"/g)].map(([, name]) => name ?? '');
          const lacking = named.filter((name) => !context.files.has(`Chat attachment/${name}`));
          return [...(await history(bytes, context)), ...lacking.map((name) => `names ${name}, which is not there`)];
        },
      },
      { name: 'Chat attachment/*', path: /^Chat attachment\/.*\.(jpg|png)$/, check: media },
    ],
    forms: { 'a message with a file': /export_file_name/, 'a suggestion': /display_icon/ },
  },
];
