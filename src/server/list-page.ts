/** A page of a list of the API. */

/**
 * @param rows the rows of the page, and at least one more if there are more
 * @param idOf the id of a row, by which the list is in order
 * @returns the rows of the page, and the id after which the next page begins, or null on the last page
 */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  idOf: (row: T) => string,
): { readonly shown: readonly T[]; readonly nextAfter: string | null };
export function pageOf<T extends { readonly id: string }>(
  rows: readonly T[],
  limit: number,
): { readonly shown: readonly T[]; readonly nextAfter: string | null };
export function pageOf<T>(rows: readonly T[], limit: number, idOf = (row: T) => (row as { readonly id: string }).id) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { shown, nextAfter: rows.length > limit && last !== undefined ? idOf(last) : null };
}
