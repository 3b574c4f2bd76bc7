/** The types of a kind's fields at every level, made from its schema, so that a file can be compared with it. */
import { z } from 'zod';

import { kinds, type KindName } from '../kinds';

/** Types of JSON, as bits of a set. */
export const jsonTypes = { string: 1, number: 2, boolean: 4, object: 8, array: 16 } as const;

export type JsonType = keyof typeof jsonTypes;

export interface Expected {
  /** Documented names that lead here, separated by dots; `[]` represents the elements of a list. */
  readonly path: string;
  /** Set of the types that the schema allows; 0 where it allows anything. */
  readonly types: number;
  /** The documented fields of an object; absent where any key is allowed. */
  readonly fields?: ReadonlyMap<string, Expected>;
  /** The type of a list's elements. */
  readonly items?: Expected;
}

/** The part of JSON Schema that the schemas of kinds use. */
interface Schema {
  readonly type?: JsonType | 'integer' | undefined;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[] | undefined;
}

const expectedOfKind = new Map<KindName, Expected>();

/** The fields of a kind's `data`. */
export function expectedOf(kind: KindName): Expected {
  let expected = expectedOfKind.get(kind);
  if (expected === undefined) {
    expected = expectedBy(z.toJSONSchema(kinds[kind].schema, { reused: 'inline' }) as Schema, '');
    expectedOfKind.set(kind, expected);
  }
  return expected;
}

function expectedBy({ type, properties, items, anyOf }: Schema, path: string): Expected {
  const types = typesOf({ type, anyOf });
  const fields = new Map<string, Expected>();
  for (const [name, schema] of Object.entries(properties ?? {})) {
    fields.set(name, expectedBy(schema, path === '' ? name : `${path}.${name}`));
  }
  return {
    ...{ path, types },
    ...(fields.size > 0 && { fields }),
    ...(items !== undefined && { items: expectedBy(items, `${path}[]`) }),
  };
}

function typesOf({ type, anyOf }: Pick<Schema, 'type' | 'anyOf'>): number {
  if (type !== undefined) return jsonTypes[type === 'integer' ? 'number' : type];
  const each = (anyOf ?? []).map(typesOf);
  return each.includes(0) ? 0 : each.reduce((types, one) => types | one, 0);
}

/** Names of the types in a set, for a notice. */
export function namesOf(types: number): string {
  const names = Object.entries(jsonTypes).filter(([, bit]) => (types & bit) !== 0);
  return names.map(([name]) => name).join(' or ');
}
