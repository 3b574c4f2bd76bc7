/** An entry of a file, as its bytes: fields are made to strings when they are asked for. */
import { numberText, parseJson, type Json } from './json';
import { parts, partWords, type JsonTape } from './json-tape';
import { bytes } from './value-scan';

/** Words begin with letters, and numbers with a sign or a digit. */
const nine = 0x39;

/** Good until the next entry is read. */
export class JsonEntry {
  constructor(readonly tape: JsonTape) {}

  get isObject(): boolean {
    return this.tape.open[0] === parts.object;
  }

  /** Whether an object in it has a key twice, of whose values only the last is read. */
  get hasRepeatedKey(): boolean {
    return this.tape.hasRepeatedKey;
  }

  /** The keys of an object, as they come; the same list for each entry with the same ones. */
  get keys(): readonly string[] {
    return this.tape.shape(this.tape.open[2] as number).keys;
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

  private scalarOf(key: string, isString: boolean): string | undefined {
    const { tape } = this;
    const member = this.isObject ? tape.shape(tape.open[2] as number).memberOf(key) : undefined;
    if (member === undefined) return undefined;
    const part = (tape.open[1] as number) + member * partWords;
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
