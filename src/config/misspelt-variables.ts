/** Finds variables of an environment whose names look like misspelt names of ours. */

/** A misspelt name, and the names that it may mean: one, or several that are equally near. */
export interface MisspeltVariable {
  readonly name: string;
  readonly meant: readonly string[];
}

/** The most edits of a misspelling. A name that is longer than all of ours by more than this needs no comparison. */
const mostEdits = 2;

/**
 * Variables that are set under a name close to one of ours, while ours is not set.
 *
 * A short name of ours (`HOST`, `PORT`) is a few letters away from many words, so the number of edits that count as a
 * misspelling depends on its length: none up to 6 letters, one up to 8, two from 9 on. When ours is set too, the other
 * variable is assumed to belong to another program.
 *
 * @param set names and values; empty values count as unset
 * @param known every name of ours
 */
export function findMisspelt(
  set: Readonly<Record<string, string | undefined>>,
  known: readonly string[],
): MisspeltVariable[] {
  const isSet = (name: string) => set[name] !== undefined && set[name] !== '';
  const unset = known.filter((name) => !isSet(name));
  return Object.keys(set)
    .filter((name) => isSet(name) && !known.includes(name))
    .flatMap((name) => {
      const near = unset
        .map((ours) => ({ ours, edits: editsBetween(name, ours) }))
        .filter(({ ours, edits }) => edits <= editsAllowed(ours));
      const fewest = Math.min(...near.map(({ edits }) => edits));
      const meant = near.filter(({ edits }) => edits === fewest).map(({ ours }) => ours);
      return meant.length === 0 ? [] : [{ name, meant }];
    });
}

const editsAllowed = (ours: string) => (ours.length <= 6 ? 0 : ours.length <= 8 ? 1 : mostEdits);

/**
 * Insertions, deletions, replacements and swaps of two neighbours that turn one name into the other (optimal string
 * alignment distance); the count stops above {@link mostEdits}.
 */
function editsBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > mostEdits) return mostEdits + 1;
  let [beforeLast, last]: number[][] = [[], Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = at(last, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swapped = isSwap ? at(beforeLast, column - 2) + 1 : Infinity;
      next.push(Math.min(at(last, column) + 1, at(next, column - 1) + 1, replaced, swapped));
    }
    [beforeLast, last] = [last, next];
  }
  return at(last, b.length);
}

const at = (row: readonly number[] | undefined, column: number) => row?.[column] ?? Infinity;
