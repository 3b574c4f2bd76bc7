/** A list of any length, which Portage returns in pages. */

/** The end of a page: a text that only Portage reads, or the position of an event. */
export type Position = string | number;

/** One page as in Portage's answer. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** The `after` of the next page; null on the last one. */
  readonly nextAfter: Position | null;
}

/** `for await` yields the items of all pages; each page is requested when the one before is used up. */
export class Pages<Item> implements AsyncIterable<Item> {
  readonly #open: (after: Position | undefined) => Promise<Page<Item>>;
  readonly #after: Position | undefined;

  /** @param after the beginning; undefined for the first page */
  constructor(open: (after: Position | undefined) => Promise<Page<Item>>, after: Position | undefined) {
    this.#open = open;
    this.#after = after;
  }

  /**
   * The pages themselves, for callers who store `nextAfter`. Events have no last page: they end, for now, when a page
   * does not lead further.
   */
  async *pages(): AsyncGenerator<Page<Item>, void> {
    for (let after = this.#after; ;) {
      const page = await this.#open(after);
      yield page;
      const { nextAfter } = page;
      if (nextAfter === null || nextAfter === (after ?? 0)) return;
      after = nextAfter;
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void> {
    for await (const { items } of this.pages()) yield* items;
  }
}
