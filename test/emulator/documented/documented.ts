/** The form in which tests state what Google's pages document, and the check of a file against it. */
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020';
import { parse } from 'csv-parse/sync';

export interface Context {
  locale: 'en' | 'de' | 'nl' | 'ja';
  /** All files of the archive by path. */
  files: ReadonlyMap<string, Buffer>;
  path: string;
}

/** The faults of a file; none when it is as documented. */
export type Check = (bytes: Buffer, context: Context) => string[] | Promise<string[]>;

export interface DocumentedFile {
  /** English path, with a star for the part that differs. */
  name: string;
  /** Which paths below the service folder are meant. Names are localised, so few of them say more than the ending. */
  path: RegExp;
  check: Check;
}

export interface DocumentedResource {
  resource: string;
  /** Last part of the page's address below G/schema-reference/. */
  page: string;
  /** How much of the page's object about this resource was read. */
  read:
    | 'whole'
    | 'whole, translated'
    | 'excerpts'
    | 'summary'
    | 'whole; names no fields'
    | 'whole; names no format'
    | 'not found';
  /** Where the fields come from. `invented` is marked in the files. */
  fields: 'page' | 'page, nesting invented' | 'page and real files' | 'real files' | 'invented' | 'in part invented';
  files: DocumentedFile[];
  /** Forms that some account must have, each found in some file of the resource. */
  forms?: Record<string, RegExp>;
}

const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });

/** JSON by a schema. Every schema cites its page as `$comment`. */
export function json(schema: AnySchemaObject & { $comment: string }): Check {
  const validate = ajv.compile(schema);
  return (bytes) => {
    if (validate(JSON.parse(bytes.toString('utf8')))) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}

/** An object with exactly these properties, all required but those that are named as optional. */
export function object(properties: Record<string, AnySchemaObject>, optional: readonly string[] = []): AnySchemaObject {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}

export const list = (items: AnySchemaObject): AnySchemaObject => ({ type: 'array', items });
export const text: AnySchemaObject = { type: 'string' };
export const oneOf = (...values: string[]): AnySchemaObject => ({ enum: values });
export const matching = (pattern: RegExp): AnySchemaObject => ({ type: 'string', pattern: pattern.source });

export const instantForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;
export const offsetForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?\+00:00$/;
export const instant = matching(instantForm);
export const digits = matching(/^\d+$/);
export const degrees: AnySchemaObject = { type: 'number', minimum: -180, maximum: 180 };

/** A column by its English name, with the form of its cells. */
export type Column = [name: string, cell?: RegExp];

function tableProblems(rows: string[][], columns: readonly Column[], { locale }: Context): string[] {
  const [header = [], ...entries] = rows;
  const names = columns.map(([name]) => name);
  if (header.length !== names.length) return [`has the columns ${header.join()} and not ${names.join()}`];
  if (locale === 'en' && header.join('\n') !== names.join('\n')) return [`has the columns ${header.join()}`];
  if (entries.length === 0) return ['has no rows'];
  return entries.flatMap((row, number) =>
    columns.flatMap(([name, cell]) => {
      const value = row[names.indexOf(name)] ?? '';
      return cell === undefined || cell.test(value) ? [] : [`row ${number + 1} has ${value} as ${name}`];
    }),
  );
}

/** A table with exactly these columns in this order, or those of another form. Other languages may name them otherwise. */
export function csv(...forms: (readonly Column[])[]): Check {
  return (bytes, context) => {
    const rows: string[][] = parse(bytes);
    const problemLists = forms.map((columns) => tableProblems(rows, columns, context));
    return problemLists.find((problems) => problems.length === 0) ?? problemLists.flat();
  };
}

const signatures = {
  // ISO/IEC 10918-5, W3C PNG 5.2, ISO/IEC 14496-12 4.3, id3.org
  jpg: /^\xFF\xD8\xFF/,
  png: /^\x89PNG\r\n.\n/,
  mp4: /^[^]{4}ftyp/,
  mp3: /^ID3/,
};

/** A media file that begins as its format does, by the ending of its name. */
export const media: Check = (bytes, { path }) => {
  const format = path.replace(/^.*\./, '') as keyof typeof signatures;
  const begins = signatures[format].test(bytes.toString('latin1'));
  return begins ? [] : [`does not begin as a ${format} file`];
};

/** Marks a file whose content is not described. */
export const marked =
  (check: Check): Check =>
  async (bytes, context) => [
    ...(await check(bytes, context)),
    ...(bytes.toString('utf8').includes('(undocumented)') ? [] : ['is not marked as undocumented']),
  ];

export const anyJson = json({ $comment: 'Only the format is known' });
