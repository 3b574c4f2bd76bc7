/** G/schema-reference/discover, read in translations; names of fields are English in all of them. */
import { csv, marked, type DocumentedResource } from '../documented';

export const discover: DocumentedResource[] = [
  {
    resource: 'discover.follows',
    page: 'discover',
    read: 'whole, translated',
    fields: 'page',
    files: [{ name: 'Your follows.csv', path: /\.csv$/, check: csv([['followed_entity', /./]]) }],
  },
  {
    resource: 'discover.not_interested',
    page: 'discover',
    read: 'whole, translated',
    fields: 'page',
    files: [
      {
        name: 'Not interested settings.csv',
        path: /\.csv$/,
        check: csv([
          ['entity_name', /./],
          ['setting_value', /^(not_interested|blocked|not_preferred)$/],
        ]),
      },
    ],
    forms: { 'something blocked': /,blocked\n/, 'a mere preference': /,not_preferred\n/ },
  },
  {
    resource: 'discover.likes',
    page: 'discover',
    read: 'whole; names no format',
    fields: 'invented',
    files: [{ name: 'Your likes.csv', path: /\.csv$/, check: marked(csv([['Title'], ['URL'], ['Time']])) }],
  },
];
