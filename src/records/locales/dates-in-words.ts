/**
 * Converts dates in words to instants. A text is compared with every language whose words it consists of, and is read
 * only where all of them give the same instant.
 */
import { dateLocales, type DateForm, type DateLocale, type Meaning } from './date-formats';
import { markOf, piecesOf, writingOf, type Piece } from './date-pieces';
import { zoneOfDate } from './zone-of-date';

/** Years in which people had accounts; other years are of another calendar, or are not years. */
const [firstYear, lastYear] = [1970, 2199];
const buddhistYears = 543;
/** The most words in the name of a month or of a time of day. */
const mostWords = 5;
/**
 * The number of remembered texts. Numbers in a text do not count, so a page has few different ones: one for each
 * combination of month, half of the day and zone.
 */
const mostReadings = 2_048;

/** A possible reading of a text, whatever its numbers are. */
interface Reading {
  readonly form: DateForm;
  readonly month: number | undefined;
  readonly hours: number | undefined;
  readonly offset: number;
  /** Whether the locale writes dates exactly in this way. */
  readonly isOwnWriting: boolean;
}

let readings = new Map<string, readonly Reading[]>();

/**
 * @param locale language of the archive; only this one is then tried
 * @returns the instant as RFC 3339 in UTC; undefined without an unambiguous zone, in an unknown language, or when two
 * languages read it differently
 */
export function localisedInstant(text: string, locale: string | undefined): string | undefined {
  const pieces = piecesOf(text);
  if (pieces === undefined) return undefined;
  const zone = zoneOfDate(pieces);
  if (zone === undefined) return undefined;
  const key = [
    ...[locale ?? '', zone.offset ?? ''],
    ...zone.others.map(({ kind, text: each, isGlued }) => (kind === 'number' ? '#' : `${isGlued ? '' : ' '}${each}`)),
  ].join('\n');
  let candidates = readings.get(key);
  if (candidates === undefined) {
    if (readings.size >= mostReadings) readings = new Map();
    readings.set(key, (candidates = readingsOf(zone.others, zone.offset, locale)));
  }
  const numbers = zone.others.filter(({ kind }) => kind === 'number').map((each) => each.text);
  const all = instantsBy(candidates, numbers);
  // If languages give a name to two months, the one that writes dates in this way counts.
  const own =
    all.size > 1
      ? instantsBy(
          candidates.filter(({ isOwnWriting }) => isOwnWriting),
          numbers,
        )
      : all;
  const [only, ...others] = own;
  return only === undefined || others.length > 0 ? undefined : new Date(only).toISOString();
}

function instantsBy(candidates: readonly Reading[], numbers: readonly string[]): Set<number> {
  const instants = new Set<number>();
  for (const reading of candidates) {
    const at = instantBy(reading, numbers);
    if (at !== undefined) instants.add(at);
  }
  return instants;
}

function readingsOf(
  pieces: readonly Piece[],
  offset: number | undefined,
  locale: string | undefined,
): readonly Reading[] {
  const mark = markOf(pieces);
  const language = locale?.replace(/-.*$/, '');
  return dateLocales().flatMap((each) => {
    if (language !== undefined && !each.languages.includes(language)) return [];
    const meanings = meaningsOf(pieces, each.words);
    if (meanings === undefined) return [];
    const { shape, month, hours, writing } = meanings;
    const east = offset ?? (meanings.hasZone ? 0 : undefined);
    if (east === undefined) return [];
    const forms = each.forms.filter(
      (form) =>
        form.order.replaceAll(/[a-z]/g, '#') === shape &&
        // In a known language only the order counts.
        (language !== undefined || (month === undefined ? isLikely(form, mark) : !form.isShort)),
    );
    // Only the language distinguishes day and month as numbers.
    const isOwnWriting = month !== undefined && each.writings.has(writing);
    return forms.map((form) => ({ form, month, hours, offset: east, isOwnWriting }));
  });
}

/**
 * Whether a date in which the month is a number may have this form. The mark between the numbers distinguishes
 * languages. Almost all languages that write full stops put the day first, and those that put the year first put the
 * month next. A few languages do otherwise, and only in short dates, so these short forms do not count.
 *
 * @param markInText the mark between the numbers of the date
 */
function isLikely({ mark, order, isShort }: DateForm, markInText: string): boolean {
  return mark === markInText && (!isShort || (mark !== '.' && !order.startsWith('y')));
}

/** The meaning of the words in one locale; undefined when the locale does not have one of them. */
function meaningsOf(pieces: readonly Piece[], words: DateLocale['words']) {
  let shape = '';
  let month: number | undefined;
  let hours: number | undefined;
  let hasZone = false;
  const dated: Piece[] = [];
  for (let at = 0; at < pieces.length;) {
    const { kind } = pieces[at] as Piece;
    if (kind !== 'word') {
      if (kind === 'number') shape += '#';
      dated.push(pieces[at] as Piece);
      at += 1;
      continue;
    }
    const longest = longestName(pieces, at, words);
    if (longest === undefined) return undefined;
    const { meaning } = longest;
    if ((meaning.month !== undefined && month !== undefined) || (meaning.hours !== undefined && hours !== undefined)) {
      return undefined;
    }
    if (meaning.month !== undefined) shape += 'M';
    month ??= meaning.month;
    hours ??= meaning.hours;
    hasZone ||= meaning.isZone === true;
    if (meaning.isZone !== true) dated.push(...pieces.slice(at, longest.end));
    at = longest.end;
  }
  return { shape, month, hours, hasZone, writing: writingOf(dated) };
}

/** The longest name that begins here, in words; the marks between them do not count. Undefined when it is ambiguous. */
function longestName(pieces: readonly Piece[], from: number, words: DateLocale['words']) {
  let name = '';
  let longest: { readonly meaning: Meaning; readonly end: number } | undefined;
  let count = 0;
  for (let at = from; at < pieces.length && count < mostWords; at += 1) {
    const { kind, text } = pieces[at] as Piece;
    if (kind === 'number') break;
    if (kind === 'mark') continue;
    name = name === '' ? text : `${name} ${text}`;
    count += 1;
    const meanings = words.get(name);
    if (meanings === undefined) continue;
    const [meaning, ...others] = meanings.filter(
      ({ month, hours, isZone }) => meanings.length === 1 || (month ?? hours ?? isZone) !== undefined,
    );
    if (others.length > 0 || meaning === undefined) return undefined;
    longest = { meaning, end: at + 1 };
  }
  return longest;
}

function instantBy({ form, month, hours, offset }: Reading, numbers: readonly string[]): number | undefined {
  const roles = form.order.replace('M', '');
  const valueOf = (role: keyof typeof digits): number => {
    const text = numbers[roles.indexOf(role)] ?? '';
    return digits[role].test(text) ? Number(text) : NaN;
  };
  const year = valueOf('y') - (form.isBuddhist ? buddhistYears : 0);
  const hour = hourOf(valueOf('h'), hours);
  if (!(year >= firstYear && year <= lastYear)) return undefined;
  const [monthOfYear, day, minute, second] = [month ?? valueOf('m'), valueOf('d'), valueOf('i'), valueOf('s')];
  if (!(hour < 24 && minute < 60 && second < 60)) return undefined;
  const local = new Date(Date.UTC(year, monthOfYear - 1, day, hour, minute, second));
  // A day that the month lacks would become one of the next month.
  const isReal = local.getUTCMonth() === monthOfYear - 1 && local.getUTCDate() === day;
  return isReal ? local.getTime() - offset * 60_000 : undefined;
}

/** How many digits a number has. */
const digits = { y: /^\d{4}$/, m: /^\d\d?$/, d: /^\d\d?$/, h: /^\d\d?$/, i: /^\d\d?$/, s: /^\d\d?$/ };

/**
 * The hour of the day: as it is written, or the one of the two with the same number that fits the time of day; NaN when
 * it is ambiguous.
 */
function hourOf(written: number, hours: number | undefined): number {
  if (hours === undefined) return written;
  const both = [written % 12, (written % 12) + 12].filter((hour) => (hours & (1 << hour)) !== 0);
  return written <= 12 && both.length === 1 ? (both[0] ?? NaN) : NaN;
}
