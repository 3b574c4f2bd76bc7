/** The time zone in a date in words: an offset from UTC, or an abbreviation that means one offset only. */
import type { Piece } from './date-pieces';
import { zones } from './time-zones';

export interface DateAndZone {
  /** Minutes east of UTC; undefined where only the language decides whether a word means UTC. */
  readonly offset: number | undefined;
  /** The pieces without the zone; the words around an offset are still included. */
  readonly others: readonly Piece[];
}

const signs: Readonly<Record<string, number>> = { '+': 1, '-': -1, '\u2212': -1, '\u2013': -1, '\u2010': -1 };
const minutesMark = new Set([':', '.']);
/** Further than any place on Earth is from UTC. */
const mostMinutes = 14 * 60;

/** @returns undefined when there are two zones, or none that is known */
export function zoneOfDate(pieces: readonly Piece[]): DateAndZone | undefined {
  const offsets = pieces.flatMap((_, at) => offsetAt(pieces, at) ?? []);
  const names = pieces.filter(({ kind, written }) => kind === 'word' && Object.hasOwn(zones, written));
  const [first, ...more] = offsets;
  if (first !== undefined) {
    // GMT+2 and UTC+2 are offsets; an abbreviation of the place next to one may confirm it or not.
    const isAlone = names.every(({ written }) => zones[written] === 0 && written !== 'Z' && written !== 'WET');
    if (more.length > 0 || !isAlone || Math.abs(first.minutes) > mostMinutes) return undefined;
    return { offset: first.minutes, others: pieces.filter((_, at) => at < first.from || at >= first.end) };
  }
  const [name, ...others] = names;
  if (others.length > 0) return undefined;
  if (name === undefined) return { offset: undefined, others: pieces };
  return { offset: zones[name.written], others: pieces.filter((each) => each !== name) };
}

/** An offset that begins at a piece: a sign, the hours after it, and perhaps minutes. */
function offsetAt(pieces: readonly Piece[], at: number) {
  const [sign, hours, mark, minutes] = pieces.slice(at, at + 4);
  const factor = signs[sign?.text ?? ''];
  if (factor === undefined || hours?.kind !== 'number' || !hours.isGlued) return undefined;
  // Between two numbers it is a mark of the date.
  if (pieces[at - 1]?.kind === 'number' && sign?.isGlued === true) return undefined;
  const { length } = hours.text;
  if (length > 4) return undefined;
  if (length > 2) {
    const value = Number(hours.text.slice(0, -2)) * 60 + Number(hours.text.slice(-2));
    return { from: at, end: at + 2, minutes: factor * value };
  }
  const hasMinutes =
    mark?.isGlued === true && minutesMark.has(mark.text) && minutes?.isGlued === true && /^\d\d$/.test(minutes.text);
  const value = Number(hours.text) * 60 + (hasMinutes ? Number(minutes.text) : 0);
  return { from: at, end: at + (hasMinutes ? 4 : 2), minutes: factor * value };
}
