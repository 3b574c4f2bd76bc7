/** An id of a file as bytes: making a string takes longer than reading and writing the id. */

/** Letters of Google's ids; JSON needs no escape for them (https://www.rfc-editor.org/rfc/rfc4648#section-5). */
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const isLetter = Uint8Array.from({ length: 256 }, (_, byte) => Number(letters.includes(String.fromCharCode(byte))));
/** Longer ones are read as text. */
const longest = 64;

/** Valid until the next entry is read. */
export class IdBytes {
  private constructor(
    private readonly source: Buffer,
    private readonly start: number,
    readonly length: number,
  ) {}

  /** @returns undefined when the bytes are not letters of an id, or are none or too many */
  static of(source: Buffer, start: number, end: number): IdBytes | undefined {
    if (end <= start || end - start > longest) return undefined;
    for (let at = start; at < end; at += 1) if (isLetter[source[at] as number] !== 1) return undefined;
    return new IdBytes(source, start, end - start);
  }

  startsWith(ascii: string): boolean {
    for (let at = 0; at < ascii.length; at += 1)
      if (at >= this.length || this.source[this.start + at] !== ascii.charCodeAt(at)) return false;
    return true;
  }

  /** @returns where the id ends */
  write(out: Buffer, from: number): number {
    const { source, start, length } = this;
    for (let index = 0; index < length; index += 1) out[from + index] = source[start + index] as number;
    return from + length;
  }

  toString(): string {
    return this.source.toString('latin1', this.start, this.start + this.length);
  }
}
