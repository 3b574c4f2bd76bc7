/** Shared code of JSON readers: the stream of entries, and the check of their fields against the known ones. */
import { isObject, type Json, type JsonObject } from '../formats/json';
import { JsonElements } from '../formats/json-elements';
import type { JsonEntry } from '../formats/json-entry';
import { kinds, type KindName } from '../kinds';
import { entryLimit, type OpenMember, type ReaderOutput } from './reader';
import type { Sample } from './detect-format';
import { kindOfValue } from './values-outside-lists';

export interface EntriesOptions {
  /** How many keys lead to the entries, as far as is known; elsewhere is drift. Absent where they may be anywhere. */
  readonly depth?: number;
  /** Whether an object outside the lists is an entry too, by the keys that lead to it. */
  readonly isEntry?: ((path: readonly string[]) => boolean) | undefined;
  /** Takes a value outside the lists. @returns whether it has a place in the records */
  readonly value?: (path: readonly string[], text: Buffer) => boolean;
  readonly entry: (entry: JsonEntry, index: number, path: readonly string[]) => void;
}

/** Reads a JSON member entry by entry; faults are reported and what follows them is read where that is safe. */
export async function readEntries(member: OpenMember, out: ReaderOutput, options: EntriesOptions): Promise<void> {
  let last: readonly string[] | undefined;
  let hasReportedValue = false;
  const elements = new JsonElements(
    {
      list: () => undefined,
      element: (path, entry, index) => {
        if (path !== last && options.depth !== undefined && path.length !== options.depth)
          out.drift(['list at', ...path]);
        last = path;
        if (entry.hasRepeatedKey) out.problem('duplicate_key', { index });
        options.entry(entry, index, path);
      },
      value: (path, text, offset) => {
        if (options.value?.(path, text) === true) return;
        const kind = kindOfValue(path, text);
        if (kind === 'fact') out.drift(['beside the lists', ...path]);
        // Once for a file: one object outside the lists has many values.
        if (kind !== 'data' || hasReportedValue) return;
        hasReportedValue = true;
        out.problem('unexpected_entry', { offset });
      },
      fault: (kind, place) => out.problem(kind, place),
    },
    { elementBytes: entryLimit, isEntry: options.isEntry },
  );
  for await (const chunk of member.chunks) {
    elements.write(chunk);
    await out.settle();
  }
  elements.end();
  await out.settle();
}

/** Reports missing fields, and unknown fields once per shape. */
export function createFieldCheck(kind: KindName, out: ReaderOutput): (keys: readonly string[], index: number) => void {
  const { schema, required, open } = kinds[kind];
  const known = new Set(Object.keys(schema.shape));
  let shape: readonly string[] = [];
  let missing: readonly string[] = required;
  return (keys, index) => {
    if (keys !== shape) {
      shape = keys;
      missing = required.filter((field) => !keys.includes(field));
      const unknown = open === true ? [] : keys.filter((key) => !known.has(key));
      if (unknown.length > 0) out.drift([kind, ...unknown]);
    }
    for (const field of missing) out.problem('missing_field', { index, field });
  };
}

/**
 * Reports values of another type than documented, once per field. They are delivered as they are: the record then does
 * not match the schema of its kind.
 */
export function createTypeCheck(kind: KindName, out: ReaderOutput): (data: JsonObject) => void {
  const { schema } = kinds[kind];
  return (data) => {
    const { error } = schema.safeParse(data);
    if (error === undefined) return;
    const names = error.issues.map(({ path }) => path.map((key) => (typeof key === 'number' ? '#' : String(key))));
    out.drift([kind, ...new Set(names.map((path) => `type of ${path.join('.')}`))]);
  };
}

/** Entries shown in the sample that are objects, with the path of their list. */
export function sampledObjects(sample: Sample): { path: readonly string[]; entry: JsonObject }[] {
  return (sample.json?.lists ?? []).flatMap(({ path, entries }) =>
    entries.filter(isObject).map((entry) => ({ path, entry })),
  );
}

/** Whether at least `enough` of these keys are among an entry's. */
export function hasKeys(keys: readonly string[], wanted: readonly string[], enough: number): boolean {
  return wanted.filter((key) => keys.includes(key)).length >= enough;
}

/** A text field, if it is one. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
