/** The table of how locales write dates, taken apart when the first date in words is met. */
import { dateNames } from './date-names';

/** What a word, or a few of them, may be. */
export interface Meaning {
  readonly month?: number;
  /** Hours of the day that it stands for, as bits. */
  readonly hours?: number;
  readonly isZone?: true;
}

export interface DateForm {
  /** Where which number stands: d, m, y, h, i, s; M is a month in words. */
  readonly order: string;
  /** The mark behind the first number, where the month is a number. */
  readonly mark: string;
  readonly isBuddhist: boolean;
  /** Whether the language is known to write so only in short: elsewhere it says nothing. */
  readonly isShort: boolean;
}

export interface DateLocale {
  /** Languages of the locales that write alike. */
  readonly languages: readonly string[];
  readonly forms: readonly DateForm[];
  readonly words: ReadonlyMap<string, readonly Meaning[]>;
  /** How dates are written but for numbers and words (`writingOf`). */
  readonly writings: ReadonlySet<string>;
}

let known: readonly DateLocale[] | undefined;

export function dateLocales(): readonly DateLocale[] {
  known ??= dateNames.map(localeOf);
  return known;
}

/**
 * Names as other releases of CLDR have them, which stand for the same month in every language that has them; pages are
 * written by Google's release, not by the one of the table.
 */
const otherNames: readonly (readonly [language: string, name: string, month: number])[] = [
  ...(['en', 'de', 'fr', 'sv', 'nl', 'es', 'it', 'da', 'nb', 'no'] as const).map((each) => [each, 'sept', 9] as const),
  ...(['en', 'de', 'nl', 'es', 'da', 'nb', 'no'] as const).map((each) => [each, 'sep', 9] as const),
  ...(
    [
      ['jan', 1],
      ['feb', 2],
      ['mär', 3],
      ['apr', 4],
      ['jun', 6],
      ['jul', 7],
      ['aug', 8],
      ['okt', 10],
    ] as const
  ).map(([name, month]) => ['de', name, month] as const),
  ...[['de', 'nov', 11] as const, ['de', 'dez', 12] as const, ['de', 'mrz', 3] as const],
];

/** Halves of the day as other releases of CLDR have them, with their hours. */
const otherHalves: readonly (readonly [language: string, name: string, hours: number])[] = [
  ['ko', '오전', 0xfff],
  ['ko', '오후', 0xfff000],
];

function localeOf(line: string): DateLocale {
  const [locales = '', forms = '', months = '', halves = '', others = '', zone = '', writings = ''] = line.split('|');
  const languages = [...new Set(locales.split(' ').map((locale) => locale.replace(/-.*$/, '')))];
  const words = new Map<string, Meaning[]>();
  const add = (name: string, meaning: Meaning) => {
    const found = words.get(name);
    if (found === undefined) words.set(name, [meaning]);
    else found.push(meaning);
  };
  const list = (text: string) => text.split(',').filter((each) => each !== '');
  for (const [at, names] of months.split(';').entries()) for (const name of list(names)) add(name, { month: at + 1 });
  for (const [language, name, month] of otherNames) {
    if (languages.includes(language) && !words.has(name)) add(name, { month });
  }
  for (const half of list(halves)) {
    const [name = '', hours = ''] = half.split('=');
    add(name, { hours: Number.parseInt(hours, 16) });
  }
  for (const [language, name, hours] of otherHalves) {
    if (languages.includes(language) && !words.has(name)) add(name, { hours });
  }
  for (const name of list(others)) add(name, {});
  for (const name of new Set([...list(zone), 'utc', 'gmt'])) add(name, { isZone: true });
  return { languages, forms: forms.split(' ').map(formOf), words, writings: new Set(writings.split(' ')) };
}

function formOf(text: string): DateForm {
  const [, short = '', era = '', order = '', mark = ''] = /^(-?)(B?)([a-zM]+)(.*)$/.exec(text) ?? [];
  return { order, mark, isBuddhist: era !== '', isShort: short !== '' };
}
