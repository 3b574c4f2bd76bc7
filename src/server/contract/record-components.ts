/** The published schemas of records and lines (docs/schemas) as components of the OpenAPI document. */
import { lineSchemas } from '../../records/deliver/line-schemas';
import { kinds, recordSchema, type KindName } from '../../records/kinds';

const prefix = '#/components/schemas/';

/** The schema of any line of a stream in NDJSON. */
export const lineRef = { $ref: `${prefix}RecordStream.line` };

const nameOfLine = (file: string) => `RecordStream.${file.replace(/\.json$/, '')}`;
const nameOfKind = (kind: string) => `Record.${kind}`;

/** @returns the schemas by their names in `components/schemas`, with references among these */
export function recordComponents(): Record<string, object> {
  const ofKinds = (Object.keys(kinds) as KindName[]).map((kind) => {
    const name = nameOfKind(kind);
    return [name, referring(recordSchema(kind), name)] as const;
  });
  const ofLines = Object.entries(lineSchemas())
    // The summary is a separate component, because it is the answer of an operation.
    .filter(([file]) => file !== 'summary.json')
    .map(([file, schema]) => [nameOfLine(file), referring(schema, nameOfLine(file))] as const);
  return Object.fromEntries([...ofLines, ...ofKinds]);
}

/** A schema without `$schema`, which the document sets for all, and with references that point into the document. */
function referring(schema: object, name: string): object {
  const entries = Object.entries(schema).flatMap(([key, value]: [string, unknown]): [string, unknown][] => {
    if (key === '$schema') return [];
    if (key === '$ref' && typeof value === 'string') return [[key, addressOf(value, name)]];
    if (Array.isArray(value))
      return [[key, value.map((each: unknown) => (isObject(each) ? referring(each, name) : each))]];
    return [[key, isObject(value) ? referring(value, name) : value]];
  });
  return Object.fromEntries(entries);
}

/** @param ref a JSON pointer in the same schema, a file of lines, or a pointer into the file of a kind */
function addressOf(ref: string, name: string): string {
  if (ref.startsWith('#')) return `${prefix}${name}${ref.slice(1)}`;
  const [file = '', place = ''] = ref.split('#');
  const kind = /^\.\.\/(\w+)\.json$/.exec(file)?.[1];
  return `${prefix}${kind === undefined ? nameOfLine(file) : nameOfKind(kind)}${place}`;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
