/** Records of one kind as rows of a table: a column for every field in the kind's schema, and the rest as JSON. */
import { z } from 'zod';

import { isObject, type Json, type JsonObject } from '../formats/json';
import { kinds, type KindName } from '../kinds';
import type { Delivery } from './line';

export type ColumnType = 'text' | 'integer' | 'number' | 'boolean';
export type Value = string | number | boolean | null;

export interface Column {
  /** As a path in the record's line, such as `data.doc.title`. */
  readonly name: string;
  readonly type: ColumnType;
}

/** Columns that every kind has, before those of its own. */
export const commonColumns = [
  { name: 'key', type: 'text' },
  { name: 'state', type: 'text' },
  { name: 'resource', type: 'text' },
  { name: 'kind', type: 'text' },
  { name: 'occurredAt', type: 'text' },
  { name: 'exportId', type: 'text' },
  { name: 'part', type: 'integer' },
  { name: 'entry', type: 'integer' },
  { name: 'index', type: 'integer' },
] as const satisfies readonly Column[];

/** The last column: JSON of all that no other column holds, so that a row has the complete record. */
export const restColumn = { name: 'rest', type: 'text' } as const satisfies Column;

/** A field of the schema: the number of its column, or the fields within it. */
type Field = { readonly column: number; readonly type: ColumnType } | { readonly within: Fields };
type Fields = ReadonlyMap<string, Field>;

interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

const typeNames: Readonly<Record<string, ColumnType>> = {
  string: 'text',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
};

export interface Table {
  /** All columns, {@link commonColumns} first and {@link restColumn} last. */
  readonly columns: readonly Column[];
  /** A value for every column; a gone key has no values of a record. */
  readonly rowOf: (delivery: Delivery) => Value[];
}

/** The table of a kind. Its columns change only with its schema. */
export function tableOf(kind: KindName): Table {
  const own: Column[] = [];
  const fieldsOf = ({ properties = {} }: JsonSchema, path: string): Fields => {
    const fields = new Map<string, Field>();
    for (const [field, schema] of Object.entries(properties)) {
      const name = `${path}.${field}`;
      const type = typeNames[schema.type ?? ''];
      if (type !== undefined) fields.set(field, { column: own.push({ name, type }) - 1, type });
      else if (schema.properties !== undefined) fields.set(field, { within: fieldsOf(schema, name) });
    }
    return fields;
  };
  const fields = fieldsOf(z.toJSONSchema(kinds[kind].schema) as JsonSchema, 'data');
  return {
    columns: [...commonColumns, ...own, restColumn],
    rowOf(line) {
      const values = own.map((): Value => null);
      if (!('data' in line)) {
        const { key, state, resource, exportId } = line;
        return [key, state, resource, null, null, exportId, null, null, null, ...values, null];
      }
      const rest = take(line.data, fields, values);
      const { exportId, part, entry, index } = line.source;
      return [
        ...[line.key, line.state, line.resource, line.kind, line.occurredAt ?? null, exportId, part, entry, index],
        ...values,
        rest === undefined ? null : JSON.stringify(rest),
      ];
    },
  };
}

/** Puts the values that fit a column into it. @returns the rest; undefined when there is none */
function take(data: JsonObject, fields: Fields, values: Value[]): JsonObject | undefined {
  const rest: [string, Json][] = [];
  for (const [name, value] of Object.entries(data)) {
    const field = fields.get(name);
    if (field !== undefined && 'column' in field && fits(value, field.type)) values[field.column] = value as Value;
    else if (field !== undefined && 'within' in field && isObject(value) && Object.keys(value).length > 0) {
      const inner = take(value, field.within, values);
      if (inner !== undefined) rest.push([name, inner]);
    } else rest.push([name, value]);
  }
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}

function fits(value: Json, type: ColumnType): boolean {
  if (type === 'text') return typeof value === 'string';
  if (type === 'integer') return Number.isSafeInteger(value);
  return typeof value === type;
}
