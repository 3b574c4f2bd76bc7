/** Counts a piece of markup in a text that arrives in pieces, to check that all that begins there was read as such. */
export class MarkCount {
  count = 0;
  private tail = '';

  /** @param mark in lower case */
  constructor(private readonly mark: string) {}

  add(text: string): void {
    const all = this.tail + text.toLowerCase();
    const { mark } = this;
    for (let at = all.indexOf(mark); at >= 0; at = all.indexOf(mark, at + mark.length)) this.count += 1;
    // Too short for a whole one.
    this.tail = all.slice(-(mark.length - 1));
  }
}
