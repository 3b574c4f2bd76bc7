/** Makes src/records/locales/date-format-table.ts from `Intl`: names, orders and words around them, for each locale. */
import { markOf, piecesOf, writingOf } from '../../../src/records/locales/date-pieces';
import { knownLocales } from './locales';

type Options = Intl.DateTimeFormatOptions;

const clock: Options = { hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'short' };
const day: Options = { year: 'numeric', day: 'numeric' };
/** The forms in which a locale writes a date, the first as Google does. */
const styles: readonly Options[] = [
  { dateStyle: 'medium', timeStyle: 'long' },
  { dateStyle: 'long', timeStyle: 'long' },
  { ...day, month: 'short', ...clock },
  { ...day, month: 'numeric', ...clock },
];
const letters: Readonly<Record<string, string>> = {
  ...{ day: 'd', month: 'm', year: 'y', relatedYear: 'y', hour: 'h', minute: 'i', second: 's' },
};

interface Collected {
  readonly forms: Set<string>;
  readonly months: Map<string, Set<number>>;
  readonly halves: Map<string, number>;
  readonly others: Set<string>;
  readonly zone: Set<string>;
  readonly writings: Set<string>;
}

const wordsOf = (text: string) => (piecesOf(text) ?? []).filter(({ kind }) => kind === 'word').map((each) => each.text);
const phraseOf = (text: string) => wordsOf(text).join(' ');
const hasNumber = (text: string) => (piecesOf(text) ?? []).some(({ kind }) => kind === 'number');

/** The parts of a date, where letters that are glued to the name of the month are part of it, as in Hebrew. */
function partsOf(format: Intl.DateTimeFormat, at: Date): { type: string; value: string }[] {
  const parts: { type: string; value: string }[] = format.formatToParts(at);
  for (const [index, part] of parts.entries()) {
    const [before, behind] = [parts[index - 1], parts[index + 1]];
    if (part.type !== 'month' || hasNumber(part.value)) continue;
    const prefix = /[\p{L}\p{M}]+$/u.exec(before?.type === 'literal' ? before.value : '')?.[0] ?? '';
    const suffix = /^[\p{L}\p{M}]+/u.exec(behind?.type === 'literal' ? behind.value : '')?.[0] ?? '';
    if (prefix !== '' && before !== undefined) before.value = before.value.slice(0, -prefix.length);
    if (suffix !== '' && behind !== undefined) behind.value = behind.value.slice(suffix.length);
    part.value = prefix + part.value + suffix;
  }
  return parts;
}

function look(collected: Collected, format: Intl.DateTimeFormat, local: Date, calendar: string): void {
  let form = '';
  const parts = partsOf(format, local);
  const named = new Set<string>();
  for (const { type, value } of parts) {
    const letter = letters[type];
    if (type === 'month' && !hasNumber(value)) {
      form += 'M';
      const phrase = phraseOf(value);
      for (const word of wordsOf(value)) named.add(word);
      collected.months.set(phrase, (collected.months.get(phrase) ?? new Set()).add(local.getUTCMonth() + 1));
    } else if (type === 'dayPeriod') {
      const phrase = phraseOf(value);
      for (const word of wordsOf(value)) named.add(word);
      collected.halves.set(phrase, (collected.halves.get(phrase) ?? 0) | (1 << local.getUTCHours()));
    } else if (type === 'timeZoneName') {
      for (const word of wordsOf(value)) collected.zone.add(word);
    } else form += letter ?? '';
  }
  const text = parts.map(({ type, value }) => (type === 'timeZoneName' ? ' ' : value)).join('');
  const pieces = piecesOf(text) ?? [];
  for (const word of wordsOf(text)) if (!named.has(word)) collected.others.add(word);
  const isShort = format.resolvedOptions().dateStyle === undefined && !form.includes('M');
  const full = `${calendar}${form}${form.includes('M') ? '' : markOf(pieces)}`;
  if (isShort && !collected.forms.has(full)) collected.forms.add(`-${full}`);
  if (!isShort) collected.forms.add(full);
  if (!isShort) collected.writings.add(writingOf(pieces));
}

function namesOf(locale: string): string | undefined {
  const collected: Collected = {
    forms: new Set(),
    months: new Map(),
    halves: new Map(),
    others: new Set(),
    zone: new Set(),
    writings: new Set(),
  };
  const { calendar } = new Intl.DateTimeFormat(locale).resolvedOptions();
  const tags = calendar === 'gregory' ? [locale] : [locale, `${locale}-u-ca-gregory`];
  for (const tag of tags) {
    const own = new Intl.DateTimeFormat(tag).resolvedOptions().calendar;
    // No other calendar is read: its years are far from those of the Gregorian one.
    if (own !== 'gregory' && own !== 'buddhist') continue;
    const era = own === 'buddhist' ? 'B' : '';
    for (const style of styles) {
      const usual = new Intl.DateTimeFormat(tag, { ...style, timeZone: 'UTC' });
      const halved = new Intl.DateTimeFormat(tag, { ...style, timeZone: 'UTC', hour12: true });
      for (let month = 0; month < 12; month += 1) {
        look(collected, usual, new Date(Date.UTC(2026, month, 25, 9, 41, 17)), era);
      }
      for (let hour = 0; hour < 24; hour += 1) {
        look(collected, usual, new Date(Date.UTC(2026, 4, 25, hour, 41, 17)), era);
        look(collected, halved, new Date(Date.UTC(2026, 4, 25, hour, 41, 17)), era);
      }
    }
    const offset = new Intl.DateTimeFormat(tag, { timeZone: 'Etc/GMT-5', timeZoneName: 'shortOffset' });
    const name = offset.formatToParts(new Date(0)).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    for (const word of wordsOf(name)) collected.zone.add(word);
  }
  if (collected.forms.size === 0) return undefined;
  const months = Array.from({ length: 12 }, (_, at) =>
    // A name of two months identifies neither.
    [...collected.months]
      .filter(([name, numbers]) => name !== '' && numbers.size === 1 && numbers.has(at + 1))
      .map(([name]) => name)
      .toSorted()
      .join(','),
  );
  const halves = [...collected.halves]
    .filter(([name]) => name !== '')
    .map(([name, hours]) => `${name}=${hours.toString(16)}`);
  return [
    [...collected.forms].toSorted().join(' '),
    months.join(';'),
    halves.toSorted().join(','),
    [...collected.others]
      .filter((word) => word !== '')
      .toSorted()
      .join(','),
    [...collected.zone].toSorted().join(','),
    [...collected.writings].toSorted().join(' '),
  ].join('|');
}

/** The lines of the table: locales that write alike share one. */
export function dateNames(): string[] {
  const byNames = new Map<string, string[]>();
  for (const locale of knownLocales) {
    const names = namesOf(locale);
    if (names === undefined) continue;
    byNames.set(names, [...(byNames.get(names) ?? []), locale]);
  }
  return [...byNames].map(([names, locales]) => `${locales.join(' ')}|${names}`);
}

/** The file as it is committed, before it is formatted. */
export function dateNamesFile(): string {
  return `/**
 * How locales write a date with its time, one line for locales that write alike: the locales; the orders of the numbers
 * (d, m and M for a month in words, y, h, i, s), with the mark after the first where the month is a number, \`B\` for
 * years of the Buddhist era, and \`-\` for an order of short dates only; the names of the months; the names of times of
 * day with their hours; words around them; words of the time zone; how dates are written except for numbers and words.
 * Generated by test/records/locales/make-date-format-table.ts (\`UPDATE_DOCS=1 npm run test:all --
 * test/records/locales\`), so that a text is read alike with every release of Node.
 */
export const icuVersion = '${process.versions['icu'] ?? ''}';

export const dateNames: readonly string[] = [
${dateNames()
  .map((line) => `  ${JSON.stringify(line).replaceAll("'", "\\'").replaceAll('\\"', '"').replace(/^"|"$/g, "'")},`)
  .join('\n')}
];
`;
}
