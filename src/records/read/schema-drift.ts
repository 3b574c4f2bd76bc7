/**
 * Compares the entries of a JSON file with the documentation of their kind, at every level: undocumented keys, fields
 * of another type, and `null` where a field is required. The names of unknown keys are reported as one hash, since keys
 * may be user text.
 */
import type { Json } from '../formats/json';
import { JsonEntry } from '../formats/json-entry';
import { parts, partWords, type JsonTape } from '../formats/json-tape';
import { bytes } from '../formats/value-scan';
import { kinds, type KindName } from '../kinds';
import type { Draft } from '../store/record';
import { expectedOf, jsonTypes, namesOf, type Expected } from './expected-fields';
import { timesOfKinds } from './times-of-kinds';

/** Levels that are checked; documented fields are on three. */
export const deepestLevel = 8;
/** Different places of unknown keys that a fingerprint of one file covers, and characters of them together. */
export const mostUnknown = 256;
export const mostUnknownCharacters = 8_192;

export interface StructureSink {
  /** A documented field that has another type; `field` is its path of documented names. */
  wrongType(index: number, field: string, met: string, expected: string): void;
  /** A required field with the value `null`. */
  isNull(index: number, field: string): void;
}

const checkedPath = 'properties';
const nullType = 0;
const letterT = 0x74;
const letterF = 0x66;
const letterN = 0x6e;

/** What is documented of a value. `fields` are those of the keys of the last object there: most objects have the same keys. */
class Known {
  readonly path: string;
  readonly types: number;
  /** Absent where any key is as good as another. */
  readonly byName: ReadonlyMap<string, Known> | undefined;
  readonly items: Known | undefined;
  keys: readonly string[] | undefined = undefined;
  fields: readonly (Known | undefined)[] = [];
  /** The same for lists of keys before; they are those of shapes, of which few are kept. */
  readonly fieldsOfKeys = new WeakMap<readonly string[], readonly (Known | undefined)[]>();

  constructor({ path, types, fields, items }: Expected) {
    this.path = path;
    this.types = types;
    this.byName = fields && new Map([...fields].map(([name, field]) => [name, new Known(field)]));
    this.items = items && new Known(items);
  }
}

export class Structure {
  private readonly unknown = new Map<KindName, Set<string>>();
  private readonly knownOfKinds = new Map<KindName, Known>();
  private known = new Known(expectedOf('file'));
  private characters = 0;
  private count = 0;
  private kind: KindName = 'file';
  private index = 0;
  private timeField = '';
  private hasOtherTime = false;

  constructor(private readonly sink: StructureSink) {}

  /**
   * @returns whether the entry has a value of another type where its kind has the time, which then could not be read
   */
  look({ kind, index, data }: Draft): boolean {
    if (kind !== this.kind) {
      this.kind = kind;
      const known = this.knownOfKinds.get(kind) ?? new Known(expectedOf(kind));
      this.knownOfKinds.set(kind, known);
      this.known = known;
      this.timeField = (timesOfKinds[kind] ?? []).join('.');
    }
    this.index = index;
    this.hasOtherTime = false;
    if (data instanceof JsonEntry) this.lookAtTape(data.tape, data.tape.open, 0, this.known, 1);
    else this.lookAtValue(data, this.known, 1);
    return this.hasOtherTime;
  }

  /** The paths of undocumented keys below the first level, by kind, in order. */
  unknownKeys(): [kind: KindName, paths: string[]][] {
    return [...this.unknown].map(([kind, paths]) => [kind, [...paths].toSorted()]);
  }

  private lookAtTape(tape: JsonTape, list: Int32Array, part: number, known: Known, level: number): void {
    const type = typeOnTape(tape, list, part);
    if (!this.isExpected(type, known) || level > deepestLevel) return;
    const first = list[part + 1] as number;
    const last = list[part + 2] as number;
    if (type === jsonTypes.object && known.byName !== undefined) {
      const fields = this.fieldsOf(tape.shape(last).keys, known, level);
      for (let member = 0; member < fields.length; member += 1) {
        const field = fields[member];
        if (field !== undefined) this.lookAtPart(tape, first + member * partWords, field, level + 1);
      }
    } else if (type === jsonTypes.array && known.items !== undefined) {
      for (let at = 0; at < last; at += 1) this.lookAtPart(tape, first + at * partWords, known.items, level + 1);
    }
  }

  /** Most parts are a string where a string is documented. */
  private lookAtPart(tape: JsonTape, part: number, known: Known, level: number): void {
    const { source, parts: noted } = tape;
    const isText = (noted[part] as number) < parts.number && source[noted[part + 1] as number] === bytes.quote;
    if (isText && (known.types & jsonTypes.string) !== 0) return;
    this.lookAtTape(tape, noted, part, known, level);
  }

  private lookAtValue(value: Json, known: Known, level: number): void {
    if (!this.isExpected(typeOfValue(value), known) || level > deepestLevel) return;
    const { items, byName } = known;
    if (Array.isArray(value)) {
      if (items === undefined) return;
      for (const item of value) this.lookAtValue(item, items, level + 1);
    } else if (typeof value === 'object' && value !== null && byName !== undefined) {
      for (const [key, inner] of Object.entries(value)) {
        const field = byName.get(key);
        if (field === undefined) this.reportUnknown(known.path, key, level);
        else this.lookAtValue(inner, field, level + 1);
      }
    }
  }

  /** The fields for a list of keys, the same list each time; unknown keys are reported. */
  private fieldsOf(keys: readonly string[], known: Known, level: number): Known['fields'] {
    if (known.keys === keys) return known.fields;
    known.keys = keys;
    const seen = known.fieldsOfKeys.get(keys);
    if (seen !== undefined) return (known.fields = seen);
    known.fields = keys.map((key) => known.byName?.get(key));
    known.fieldsOfKeys.set(keys, known.fields);
    for (const [member, key] of keys.entries()) {
      if (known.fields[member] === undefined) this.reportUnknown(known.path, key, level);
    }
    return known.fields;
  }

  /** @returns whether its inner values are to be checked */
  private isExpected(type: number, { types, path }: Known): boolean {
    if (type === nullType) {
      // For other fields, `null` means that the field is absent.
      if (kinds[this.kind].required.includes(path)) this.sink.isNull(this.index, path);
      return false;
    }
    if (types === 0) return false;
    if ((types & type) !== 0) return true;
    if (path === this.timeField) this.hasOtherTime = true;
    this.sink.wrongType(this.index, path, namesOf(type), namesOf(types));
    return false;
  }

  /** The reader reports unknown keys of the entry itself, and of the properties of a feature. */
  private reportUnknown(path: string, key: string, level: number): void {
    // Where not all fields are documented, an unknown one proves nothing.
    if (level === 1 || path === checkedPath || kinds[this.kind].open === true) return;
    let paths = this.unknown.get(this.kind);
    if (paths === undefined) this.unknown.set(this.kind, (paths = new Set()));
    // Keys beyond the limits are reported as one.
    const length = path.length + key.length + 1;
    const isWithin = this.count < mostUnknown && this.characters + length <= mostUnknownCharacters;
    const place = isWithin ? `${path}.${key}` : '…';
    if (paths.has(place)) return;
    paths.add(place);
    this.count += 1;
    this.characters += place.length;
  }
}

function typeOnTape({ source }: JsonTape, list: Int32Array, part: number): number {
  const what = list[part];
  if (what === parts.object) return jsonTypes.object;
  if (what === parts.array) return jsonTypes.array;
  const byte = source[list[part + 1] as number];
  if (byte === bytes.quote) return jsonTypes.string;
  if (byte === letterT || byte === letterF) return jsonTypes.boolean;
  return byte === letterN ? nullType : jsonTypes.number;
}

function typeOfValue(value: Json): number {
  if (value === null) return nullType;
  if (Array.isArray(value)) return jsonTypes.array;
  return jsonTypes[typeof value as 'string' | 'number' | 'boolean' | 'object'];
}
