/** Decodes UTF-8 as it arrives, and reports bytes that are not UTF-8, or NUL, instead of replacing them silently. */
import { isUtf8 } from 'node:buffer';

export interface Decoded {
  readonly text: string;
  /** Some bytes of this piece were not text; U+FFFD replaces them. */
  readonly isDamaged: boolean;
}

export class Utf8Text {
  private rest: Buffer = Buffer.alloc(0);
  private isFirst = true;

  write(chunk: Buffer): Decoded {
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const whole = wholeCharacters(bytes);
    this.rest = bytes.subarray(whole);
    return this.decode(bytes.subarray(0, whole));
  }

  end(): Decoded {
    const { rest } = this;
    this.rest = Buffer.alloc(0);
    return this.decode(rest);
  }

  private decode(bytes: Buffer): Decoded {
    const hasNul = bytes.includes(0);
    const decoded = bytes.toString('utf8');
    const text = hasNul ? decoded.replaceAll('\0', '\uFFFD') : decoded;
    const isFirst = this.isFirst && text.length > 0;
    if (text.length > 0) this.isFirst = false;
    return { text: isFirst && text.startsWith('\uFEFF') ? text.slice(1) : text, isDamaged: hasNul || !isUtf8(bytes) };
  }
}

/** The length without a character that is cut at the end. */
export function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return wanted > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

/**
 * @param at of a byte from 0x80 on
 * @returns where the letter that begins there ends; -1 when the bytes are not UTF-8
 *   (https://www.rfc-editor.org/rfc/rfc3629#section-4)
 */
export function pastLetter(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number;
  const second = bytes[at + 1] as number;
  if (first < 0xc2 || first > 0xf4) return -1;
  // Nothing that has a shorter form, no half of a pair of UTF-16, and nothing beyond U+10FFFF.
  const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (!(second >= least && second <= most)) return -1;
  const end = at + (first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4);
  for (let next = at + 2; next < end; next += 1) if (((bytes[next] as number) & 0xc0) !== 0x80) return -1;
  return end;
}
