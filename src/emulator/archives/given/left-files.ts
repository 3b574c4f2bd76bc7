/** Lists the files of an export that belong to no resource, whole folders in one line. */

export interface LeftFile {
  /** Path below the given folder, with slashes. */
  readonly path: string;
  /** The folder listed in place of its files where many are left; undefined for a file outside any folder. */
  readonly folder?: string;
}

/** How many files of one folder are listed by name; the others are only counted. */
const mostNamed = 3;
const mostLines = 20;

/**
 * @returns a line for each file or folder, such as `Takeout/Google Photos/ (1204 files)`; at most 20 lines, and one
 * with the count of the rest
 */
export function describeLeft(left: readonly LeftFile[]): string[] {
  const folders = new Map<string, string[]>();
  for (const { path, folder = '' } of left) {
    const known = folders.get(folder);
    if (known === undefined) folders.set(folder, [path]);
    else known.push(path);
  }
  const lines = [...folders].flatMap(([folder, paths]) =>
    folder === '' || paths.length <= mostNamed ? paths : [`${folder}/ (${paths.length} files)`],
  );
  const more = lines.length - mostLines;
  return more > 0 ? [...lines.slice(0, mostLines), `and ${more} more`] : lines;
}
