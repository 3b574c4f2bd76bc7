/** Times of entries as instants: RFC 3339, Google's numbers, and what languages write. The text itself is kept beside them. */
import { localisedInstant } from './locales/dates';

const rfc3339 = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(\.\d{1,9})?\s?(Z|z|UTC|[+-]\d\d:?\d\d)$/;

/**
 * @returns the instant as RFC 3339 in UTC, fractions of a second kept as far as they are written; undefined when the
 *   text is none, or not surely one
 */
export function instantOf(text: string): string | undefined {
  const match = rfc3339.exec(text);
  if (match === null) return undefined;
  const [, date = '', time = '', fraction = '', zone = ''] = match;
  const isUtc = /^(?:z|utc|[+-]00:?00)$/i.test(zone);
  const at = Date.parse(`${date}T${time}${isUtc ? 'Z' : zone.replace(/^(...)(\d\d)$/, '$1:$2')}`);
  if (Number.isNaN(at)) return undefined;
  return new Date(at).toISOString().replace('.000Z', `${fraction}Z`);
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
  const text = new Date(at).toISOString();
  return Number(fraction) === 0 ? text : text.replace('000Z', `${fraction}Z`);
}

/**
 * An instant in any form: RFC 3339, else by the tables of languages.
 *
 * @param locale the language of the archive, where its folders give it away
 */
export function instantOfText(text: string, locale: string | undefined): string | undefined {
  return instantOf(text.trim()) ?? localisedInstant(text, locale);
}
