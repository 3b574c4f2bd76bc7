/**
 * Whether two exports have the same structure, by the fingerprints of what was told of each. Earlier releases looked at the
 * first level of entries only and read fewer times in words; what they stored says which of the two they are.
 */
import { fingerprint } from '../store/canonical';

/** Begins a fingerprint of what earlier releases did not look at. */
const mark = 'below:';
/** Stands in a list whose release looked at all levels. */
const allLevels = 'all-levels';
/** Stands in a list of an export whose entries have keys by times in words. */
const keyedByWords = 'keyed-by-words';

/** A fingerprint of what earlier releases did not look at. */
export function belowTop(names: readonly string[]): string {
  return `${mark}${fingerprint(names)}`;
}

/** @param fingerprints of the notices of an export @returns the list that the next export is compared with */
export function shapeOfExport(fingerprints: Iterable<string>, hasKeysByWords: boolean): string[] {
  return [...fingerprints, allLevels, ...(hasKeysByWords ? [keyedByWords] : [])].toSorted();
}

/** What an earlier release could not see is left out of the comparison, so that an update alone is no change. */
export function isSameShape(before: readonly string[], now: readonly string[]): boolean {
  const isSeen = (each: string) => before.includes(allLevels) || !each.startsWith(mark);
  const told = (list: readonly string[]) =>
    list.filter((each) => each !== allLevels && each !== keyedByWords && isSeen(each)).toSorted();
  return told(before).join() === told(now).join();
}

/**
 * Whether entries have keys by times in words, of which an earlier release read fewer: one that it left as text was part
 * of the key.
 */
export function isKeyedOtherwise(before: readonly string[], now: readonly string[]): boolean {
  return !before.includes(allLevels) && now.includes(keyedByWords);
}
