/** The mark of invented content. */

/**
 * Marks a text in a file whose fields no page and no real file shows, so that a reader of the archive sees that its
 * names and values are the emulator's invention.
 */
export const undocumented = (text: string): string => `${text} (undocumented)`;
