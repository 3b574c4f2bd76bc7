/** Thrown when the emulator can't answer with a folder; the message names the fault and the remedy. */
export class ArchivesUnusable extends Error {
  override readonly name = 'ArchivesUnusable';
}
