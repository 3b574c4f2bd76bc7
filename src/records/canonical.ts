/** The identity of a record: a hash of its canonical form (docs/google-api.md §A10). */
import { hash } from 'node:crypto';

import { isObject, type Json, type JsonObject } from './json';

/** The last order that was computed; entries of one file have their keys in the same order. */
interface KnownOrder {
  readonly keys: readonly string[];
  readonly sorted: readonly string[];
  readonly without: readonly string[];
}

/** As deep as the values of a file may lie (docs/google-api.md §A10): deeper ones are no data of Google's. */
const maxDepth = 128;

/** A value that nests deeper than is read. */
export class NestedTooDeep extends Error {
  override readonly name = 'NestedTooDeep';
}

const nothing: readonly string[] = [];

/** The same value with the keys of every object in order. Nesting is bounded by what reads the value. */
function sorted(value: Json, known: KnownOrder[], level: number, without = nothing): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (level > maxDepth) throw new NestedTooDeep('nested too deep');
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const element = value[index] as Json;
      if (typeof element === 'object') value[index] = sorted(element, known, level + 1);
    }
    return value;
  }
  const keys = Object.keys(value);
  let order = known[level];
  if (order === undefined || order.without !== without || !sameKeys(order.keys, keys)) {
    const kept = without.length === 0 ? keys : keys.filter((key) => !without.includes(key));
    order = { keys, sorted: kept.toSorted(), without };
    known[level] = order;
  }
  const result: JsonObject = {};
  for (const key of order.sorted) {
    const inner = value[key] as Json;
    const ordered = typeof inner === 'object' ? sorted(inner, known, level + 1) : inner;
    if (key === '__proto__') Object.defineProperty(result, key, { value: ordered, enumerable: true });
    else result[key] = ordered;
  }
  return result;
}

function sameKeys(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index += 1) if (one[index] !== other[index]) return false;
  return true;
}

/** Letters below U+0300 have one form only, so most texts need no second look. */
const mayBeDecomposed = /[\u0300-\uffff]/;

function composed(value: Json): Json {
  if (typeof value === 'string') return value.normalize('NFC');
  if (Array.isArray(value)) return value.map(composed);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.normalize('NFC'), composed(inner)]));
}

export interface Canonical {
  /** The data as JSON with sorted keys, its text as it came. */
  readonly text: string;
  /** What is hashed: the same in NFC. */
  readonly material: string;
  /** The fields that were left out; undefined when there are none. */
  readonly rest: JsonObject | undefined;
}

/**
 * @returns a function of an entry's data, which is used up: arrays in it are sorted in place; and of the fields that are
 *   left out, the same array each time. It throws NestedTooDeep
 */
export function createCanonical(): (data: JsonObject, without?: readonly string[]) => Canonical {
  const known: KnownOrder[] = [];
  return (data, without = nothing) => {
    const ordered = sorted(data, known, 0, without);
    const text = JSON.stringify(ordered);
    const rest = without.length === 0 ? undefined : chosenOf(data, without);
    if (!mayBeDecomposed.test(text) || text.normalize('NFC') === text) return { text, material: text, rest };
    return { text, material: JSON.stringify(sorted(composed(ordered), known, 0)), rest };
  };
}

function chosenOf(data: JsonObject, names: readonly string[]): JsonObject | undefined {
  let chosen: JsonObject | undefined;
  for (const name of names) {
    const value = data[name];
    if (value !== undefined) (chosen ??= {})[name] = value;
  }
  return chosen;
}

/** 128 bits of SHA-256, in hexadecimal. */
export function digest(material: string): string {
  return hash('sha256', material, 'hex').slice(0, 32);
}

/** A short hash of names of keys or headers, to tell one shape from another. */
export function fingerprint(names: Iterable<string>): string {
  return hash('sha256', JSON.stringify([...names].toSorted()), 'hex').slice(0, 16);
}
