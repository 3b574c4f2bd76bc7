/** G/schema-reference/save: the first four fields; the header of real files. */
import { parse } from 'csv-parse/sync';
import { csv, type Check, type DocumentedResource } from '../documented';

const real = csv([['Title', /./], ['Note'], ['URL', /^https:/], ['Tags'], ['Comment']]);
const byPage = csv([['title', /./], ['note'], ['item_content_url', /^https:/], ['comment']]);

/** The description is the first line, and an empty line follows it. Real files may have a row of commas below the header. */
const savedList: Check = async (bytes, context) => {
  const lines = bytes
    .toString()
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n');
  const [first = '', second] = lines.split('\n');
  const table = second === '' ? lines.slice(first.length + 2) : lines;
  const rows: string[][] = parse(table);
  const isEmpty = (row: string[]) => row.every((cell) => cell === '');
  const bare = Buffer.from(isEmpty(rows[1] ?? ['-']) ? table.replace(/\n,+\n/, '\n') : table);
  const problems = await real(bare, context);
  return problems.length === 0 ? [] : [...(await byPage(bare, { ...context, locale: 'en' }))];
};

export const save: DocumentedResource[] = [
  {
    resource: 'saved.collections',
    page: 'save',
    read: 'excerpts',
    fields: 'page and real files',
    files: [{ name: '*.csv', path: /^[^/]+\.csv$/, check: savedList }],
    forms: {
      'a description and an empty line': /^\uFEFF[^\r\n]+\r\n\r\n\S/,
      'a row of commas below the header': /^[^\n]+\n,+\n/,
      'the names of the page': /(^|\n)title,note,item_content_url,/,
      'something that is not in Maps': /imgres\?imgurl=/,
      'a kind in brackets': / \[Book\]/,
    },
  },
];
