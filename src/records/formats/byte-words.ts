/** Bytes four at a time, which for a few dozen of them is three times as fast as one by one, and faster than a call. */

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Copies the bytes from `start` to `end`. @returns where the copy ends */
export function copyBytes(source: DataView, start: number, end: number, out: DataView, to: number): number {
  let from = start;
  let at = to;
  for (const last = end - 4; from <= last; from += 4, at += 4) out.setInt32(at, source.getInt32(from, true), true);
  for (; from < end; from += 1, at += 1) out.setUint8(at, source.getUint8(from));
  return at;
}

/** @returns where the same bytes end; -1 when others are there, or the source ends before */
export function pastSame(source: DataView, from: number, same: DataView): number {
  const length = same.byteLength;
  if (from + length > source.byteLength) return -1;
  let index = 0;
  for (const last = length - 4; index <= last; index += 4) {
    if (source.getInt32(from + index, true) !== same.getInt32(index, true)) return -1;
  }
  for (; index < length; index += 1) if (source.getUint8(from + index) !== same.getUint8(index)) return -1;
  return from + length;
}

const highBits = 0x80808080 | 0;

/**
 * Goes over letters of ASCII, four at a time, as long as none of the four is a control, a quote or a backslash
 * (https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord). @returns where it stops
 */
export function pastPlainWords(source: DataView, from: number): number {
  let at = from;
  for (const last = source.byteLength - 4; at <= last; at += 4) {
    const word = source.getInt32(at, true);
    const quotes = word ^ 0x22222222;
    const slashes = word ^ 0x5c5c5c5c;
    const special =
      word | ((word - 0x20202020) & ~word) | ((quotes - 0x01010101) & ~quotes) | ((slashes - 0x01010101) & ~slashes);
    if ((special & highBits) !== 0) break;
  }
  return at;
}

/** A text of ASCII that other texts begin with. */
export interface Beginning {
  readonly text: string;
  /** As JSON has it, with the opening quote. */
  readonly view: DataView;
}

export const beginningOf = (ascii: string): Beginning => ({ text: ascii, view: viewOf(Buffer.from(`"${ascii}`)) });
