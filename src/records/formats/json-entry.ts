/** An entry of a file, as its bytes: strings are made of fields only when they are asked for. */
import { pastSame, type Beginning } from './byte-words';
import { IdBytes } from './id-bytes';
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

  /** The rest of a field's string after a beginning, if it looks like an id. */
  idBehind(key: string, start: Beginning): IdBytes | undefined {
    const part = this.partOf(key);
    return part === undefined ? undefined : this.idAt(part, start);
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
    const element = this.elementOf(key, index, inner);
    return element === undefined ? undefined : this.scalarAt(element, true);
  }

  /** As `idBehind`, of a string of an object in a field's list. */
  idInListBehind(key: string, index: number, inner: string, start: Beginning): IdBytes | undefined {
    const element = this.elementOf(key, index, inner);
    return element === undefined ? undefined : this.idAt(element, start);
  }

  /**
   * Whether a string in a field's list is this one, of ASCII without escapes; no string is made for that.
   *
   * @param most values that are looked at
   */
  isInList(key: string, ascii: string, most: number): boolean {
    const list = this.partOf(key);
    const { parts: noted } = this.tape;
    if (list === undefined || noted[list] !== parts.array) return false;
    const first = noted[list + 1] as number;
    const end = first + Math.min(most, noted[list + 2] as number) * partWords;
    for (let element = first; element < end; element += partWords) if (this.isText(element, ascii)) return true;
    return false;
  }

  /** Whether a field is this string, of ASCII without escapes; no string is made for that. */
  is(key: string, ascii: string): boolean {
    const part = this.partOf(key);
    return part !== undefined && this.isText(part, ascii);
  }

  private idAt(part: number, start: Beginning): IdBytes | undefined {
    const { source, view, parts: noted } = this.tape;
    if (noted[part] !== parts.plain) return undefined;
    const from = pastSame(view, noted[part + 1] as number, start.view);
    return from < 0 ? undefined : IdBytes.of(source, from, (noted[part + 2] as number) - 1);
  }

  private isText(part: number, ascii: string): boolean {
    const { source, parts: noted } = this.tape;
    if (noted[part] !== parts.plain) return this.scalarAt(part, true) === ascii;
    const start = noted[part + 1] as number;
    if (source[start] !== bytes.quote || (noted[part + 2] as number) - start - 2 !== ascii.length) return false;
    for (let at = 0; at < ascii.length; at += 1) if (source[start + 1 + at] !== ascii.charCodeAt(at)) return false;
    return true;
  }

  /** Where a value of a field's list is noted, or a field of that value. */
  private elementOf(key: string, index: number, inner?: string): number | undefined {
    const list = this.partOf(key);
    const { parts: noted } = this.tape;
    if (list === undefined || noted[list] !== parts.array || index >= (noted[list + 2] as number)) return undefined;
    const element = (noted[list + 1] as number) + index * partWords;
    if (inner === undefined) return element;
    if (noted[element] !== parts.object) return undefined;
    const member = this.tape.shape(noted[element + 2] as number).memberOf(inner);
    return member === undefined ? undefined : (noted[element + 1] as number) + member * partWords;
  }

  private scalarOf(key: string, isString: boolean): string | undefined {
    const part = this.partOf(key);
    return part === undefined ? undefined : this.scalarAt(part, isString);
  }

  private stringAt(start: number, end: number): string {
    const { source, isAscii } = this.tape;
    // Of an entry with other letters, most strings have none of them.
    return isAscii || isShortAscii(source, start, end)
      ? source.toString('latin1', start, end)
      : source.toString('utf8', start, end);
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
      return this.stringAt(start + 1, end - 1);
    }
    if (isString || (source[start] as number) > nine) return undefined;
    const token = source.toString('latin1', start, end);
    return what === parts.plain ? token : numberText(token).replaceAll('"', '');
  }
}

const shortLength = 64;

function isShortAscii(source: Buffer, start: number, end: number): boolean {
  if (end - start > shortLength) return false;
  for (let at = start; at < end; at += 1) if ((source[at] as number) >= 0x80) return false;
  return true;
}
