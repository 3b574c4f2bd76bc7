/** A test that shows one fact about Google's API; the fidelity table of docs/emulator.md is made from these calls. */

/** How sure the fact is: documented, attributed to a page, seen in the field, or open. */
export type Label = 'doc' | 'doc*' | 'field' | 'open';

/** @param section section of docs/google-api.md, or the switch that decides */
export function fact(section: string, label: Label, sentence: string, run: () => Promise<void>): void {
  it(`docs/google-api.md ${section} [${label}] ${sentence}`, run);
}
