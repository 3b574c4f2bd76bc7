/** Thrown when a folder can't be answered with; the message names what is wrong and the remedy. */
export class ArchivesUnusable extends Error {
  override readonly name = 'ArchivesUnusable';
}
