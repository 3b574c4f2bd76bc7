/** The bytes of a stored part as its readers see them: any range, in order, never the whole at once. */

export interface RandomAccess {
  /** Length in bytes. */
  readonly bytes: number;

  /**
   * @param start first byte
   * @param end the byte after the last one
   * @returns the bytes of the range in chunks of some MiB at most; fewer when the part ends before
   */
  read(start: number, end: number): AsyncIterable<Buffer>;
}

/** A small range as one buffer; shorter than asked for when the part ends before. */
export async function readRange(content: RandomAccess, start: number, end: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const last = Math.min(end, content.bytes);
  if (start >= last) return Buffer.alloc(0);
  for await (const chunk of content.read(start, last)) chunks.push(chunk);
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}
