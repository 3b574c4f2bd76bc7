/** Splits a date in words into numbers, words and marks, whichever digits, spaces and marks of direction it has. */

export interface Piece {
  readonly kind: 'number' | 'word' | 'mark';
  /** Digits as 0 to 9, words in lower case without full stops. */
  readonly text: string;
  /** As it was written, except for the width of letters. */
  readonly written: string;
  /** Whether nothing separates it from the piece before. */
  readonly isGlued: boolean;
}

/** A date with a time and a zone has less, in any language. */
const longest = 120;

/** The zeros of the decimal digits that languages write (https://www.unicode.org/Public/UCD/latest/ucd/extracted/DerivedNumericType.txt). */
const zeros = [
  ...[0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20],
  ...[0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0],
  ...[0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0x11136, 0x1e140, 0x1e950],
];

const digit = /\p{Nd}/gu;
/** Marks of direction, joiners and the like, which are invisible. */
const invisible = /\p{Cf}/gu;
const piece = /[0-9]+|[\p{L}\p{M}][\p{L}\p{M}.]*|[^\s]/gu;

/** @returns undefined when the text is too long for a date, or has digits that are not known */
export function piecesOf(text: string): Piece[] | undefined {
  if (text.length > longest) return undefined;
  const plain = text.normalize('NFKC').replaceAll(invisible, '').replaceAll(digit, asciiDigit);
  const pieces: Piece[] = [];
  let end = -1;
  for (const match of plain.matchAll(piece)) {
    const [written] = match;
    const kind = /^[0-9]/.test(written) ? 'number' : /^[\p{L}\p{M}]/u.test(written) ? 'word' : 'mark';
    if (kind === 'mark' && /\p{N}/u.test(written)) return undefined;
    pieces.push({ kind, text: kind === 'word' ? plainWord(written) : written, written, isGlued: match.index === end });
    end = match.index + written.length;
  }
  return pieces;
}

/** A word in the one form in which words are compared. */
export function plainWord(written: string): string {
  return written.replaceAll('.', '').toLowerCase().normalize('NFD').replaceAll('\u0307', '').normalize('NFC');
}

/** The mark after the first number, such as `/`: it distinguishes languages that write dates without words. */
export function markOf(pieces: readonly Piece[]): string {
  const behind = pieces[pieces.findIndex(({ kind }) => kind === 'number') + 1];
  return behind?.kind === 'mark' ? behind.text : '';
}

/**
 * How a text is written except for its numbers and words: `1. mar. 2026, 05.30.00` is `#.w.#,#.#.#`. Two languages with
 * the same name for two months mostly differ in it.
 *
 * @param pieces without those of the zone
 */
export function writingOf(pieces: readonly Piece[]): string {
  return pieces
    .map(({ kind, text, written }) =>
      kind === 'number' ? '#' : kind === 'word' ? (written.endsWith('.') ? 'w.' : 'w') : brackets.has(text) ? '' : text,
    )
    .join('');
}

/** Around a zone in some languages. */
const brackets = new Set(['(', ')', '[', ']']);

function asciiDigit(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const zero = zeros.find((first) => code >= first && code < first + 10);
  return zero === undefined ? character : String(code - zero);
}
