/**
 * Whether two exports have the same structure, by the fingerprints of their notices. Earlier releases looked at the
 * first level of entries only and read fewer times in words; marks in the stored list show the kind of release.
 */
import { fingerprint } from '../store/canonical';

/** Begins a fingerprint of levels that earlier releases did not look at. */
const mark = 'below:';
/** In a list: its release looked at all levels. */
const allLevels = 'all-levels';
/** In a list: entries of the export have keys by times in words. */
const keyedByWords = 'keyed-by-words';

/** A fingerprint of levels that earlier releases did not look at. */
export function belowTop(names: readonly string[]): string {
  return `${mark}${fingerprint(names)}`;
}

/** @param fingerprints of the notices of an export @returns the list that the next export is compared with */
export function shapeOfExport(fingerprints: Iterable<string>, hasKeysByWords: boolean): string[] {
  return [...fingerprints, allLevels, ...(hasKeysByWords ? [keyedByWords] : [])].toSorted();
}

/** Facts that an earlier release could not see are left out of the comparison, so that an update alone is no change. */
export function isSameShape(before: readonly string[], now: readonly string[]): boolean {
  const isSeen = (each: string) => before.includes(allLevels) || !each.startsWith(mark);
  const comparable = (list: readonly string[]) =>
    list.filter((each) => each !== allLevels && each !== keyedByWords && isSeen(each)).toSorted();
  return comparable(before).join() === comparable(now).join();
}

/**
 * Whether entries have keys by times in words that an earlier release could not read: it left such a time as text in
 * the key.
 */
export function isKeyedOtherwise(before: readonly string[], now: readonly string[]): boolean {
  return !before.includes(allLevels) && now.includes(keyedByWords);
}
