/** JSON values, and parsing that never loses a digit. */
import { isUtf8 } from 'node:buffer';

export type Json = string | number | boolean | null | Json[] | JsonObject;

export interface JsonObject {
  [key: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Numbers that may not survive a JavaScript number: 16 digits from 9 on, more digits, or a three-digit exponent. */
const risky = /9\d{15}|\d{17}|[\d.]{19}|\d[eE][+-]?\d{3}/;

const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * `JSON.parse`, except that an integer beyond 2^53, a number beyond the range of a double, or a decimal of more digits
 * than a double has, becomes a string of its digits: the form in which Google's own JSON carries int64
 * (https://protobuf.dev/programming-guides/json/).
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): Json {
  if (!risky.test(text)) return JSON.parse(text) as Json;
  // Text that is not JSON fails here, so every quote below has a closing one.
  JSON.parse(text);
  return JSON.parse(withSafeNumbers(text)) as Json;
}

/** Valid JSON with its numbers in a form that JavaScript numbers do not change. */
function withSafeNumbers(text: string): string {
  let safe = '';
  for (let at = 0; at < text.length;) {
    const quote = text.indexOf('"', at);
    const end = quote < 0 ? text.length : quote;
    safe += text.slice(at, end).replace(number, numberText);
    at = quote < 0 ? end : pastString(text, quote);
    safe += text.slice(end, at);
  }
  return safe;
}

/** @param from position of the opening quote @returns the position after the closing one */
function pastString(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); ; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text[at - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return at + 1;
  }
}

/** The one form in which a number is written here; in quotes where a JavaScript number cannot hold it. */
export function numberText(token: string): string {
  const value = Number(token);
  const isExact = /[.eE]/.test(token) ? isHeld(token, value) : Number.isSafeInteger(value);
  return isExact ? JSON.stringify(value) : `"${token}"`;
}

/** No double is written with more digits. */
const mostDigits = 17;

/** Whether a double holds a number with a fraction or an exponent, as far as its digits mean something. */
function isHeld(token: string, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  if (token.length <= mostDigits && value !== 0) return true;
  const digits = token.replace(/[eE].*$/, '').replace(/[-.]/g, '');
  let [first, end] = [0, digits.length];
  while (digits[first] === '0') first += 1;
  while (end > first && digits[end - 1] === '0') end -= 1;
  return end - first <= mostDigits && (value !== 0 || end === first);
}

/** The value that UTF-8 text holds; undefined when it is no JSON, or no UTF-8. */
export function parseBytes(text: Buffer): Json | undefined {
  if (!isUtf8(text)) return undefined;
  try {
    return parseJson(text.toString('utf8'));
  } catch {
    return undefined;
  }
}
