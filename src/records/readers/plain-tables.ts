/** Readers of tables whose columns are known, one row a record. */
import type { JsonObject } from '../formats/json';
import { textOf } from '../read/read-entries';
import { readTable, timeOfRow } from '../read/read-rows';
import type { Reader } from '../read/reader';
import { layoutOf, type Table } from '../read/table-layout';

interface TableReader {
  readonly resources: readonly string[];
  /** `service.name` in Google's manifest, where it is known. */
  readonly services: readonly string[];
  readonly table: Table;
  /** Column with Google's id of the thing. */
  readonly identity?: string;
  /** Column with its time. */
  readonly time?: readonly [string];
  readonly more?: (path: string) => JsonObject;
}

export function tableReader({ resources, services, table, identity, time, more }: TableReader): Reader {
  const { kind } = table;
  return {
    resources,
    services,
    kinds: [kind],
    format: 'text',
    accepts: (sample) => layoutOf(sample.rows, table) !== undefined,
    read: (member, out) => {
      const added = more?.(member.path) ?? {};
      return readTable(member, out, table, (data, index) => {
        const at = time === undefined ? {} : timeOfRow(data, time, member.locale);
        const id = identity === undefined ? undefined : textOf(data[identity]);
        out.record({ kind, index, ...at, data: Object.assign(data, added), identity: id });
      });
    },
  };
}
