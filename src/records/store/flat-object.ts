/** Objects that have strings only, such as rows of tables, in canonical form: no text and no tape is made in between. */
import type { JsonObject } from '../formats/json';
import { bytes } from '../formats/value-scan';
import type { Canonical } from './canonical';
import { mostBytesOfLetter, writeText } from './json-text';

const { openBrace, closeBrace } = bytes;

interface Field {
  readonly name: string;
  /** The key as JSON, with a comma before and a colon behind it. */
  readonly label: Buffer;
}

/** How objects with the same keys in the same order are written. */
interface Form {
  readonly keys: readonly string[];
  readonly without: readonly string[];
  readonly kept: readonly Field[];
  readonly rest: readonly Field[];
  readonly labelBytes: number;
  readonly isDecomposable: boolean;
}

/** More than tables have; what a file without end of them has is not kept in memory. */
const mostForms = 256;
/** Longer objects are left to the tape, whose bound of their bytes is closer. */
const longest = 16_384;
/** From here on a letter may be one half of a composed one. */
const decomposable = /[\u0300-\uffff]/;

export class FlatObject implements Canonical {
  mostBytes = 0;
  mayBeDecomposed = false;
  private data: Readonly<JsonObject> = {};
  private form = formOf([], []);
  private readonly forms = new Map<string, Form>();

  /**
   * Takes the object that is written next.
   *
   * @param without fields that are no part of the canonical form, the same list each time
   * @returns false when it has other values than strings, or long ones
   */
  take(data: Readonly<JsonObject>, without: readonly string[]): boolean {
    const keys = Object.keys(data);
    let length = 0;
    for (let index = 0; index < keys.length; index += 1) {
      const value = data[keys[index] as string];
      if (typeof value !== 'string') return false;
      length += value.length + 1;
    }
    if (length > longest) return false;
    if (!isFormOf(this.form, keys, without)) this.form = this.formWith(keys, without);
    this.data = data;
    this.mostBytes = mostBytesOfLetter * length + this.form.labelBytes + 2;
    this.mayBeDecomposed = this.form.isDecomposable;
    return true;
  }

  write(out: Buffer, at: number): number {
    const end = this.writeFields(this.form.kept, out, at);
    // In place of the first comma.
    out[at] = openBrace;
    const close = Math.max(end, at + 1);
    out[close] = closeBrace;
    return close + 1;
  }

  writeRest(out: Buffer, at: number): number {
    return this.writeFields(this.form.rest, out, at);
  }

  private writeFields(fields: readonly Field[], out: Buffer, from: number): number {
    let at = from;
    for (let index = 0; index < fields.length; index += 1) {
      const { name, label } = fields[index] as Field;
      for (let byte = 0; byte < label.length; byte += 1) out[at + byte] = label[byte] as number;
      at += label.length;
      const text = this.data[name] as string;
      const end = writeText(text, out, at);
      // A text with other letters than ASCII is longer.
      if (end - at !== text.length + 2 && !this.mayBeDecomposed) this.mayBeDecomposed = decomposable.test(text);
      at = end;
    }
    return at;
  }

  private formWith(keys: readonly string[], without: readonly string[]): Form {
    const name = JSON.stringify(keys);
    let form = this.forms.get(name);
    if (form?.without !== without) {
      if (this.forms.size >= mostForms) this.forms.clear();
      this.forms.set(name, (form = formOf(keys, without)));
    }
    return form;
  }
}

function isFormOf(form: Form, keys: readonly string[], without: readonly string[]): boolean {
  if (form.without !== without || form.keys.length !== keys.length) return false;
  for (let index = 0; index < keys.length; index += 1) if (form.keys[index] !== keys[index]) return false;
  return true;
}

function formOf(keys: readonly string[], without: readonly string[]): Form {
  const fields = keys.toSorted().map((name): Field => ({ name, label: Buffer.from(`,${JSON.stringify(name)}:`) }));
  return {
    ...{ keys, without },
    kept: fields.filter(({ name }) => !without.includes(name)),
    rest: fields.filter(({ name }) => without.includes(name)),
    labelBytes: fields.reduce((sum, { label }) => sum + label.length, 0),
    isDecomposable: keys.some((name) => decomposable.test(name)),
  };
}
