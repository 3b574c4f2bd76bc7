/** The table of how locales write dates, parsed when the first date in words is read. */
import { dateNames } from './date-format-table';

/** The meaning of a word, or of a few of them. */
export interface Meaning {
  readonly month?: number;
  /** Hours of the day for this name, as bits. */
  readonly hours?: number;
  readonly isZone?: true;
}

export interface DateForm {
  /** The order of the numbers: d, m, y, h, i, s; M is a month in words. */
  readonly order: string;
  /** The mark after the first number, where the month is a number. */
  readonly mark: string;
  readonly isBuddhist: boolean;
  /** Whether the language writes so only in short dates; such a form counts less where the language is unknown. */
  readonly isShort: boolean;
}

export interface DateLocale {
  /** Languages of the locales that write alike. */
  readonly languages: readonly string[];
  readonly forms: readonly DateForm[];
  readonly words: ReadonlyMap<string, readonly Meaning[]>;
  /** How dates are written except for numbers and words (`writingOf`). */
  readonly writings: ReadonlySet<string>;
}

let known: readonly DateLocale[] | undefined;

export function dateLocales(): readonly DateLocale[] {
  known ??= dateNames.map(localeOf);
  return known;
}

/**
 * Names as other releases of CLDR have them, with the same meaning in every language that has them; pages are written
 * by Google's release, not by the table's.
 */
const otherNames: readonly (readonly [language: string, name: string, meaning: Meaning])[] = [
  ...['en', 'de', 'fr', 'sv', 'nl', 'es', 'it', 'da', 'nb', 'no'].map((each) => [each, 'sept', { month: 9 }] as const),
  ...['en', 'de', 'nl', 'es', 'da', 'nb', 'no'].map((each) => [each, 'sep', { month: 9 }] as const),
  ...['jan', 'feb', 'mär', 'apr', 'mai', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dez'].map(
    (name, at) => ['de', name, { month: at + 1 }] as const,
  ),
  ['de', 'mrz', { month: 3 }],
  ['ko', '오전', { hours: 0xfff }],
  ['ko', '오후', { hours: 0xfff000 }],
];

function localeOf(line: string): DateLocale {
  const [locales = '', forms = '', months = '', halves = '', others = '', zone = '', writings = ''] = line.split('|');
  const languages = [...new Set(locales.split(' ').map((locale) => locale.replace(/-.*$/, '')))];
  const words = new Map<string, Meaning[]>();
  const add = (name: string, meaning: Meaning) => words.set(name, [...(words.get(name) ?? []), meaning]);
  for (const [at, names] of months.split(';').entries()) for (const name of list(names)) add(name, { month: at + 1 });
  for (const half of list(halves)) {
    const [name = '', hours = ''] = half.split('=');
    add(name, { hours: Number.parseInt(hours, 16) });
  }
  for (const [language, name, meaning] of otherNames) {
    if (languages.includes(language) && !words.has(name)) add(name, meaning);
  }
  for (const name of list(others)) add(name, {});
  for (const name of new Set([...list(zone), 'utc', 'gmt'])) add(name, { isZone: true });
  return { languages, forms: forms.split(' ').map(formOf), words, writings: new Set(writings.split(' ')) };
}

function list(text: string): string[] {
  return text.split(',').filter((each) => each !== '');
}

function formOf(text: string): DateForm {
  const [, short = '', era = '', order = '', mark = ''] = /^(-?)(B?)([a-zM]+)(.*)$/.exec(text) ?? [];
  return { order, mark, isBuddhist: era !== '', isShort: short !== '' };
}
