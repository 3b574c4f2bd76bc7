/** An entry of a file, as its bytes: strings are made of fields only when they are asked for. */
import { numberText, parseJson, type Json } from './json';
import { parts, partWords, type JsonTape } from './json-tape';
import { bytes } from './value-scan';

/** Words begin with letters, and numbers with a sign or a digit. */
const nine = 0x39;

/** Valid until the next entry is read. */
export class JsonEntry {
  constructor(readonly tape: JsonTape) {}

  get isObject(): boolean {
    return this.tape.open[0] === parts.object;
  }

  /** Whether an object in it has a key twice; only the last of its values is read. */
  get hasRepeatedKey(): boolean {
    return this.tape.hasRepeatedKey;
  }

  /** The keys of an object, as they come; the same list for each entry with the same ones. */
  get keys(): readonly string[] {
    return this.tape.shape(this.tape.open[2] as number).keys;
  }

  has(key: string): boolean {
    return this.partOf(key) !== undefined;
  }

  /** A field's string; undefined when it has none. */
  textOf(key: string): string | undefined {
    return this.scalarOf(key, true);
  }

  /** A field's string, or its number as it is written. */
  textOrNumberOf(key: string): string | undefined {
    return this.scalarOf(key, false);
  }

  /** The whole entry, as JavaScript has it. */
  value(): Json {
    const { source, start, end } = this.tape;
    return parseJson(source.toString('utf8', start, end));
  }

  /** How many values a field's list has; 0 when the field is not a list. */
  lengthOf(key: string): number {
    const list = this.partOf(key);
    return list !== undefined && this.tape.parts[list] === parts.array ? (this.tape.parts[list + 2] as number) : 0;
  }

  /**
   * A string in a field's list.
   *
   * @param inner the key of the string, where the values of the list are objects
   */
  textInList(key: string, index: number, inner?: string): string | undefined {
    if (index >= this.lengthOf(key)) return undefined;
    const { tape } = this;
    const element = (tape.parts[(this.partOf(key) as number) + 1] as number) + index * partWords;
    if (inner === undefined) return this.scalarAt(element, true);
    if (tape.parts[element] !== parts.object) return undefined;
    const member = tape.shape(tape.parts[element + 2] as number).memberOf(inner);
    if (member === undefined) return undefined;
    return this.scalarAt((tape.parts[element + 1] as number) + member * partWords, true);
  }

  /** Whether a string in a field's list is this one, of ASCII without escapes; no string is made for that. */
  isInList(key: string, index: number, ascii: string): boolean {
    if (index >= this.lengthOf(key)) return false;
    const { source, parts: noted } = this.tape;
    const element = (noted[(this.partOf(key) as number) + 1] as number) + index * partWords;
    if (noted[element] !== parts.plain) return this.scalarAt(element, true) === ascii;
    const start = noted[element + 1] as number;
    if (source[start] !== bytes.quote || (noted[element + 2] as number) - start - 2 !== ascii.length) return false;
    for (let at = 0; at < ascii.length; at += 1) if (source[start + 1 + at] !== ascii.charCodeAt(at)) return false;
    return true;
  }

  private scalarOf(key: string, isString: boolean): string | undefined {
    const part = this.partOf(key);
    return part === undefined ? undefined : this.scalarAt(part, isString);
  }

  /** Where a field's value is noted. */
  private partOf(key: string): number | undefined {
    const { tape } = this;
    const member = this.isObject ? tape.shape(tape.open[2] as number).memberOf(key) : undefined;
    return member === undefined ? undefined : (tape.open[1] as number) + member * partWords;
  }

  private scalarAt(part: number, isString: boolean): string | undefined {
    const { tape } = this;
    const what = tape.parts[part];
    const start = tape.parts[part + 1] as number;
    const end = tape.parts[part + 2] as number;
    const { source } = tape;
    if (what === parts.array || what === parts.object) return undefined;
    if (source[start] === bytes.quote) {
      if (what === parts.escapedString) return JSON.parse(source.toString('utf8', start, end)) as string;
      return tape.isAscii ? source.toString('latin1', start + 1, end - 1) : source.toString('utf8', start + 1, end - 1);
    }
    if (isString || (source[start] as number) > nine) return undefined;
    const token = source.toString('latin1', start, end);
    return what === parts.plain ? token : numberText(token).replaceAll('"', '');
  }
}
