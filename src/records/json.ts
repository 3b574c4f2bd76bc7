/** JSON values, and parsing that never loses a digit. */
import { isAscii, isUtf8 } from 'node:buffer';

export type Json = string | number | boolean | null | Json[] | JsonObject;

export interface JsonObject {
  [key: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Numbers that may not survive a JavaScript number: 16 digits from 9 on, more digits, or a three-digit exponent. */
const risky = /9\d{15}|\d{17}|\d[eE]\+?\d{3}/;

const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * `JSON.parse`, except that an integer beyond 2^53, or a number beyond the range of a double, becomes a string of its
 * digits: the form in which Google's own JSON carries int64 (https://protobuf.dev/programming-guides/json/).
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): Json {
  if (!risky.test(text)) return JSON.parse(text) as Json;
  const safe = text.replace(stringOrNumber, (token) => {
    if (token.startsWith('"')) return token;
    const value = Number(token);
    const exact = /[.eE]/.test(token) ? Number.isFinite(value) : Number.isSafeInteger(value);
    return exact ? token : `"${token}"`;
  });
  return JSON.parse(safe) as Json;
}

/**
 * The value that UTF-8 text holds.
 *
 * @param asList the text is the inside of an array
 * @returns undefined when it is no JSON, or no UTF-8
 */
export function parseBytes(text: Buffer, asList: boolean): Json | undefined {
  // Latin-1 is the faster way to a string, and the same for ASCII.
  const plain = isAscii(text);
  if (!plain && !isUtf8(text)) return undefined;
  const characters = text.toString(plain ? 'latin1' : 'utf8');
  try {
    return parseJson(asList ? `[${characters}]` : characters);
  } catch {
    return undefined;
  }
}
