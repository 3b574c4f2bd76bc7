/**
 * Converts times of entries to instants: RFC 3339, Google's numbers, and the forms of languages. The text itself is
 * kept too.
 */
import { localisedInstant } from '../locales/dates-in-words';

const rfc3339 = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(\.\d{1,9})?\s?(Z|z|UTC|[+-]\d\d:?\d\d)$/;

/**
 * @returns the instant as RFC 3339 in UTC, with the fractions of a second that the text has; undefined when the text is
 * not an instant, or may mean another one
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
/** February has a 29th only in some years. */
const daysOfMonths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const [hyphen, point, colon, letterT, letterZ] = [0x2d, 0x2e, 0x3a, 0x54, 0x5a];

/** The two digits at a place as a number; negative when they are none. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at);
  const ones = text.charCodeAt(at + 1);
  if (tens < zero || tens > nine || ones < zero || ones > nine) return -1;
  return (tens - zero) * 10 + ones - zero;
}

/**
 * Whether a text has the wanted form already, as nearly all of Google's do; days that not every month has are left to
 * the calendar.
 */
// eslint-disable-next-line complexity -- one plain comparison after the other, for every time of every record
function isPlainUtc(text: string): boolean {
  const { length } = text;
  if (length < 20 || length > 30 || length === 21) return false;
  if (text.charCodeAt(4) !== hyphen || text.charCodeAt(7) !== hyphen || text.charCodeAt(10) !== letterT) return false;
  if (text.charCodeAt(13) !== colon || text.charCodeAt(16) !== colon) return false;
  if (text.charCodeAt(length - 1) !== letterZ || (length > 20 && text.charCodeAt(19) !== point)) return false;
  for (let at = 20; at < length - 1; at += 1)
    if (text.charCodeAt(at) < zero || text.charCodeAt(at) > nine) return false;
  const [month, day] = [twoDigits(text, 5), twoDigits(text, 8)];
  return (
    twoDigits(text, 0) >= 0 &&
    twoDigits(text, 2) >= 0 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= (daysOfMonths[month - 1] as number) &&
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
const chromeEpochSeconds = 11_644_473_600;

/**
 * A number of seconds, milliseconds or microseconds since 1970, or of microseconds since 1601, distinguished by its
 * length (today's have 10, 13, 16 and 17 digits). With 11 or 14 digits it would be after the year 2286, so it counts
 * something else, such as seconds since 1601.
 */
export function instantOfNumber(digits: string): string | undefined {
  const { length } = digits;
  if (length < 9 || length > 17 || length === 11 || length === 14) return undefined;
  const fractionDigits = length <= 10 ? 0 : length <= 13 ? 3 : 6;
  const seconds = numberIn(digits, 0, length - fractionDigits);
  const fraction = numberIn(digits, length - fractionDigits, length);
  if (Number.isNaN(seconds + fraction)) return undefined;
  return iso(length === 17 ? seconds - chromeEpochSeconds : seconds, fraction, fractionDigits);
}

/** Digits as a number; NaN when there are others. */
function numberIn(text: string, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at += 1) {
    const digit = text.charCodeAt(at) - zero;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** @param fraction of a second, in so many digits behind the point; a whole second has three zeros */
function iso(seconds: number, fraction: number, fractionDigits: number): string | undefined {
  if (!(seconds >= 0 && seconds < endOfYear9999)) return undefined;
  const day = Math.floor(seconds / daySeconds);
  if (day !== knownDay) {
    knownDay = day;
    written.write(new Date(day * daySeconds * 1_000).toISOString().slice(0, 11), 'latin1');
  }
  const second = seconds - day * daySeconds;
  writeDigits(Math.floor(second / 3_600), 11, 2);
  writeDigits(Math.floor(second / 60) % 60, 14, 2);
  writeDigits(second % 60, 17, 2);
  const shown = fraction === 0 ? 3 : fractionDigits;
  writeDigits(fraction, 20, shown);
  written[20 + shown] = letterZ;
  return written.toString('latin1', 0, 21 + shown);
}

function writeDigits(value: number, at: number, count: number): void {
  let rest = value;
  for (let place = at + count - 1; place >= at; place -= 1) {
    written[place] = zero + (rest % 10);
    rest = Math.floor(rest / 10);
  }
}

const daySeconds = 86_400;
const endOfYear9999 = 253_402_300_800;
/** The instant before: neighbours in a history mostly fall on the same day, whose date is written once. */
const written = Buffer.from('0000-00-00T00:00:00.000000Z', 'latin1');
let knownDay = -1;

/**
 * An instant in any form: RFC 3339, else by the tables of languages.
 *
 * @param locale the language of the archive, where its folders give it away
 */
export function instantOfText(text: string, locale: string | undefined): string | undefined {
  if (isPlainUtc(text)) return text;
  return instantOf(text.trim()) ?? localisedInstant(text, locale);
}
