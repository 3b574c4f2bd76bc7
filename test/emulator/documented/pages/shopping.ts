/** G/schema-reference/shopping; the folders and the sentence where there is nothing are from real files. */
import { csv, instantForm, marked, type Check, type DocumentedResource } from '../documented';

const sentence: Check = (bytes) => (/^[^\n]+\n$/.test(bytes.toString()) ? [] : ['is not one sentence']);
const rating = /^[1-5]$/;

export const shopping: DocumentedResource[] = [
  {
    resource: 'shopping.reviews',
    page: 'shopping',
    read: 'whole',
    fields: 'page',
    files: [
      {
        name: 'Product Reviews/Product Reviews data.csv',
        path: /^Product Reviews\/.*\.csv$/,
        check: csv([['creation_time', instantForm], ['title'], ['comment'], ['rating', rating]]),
      },
      {
        name: 'Merchant Reviews/Merchant Reviews data.csv',
        path: /^Merchant Reviews\/.*\.csv$/,
        check: csv([['creation_time', instantForm], ['comment'], ['rating', rating]]),
      },
      { name: 'Merchant Reviews/Merchant Reviews.txt (nothing there)', path: /\.txt$/, check: sentence },
    ],
  },
  {
    resource: 'shopping.addresses',
    page: 'shopping',
    read: 'whole; names no format',
    fields: 'invented',
    files: [{ name: 'Addresses/Addresses.txt', path: /\.txt$/, check: marked(() => []) }],
  },
];
