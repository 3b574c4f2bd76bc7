/** Times of entries as instants: RFC 3339, Google's numbers, and what languages write. The text itself is kept beside them. */
import { localisedInstant } from './locales/dates';

const rfc3339 = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(\.\d{1,9})?\s?(Z|z|UTC|[+-]\d\d:?\d\d)$/;

/**
 * @returns the instant as RFC 3339 in UTC, fractions of a second kept as far as they are written; undefined when the
 *   text is none, or not surely one
 */
export function instantOf(text: string): string | undefined {
  if (isPlainUtc(text)) return text;
  const match = rfc3339.exec(text);
  if (match === null) return undefined;
  const [, date = '', time = '', fraction = '', zone = ''] = match;
  const isUtc = /^(?:z|utc|[+-]00:?00)$/i.test(zone);
  const at = Date.parse(`${date}T${time}${isUtc ? 'Z' : zone.replace(/^(...)(\d\d)$/, '$1:$2')}`);
  if (Number.isNaN(at)) return undefined;
  return new Date(at).toISOString().replace('.000Z', `${fraction}Z`);
}

const [zero, nine] = [0x30, 0x39];

/** The two digits at a place as a number; negative when they are none. */
function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at), text.charCodeAt(at + 1)];
  if (tens < zero || tens > nine || ones < zero || ones > nine) return -1;
  return (tens - zero) * 10 + ones - zero;
}

/**
 * Whether a text is what is wanted as it is, as nearly every one of Google's is; days that not every month has are left
 * to the calendar.
 */
function isPlainUtc(text: string): boolean {
  const { length } = text;
  if (length < 20 || length > 30 || length === 21) return false;
  if (text[4] !== '-' || text[7] !== '-' || text[10] !== 'T' || text[13] !== ':' || text[16] !== ':') return false;
  if (text[length - 1] !== 'Z' || (length > 20 && text[19] !== '.')) return false;
  for (let at = 20; at < length - 1; at += 1)
    if (text.charCodeAt(at) < zero || text.charCodeAt(at) > nine) return false;
  const [month, day] = [twoDigits(text, 5), twoDigits(text, 8)];
  return (
    twoDigits(text, 0) >= 0 &&
    twoDigits(text, 2) >= 0 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 28 &&
    within(text, 11, 23) &&
    within(text, 14, 59) &&
    within(text, 17, 59)
  );
}

function within(text: string, at: number, most: number): boolean {
  const value = twoDigits(text, at);
  return value >= 0 && value <= most;
}

/** Chrome's epoch begins in 1601; its times in microseconds have 17 digits today. */
const chromeEpochMs = 11_644_473_600_000;

/**
 * A number of seconds, milliseconds or microseconds since 1970, or of microseconds since 1601, told apart by its length
 * (today's have 10, 13, 16 and 17 digits).
 */
export function instantOfNumber(digits: string): string | undefined {
  if (!/^\d{9,17}$/.test(digits)) return undefined;
  if (digits.length <= 11) return iso(Number(digits) * 1_000, '');
  if (digits.length <= 14) return iso(Math.floor(Number(digits) / 1_000) * 1_000, digits.slice(-3));
  const seconds = Number(digits.slice(0, -6)) * 1_000 - (digits.length === 17 ? chromeEpochMs : 0);
  return iso(seconds, digits.slice(-6));
}

/** @param fraction digits behind the point of a whole second */
function iso(at: number, fraction: string): string | undefined {
  if (!(at >= 0 && at < 253_402_300_800_000)) return undefined;
  const day = Math.floor(at / dayMs);
  if (day !== knownDay) {
    knownDay = day;
    knownDate = new Date(day * dayMs).toISOString().slice(0, 11);
  }
  const second = Math.floor((at - day * dayMs) / 1_000);
  const time = `${sixtieths[Math.floor(second / 3_600)]}:${sixtieths[Math.floor(second / 60) % 60]}:${sixtieths[second % 60]}`;
  return `${knownDate}${time}.${Number(fraction) === 0 ? '000' : fraction}Z`;
}

const dayMs = 86_400_000;
/** Neighbours in a history mostly fall on the same day, whose date is written once. */
let knownDay = -1;
let knownDate = '';
const sixtieths = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/**
 * An instant in any form: RFC 3339, else by the tables of languages.
 *
 * @param locale the language of the archive, where its folders give it away
 */
export function instantOfText(text: string, locale: string | undefined): string | undefined {
  return instantOf(text.trim()) ?? localisedInstant(text, locale);
}
