/** A list of any length, which Portage gives page by page. */

/** Where a page ends: a text that only Portage reads, or the position of an event. */
export type Position = string | number;

/** One page as Portage answers it. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** The `after` of the page that follows; null on the last one. */
  readonly nextAfter: Position | null;
}

/** `for await` gives the items of all pages; each page is asked for when the one before is used up. */
export class Pages<Item> implements AsyncIterable<Item> {
  readonly #open: (after: Position | undefined) => Promise<Page<Item>>;
  readonly #after: Position | undefined;

  /** @param after where to begin; undefined for the first page */
  constructor(open: (after: Position | undefined) => Promise<Page<Item>>, after: Position | undefined) {
    this.#open = open;
    this.#after = after;
  }

  /**
   * The pages themselves, for callers who store `nextAfter`. Events have no last page: they end, for now, where a page
   * leads no further.
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
