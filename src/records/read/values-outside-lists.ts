/** Values of a JSON file outside its lists. Readers read lists; values outside of them are reported, not ignored. */

/** The type of a value outside the lists: a person's data, a fact about the file such as its version, or nothing. */
export type ValueKind = 'data' | 'fact' | 'nothing';

/** As a value is written. */
const empty = new Set(['null', '""', '{}']);
const longestNumber = 32;

/**
 * @param path the keys that lead to the value
 * @param text the value as it is written
 */
export function kindOfValue(path: readonly string[], text: Buffer): ValueKind {
  // GeoJSON names in `type` what an object is (RFC 7946 §3).
  if (path.at(-1) === 'type') return 'nothing';
  const written = text.toString('latin1', 0, longestNumber);
  if (empty.has(written)) return 'nothing';
  return path.length === 1 && /^(?:true|false|-?\d[\d.eE+-]*)$/.test(written) ? 'fact' : 'data';
}
