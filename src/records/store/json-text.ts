/** Writes JSON of ours as bytes, most of which are short strings of ASCII: no text is made in between. */
import { IdBytes } from '../formats/id-bytes';
import type { Json } from '../formats/json';
import { bytes } from '../formats/value-scan';

const { quote, backslash, comma, colon, openBrace, closeBrace } = bytes;
const [space, tilde] = [0x20, 0x7e];
/** Up to so many characters a loop is faster than a call. */
const longestLoop = 192;
/** A character takes so many bytes at most, as `\u001f` does. */
export const mostBytesOfLetter = 6;

/** Fields of an object; ids may be bytes. */
export interface Members {
  readonly [key: string]: Json | IdBytes | Members | undefined;
}

/** `JSON.stringify` of a string. @returns where it ends */
export function writeText(text: string, out: Buffer, from: number): number {
  const { length } = text;
  if (length > longestLoop) return from + out.write(JSON.stringify(text), from);
  let at = from;
  out[at++] = quote;
  for (let index = 0; index < length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < space || code > tilde) return from + out.write(JSON.stringify(text), from);
    if (code === quote || code === backslash) out[at++] = backslash;
    out[at++] = code;
  }
  out[at++] = quote;
  return at;
}

/** No text of `writeText` is longer, in bytes. */
export function mostTextBytes(text: string | IdBytes): number {
  return text.length > longestLoop ? 3 * JSON.stringify(text).length : mostBytesOfLetter * text.length + 2;
}

/** `JSON.stringify` of an object without its braces, and with a comma before each member. @returns where it ends */
export function writeMembers(object: Members, out: Buffer, from: number): number {
  let at = from;
  // Faster than over a list of the keys.
  for (const key in object) {
    const value = object[key];
    if (value === undefined) continue;
    out[at++] = comma;
    at = writeText(key, out, at);
    out[at++] = colon;
    at = writeValue(value, out, at);
  }
  return at;
}

function writeValue(value: Json | IdBytes | Members, out: Buffer, at: number): number {
  if (typeof value === 'string') return writeText(value, out, at);
  if (value instanceof IdBytes) {
    out[at] = quote;
    const end = value.write(out, at + 1);
    out[end] = quote;
    return end + 1;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return at + out.write(JSON.stringify(value), at);
  // The brace goes in place of the first comma.
  const end = writeMembers(value, out, at);
  out[at] = openBrace;
  const close = Math.max(end, at + 1);
  out[close] = closeBrace;
  return close + 1;
}

/** No text of `writeMembers` is longer, in bytes. */
export function mostMemberBytes(object: Members): number {
  let most = 0;
  for (const key in object) most += mostTextBytes(key) + 2 + mostValueBytes(object[key] ?? null);
  return most;
}

function mostValueBytes(value: Json | IdBytes | Members): number {
  if (typeof value === 'string' || value instanceof IdBytes) return mostTextBytes(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 3 * JSON.stringify(value).length;
  return 2 + mostMemberBytes(value);
}
