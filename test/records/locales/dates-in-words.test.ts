/** Dates in words: every locale of `Intl` writes instants, and none of them is read as another one. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import prettier from 'prettier';

import { icuVersion } from '../../../src/records/locales/date-format-table';
import { instantOfText } from '../../../src/records/formats/instant';
import { allTests, longIt } from '../../support/long';
import { knownLocales } from './locales';
import { dateNamesFile } from './make-date-format-table';

/** Ends and beginnings of days, months and of summer time in Europe and America, halves of the day, each month. */
const instants = [
  ...Array.from({ length: 12 }, (_, month) => Date.UTC(2026, month + 1, 0, 23, 59, 59)),
  ...Array.from({ length: 12 }, (_, month) => Date.UTC(2026, month, 1, 0, 0, 0)),
  ...Array.from({ length: 12 }, (_, month) => Date.UTC(2025, month, 13 + month, 12, 0, 1)),
  ...Array.from({ length: 24 }, (_, hour) => Date.UTC(2024, 1, 5 + hour, hour, 7, 8)),
  ...[Date.UTC(2026, 2, 29, 0, 59, 59), Date.UTC(2026, 2, 29, 1, 0, 0), Date.UTC(2026, 9, 25, 0, 59, 59)],
  ...[Date.UTC(2026, 9, 25, 1, 0, 0), Date.UTC(2026, 2, 8, 9, 59, 59), Date.UTC(2026, 2, 8, 10, 0, 0)],
  ...[Date.UTC(2026, 10, 1, 8, 59, 59), Date.UTC(2026, 10, 1, 9, 0, 0), Date.UTC(2024, 1, 29, 12, 30, 30)],
  ...[Date.UTC(2026, 3, 4, 16, 5, 6), Date.UTC(2026, 4, 3, 4, 5, 6), Date.UTC(2026, 11, 11, 11, 11, 11)],
];
/** Whole and broken offsets east and west, and zones that have summer time, of which some have abbreviations in some languages. */
const zones = [
  ...['Asia/Kolkata', 'America/Sao_Paulo', 'Europe/Berlin', 'America/St_Johns', 'Asia/Tokyo', 'America/Los_Angeles'],
  'UTC',
];

interface Count {
  read: number;
  readonly wrong: string[];
}

function readAll(locale: string, style: Intl.DateTimeFormatOptions): Count {
  const count: Count = { read: 0, wrong: [] };
  const formats = zones.map((timeZone) => new Intl.DateTimeFormat(locale, { ...style, timeZone }));
  for (const [at, instant] of instants.entries()) {
    const text = formats[at % formats.length]?.format(instant) ?? '';
    const parsed = instantOfText(text, undefined);
    if (parsed === undefined) continue;
    if (Date.parse(parsed) === instant) count.read += 1;
    else count.wrong.push(`${locale}: ${text} as ${parsed}`);
  }
  return count;
}

/**
 * Languages that Google's pages come in: those of YouTube, the longest list that Google publishes
 * (https://developers.google.com/youtube/v3/docs/i18nLanguages/list); `iw` and `no` as `Intl` calls them.
 */
const googleLanguages = (
  'af am ar as az be bg bn bs ca cs da de el en en-GB en-IN es es-419 es-US et eu fa fi fil fr fr-CA gl gu he hi hr hu hy ' +
  'id is it ja ka kk km kn ko ky lo lt lv mk ml mn mr ms my nb ne nl or pa pl pt pt-PT ro ru si sk sl sq sr sr-Latn sv sw ' +
  'ta te th tr uk ur uz vi zh-CN zh-HK zh-TW zu'
).split(' ');

/** Of those, the ones of which not every date is read, with the number of the 72 that is. */
const notAll: Readonly<Record<string, number>> = {
  // In these the zone of India is IST, which is that of Israel and of Ireland as well.
  ...{ as: 61, bn: 61, gu: 61, hi: 61, kn: 61, ml: 61, mr: 61, or: 61, pa: 61, ta: 61, te: 61, 'en-IN': 61 },
  // Years of the Persian calendar.
  fa: 0,
  // Day and month are numbers, and other languages have them the other way round.
  'pt-PT': 46,
  // `Mar`, `May` and `Kas` are other months in Luba, Taita and Teso, which write dates alike.
  tr: 56,
};

const style = { dateStyle: 'medium', timeStyle: 'long' } as const;

it('no date of any locale is read as another instant, and nearly all are read', () => {
  expect(knownLocales.length).toBeGreaterThanOrEqual(200);
  expect(instants.length).toBe(72);
  // Of the locales that Google's pages do not come in, a quarter shows the same as all of them.
  const others = knownLocales.filter((_, at) => allTests || at % 4 === 0);
  const counts = new Map(
    [...new Set([...others, ...googleLanguages])].map((locale) => [locale, readAll(locale, style)]),
  );
  expect([...counts.values()].flatMap(({ wrong }) => wrong)).toEqual([]);
  const ofGoogle = Object.fromEntries(googleLanguages.map((locale) => [locale, counts.get(locale)?.read]));
  const expected = Object.fromEntries(googleLanguages.map((locale) => [locale, notAll[locale] ?? instants.length]));
  // Other releases of CLDR may use names and zones that the table does not have.
  if (process.versions['icu'] === icuVersion) expect(ofGoogle).toEqual(expected);
  const read = [...counts.values()].reduce((sum, each) => sum + each.read, 0);
  expect(read / (counts.size * instants.length)).toBeGreaterThan(0.9);
});

describe('a date in words', () => {
  it.each([
    ['Oct 30, 2025, 1:05:00\u202fPM PDT', '2025-10-30T20:05:00.000Z'],
    ['Sept 3, 2026, 12:00:00 AM GMT+1', '2026-09-02T23:00:00.000Z'],
    ['3 sept. 2026, 12:00:00 UTC−03:00', '2026-09-03T15:00:00.000Z'],
    ['31 mrt 2026, 00:00:00 CEST', '2026-03-30T22:00:00.000Z'],
    ['03.04.2026, 20:04:54 MESZ', '2026-04-03T18:04:54.000Z'],
    ['03-04-2026, 20:04:54 CEST', '2026-04-03T18:04:54.000Z'],
    ['3. Sept. 2026, 20:04:54 MESZ', '2026-09-03T18:04:54.000Z'],
    ['12 Meith 2026, 13:04:05 GMT+1', '2026-06-12T12:04:05.000Z'],
    ['12. marraskuuta 2026 klo 13.04.05 UTC+2', '2026-11-12T11:04:05.000Z'],
    ['30 ก.ค. 2569 10 นาฬิกา 53 นาที 06 วินาที GMT+7', '2026-07-30T03:53:06.000Z'],
    ['٣٠ يوليو ٢٠٢٦ في ٩:٤١:٠٠ م غرينتش+٣', '2026-07-30T18:41:00.000Z'],
    ['2026. 7. 30. 오후 12:53:06 GMT+9', '2026-07-30T03:53:06.000Z'],
    ['2026年7月30日 下午12:23:06 [GMT+8]', '2026-07-30T04:23:06.000Z'],
    ['30 de jul. de 2026, 10:53:06 BRT', '2026-07-30T13:53:06.000Z'],
    ['5 Jan 2026, 09:00:00 AEDT', '2026-01-04T22:00:00.000Z'],
    ['5 Jan 2026, 09:00:00 NZDT', '2026-01-04T20:00:00.000Z'],
    ['5 Jul 2026, 09:00:00 NZST', '2026-07-04T21:00:00.000Z'],
    ['5 Jul 2026, 09:00:00 SAST', '2026-07-05T07:00:00.000Z'],
  ])('%s', (text, expected) => {
    expect(instantOfText(text, undefined)).toBe(expected);
  });

  it.each([
    // Zones that mean several things, several zones, and none.
    ['5 Jul 2026, 09:00:00 IST', 'en'],
    ['5 Jul 2026, 09:00:00 CST', 'en'],
    ['5 Jul 2026, 09:00:00 BST', 'en'],
    ['5 Jul 2026, 09:00:00 CET EET', 'en'],
    ['5 Jul 2026, 09:00:00 CET+1', 'en'],
    ['5 Jul 2026, 09:00:00 GMT+25', 'en'],
    ['5 Jul 2026, 09:00:00', 'en'],
    // Names that are none of the language, and parts of names.
    ['5 Julember 2026, 09:00:00 UTC', undefined],
    ['5 Meith 2026, 09:00:00 UTC', 'en'],
    ['5 marras 2026, 09:00:00 UTC', 'de'],
    ['5 Jul 2026 or so, 09:00:00 UTC', undefined],
    // July in Polish, June in Croatian: neither writes it so.
    ['1 lip. 2026 08:59:59 GMT+9', undefined],
    // No such day or hour, or a year of another calendar.
    ['31 Jun 2026, 09:00:00 UTC', 'en'],
    ['5 Jul 2026, 24:00:00 UTC', 'en'],
    ['5 Jul 2026, 13:00:00 PM UTC', 'en'],
    ['5 Jul 1405, 09:00:00 UTC', 'en'],
    ['5 Jul 26, 09:00:00 UTC', 'en'],
    ['03/04/2026, 09:00:00 UTC', undefined],
    ['03/04/2026, 09:00:00 AM UTC', 'en'],
    [`5 Jul 2026, 09:00:00 UTC${' '.repeat(200)}`.padEnd(1_000, 'x'), 'en'],
  ])('%s is none', (text, locale) => {
    expect(instantOfText(text, locale)).toBeUndefined();
  });

  it('is read by the language of the archive where two read it in two ways', () => {
    const text = '03/04/2026, 09:00:00 UTC';
    expect(instantOfText(text, 'nl')).toBe('2026-04-03T09:00:00.000Z');
    expect(instantOfText('1 Kas 2026 00:59:59 GMT+1', undefined)).toBeUndefined();
    expect(instantOfText('1 Kas 2026 00:59:59 GMT+1', 'tr')).toBe('2026-10-31T23:59:59.000Z');
  });
});

longIt('the table has the data of `Intl` (UPDATE_DOCS=1 writes it)', async () => {
  const path = join(__dirname, '../../../src/records/locales/date-format-table.ts');
  const options = await prettier.resolveConfig(path);
  const made = await prettier.format(dateNamesFile(), { ...options, parser: 'typescript' });
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(path, made);
  // Another release of ICU has other names; the table stays, so that a text is read alike on any Node.
  if (process.versions['icu'] === icuVersion) expect(readFileSync(path, 'utf8')).toBe(made);
});
