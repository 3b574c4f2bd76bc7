/** A page of a list of the API. */

/**
 * @param rows the rows of the page, and one more if there are more
 * @returns the rows of the page, and the id after which the next page begins, or null on the last page
 */
export function pageOf<T extends { readonly id: string }>(
  rows: readonly T[],
  limit: number,
): { readonly shown: readonly T[]; readonly nextAfter: string | null } {
  const shown = rows.slice(0, limit);
  return { shown, nextAfter: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}
