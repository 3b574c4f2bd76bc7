/** Saved lists: one CSV each, named by the person, with or without a description on top (docs/google-api.md §A9). */
import type { JsonObject } from '../formats/json';
import { savedColumns } from '../kinds/lists';
import { objectOf } from '../links/read-link';
import { textOf } from '../read/read-entries';
import { readTable } from '../read/read-rows';
import { baseName, type Reader } from '../read/reader';
import { layoutOf, type Table } from '../read/table-layout';

const table: Table = {
  kind: 'saved_item',
  columns: savedColumns,
  marks: ['title', 'url'],
  orders: [
    ['title', 'note', 'url', 'tags', 'comment'],
    ['title', 'note', 'url', 'comment'],
    ['title', 'note', 'url'],
  ],
  forms: { url: /^https?:/ },
};

export const savedLists: Reader = {
  resources: ['saved.collections'],
  services: ['SAVE'],
  kinds: ['saved_item'],
  format: 'text',
  accepts: (sample) => layoutOf(sample.rows, table) !== undefined,
  read: (member, out) => {
    const list = baseName(member.path);
    return readTable(member, out, table, (data, index, above) => {
      const description = above.filter((line) => line !== '').join('\n');
      const object = objectOf(textOf(data['url']) ?? '');
      const volatile: JsonObject = {
        ...(description !== '' && { listDescription: description }),
        ...(object !== undefined && { object: { ...object } }),
      };
      out.record({ kind: 'saved_item', index, data: { ...data, list }, volatile });
    });
  },
};
