/** The entries of key files and of marks: fixed numbers of 32-bit words. */

/** Words of an entry of a key file: hash of the identity, hash of the content, number of the occurrence. */
export const keyWords = 9;
export const identityWords = 4;
export const occurrenceWord = 8;
/** Words of a mark: running number of the record, number of the occurrence, state. */
export const markWords = 3;
export const markStates = ['new', 'known', 'changed'] as const;
export type MarkState = (typeof markStates)[number];

/** An entry without an id of Google's has its content in place of one. */
export function hasIdentity(entry: Uint32Array): boolean {
  for (let word = 0; word < identityWords; word += 1) if (entry[word] !== entry[word + identityWords]) return true;
  return false;
}

/** The key of a record as it is delivered. */
export function keyText(hex: string, occurrence: number): string {
  return occurrence === 1 ? hex : `${hex}-${occurrence}`;
}
