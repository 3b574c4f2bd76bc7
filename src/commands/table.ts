/** Rows for people: a table where it fits into the terminal, else a block of lines for each row. */

/** Characters that move a cursor, turn the writing direction or show nothing: ids of host apps may hold any. */
const unprintable = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** @returns the text with a replacement character for each one that a terminal might obey */
export function printable(text: string): string {
  return text.replace(unprintable, '\uFFFD');
}

/** How a report names a user who was forgotten with the data. */
export const deletedUser = '(deleted)';

/** @returns indented JSON in which no character is left that a terminal might obey */
export function jsonText(value: unknown): string {
  const escaped = (found: string) =>
    Array.from({ length: found.length }, (_, i) => `\\u${found.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
  return JSON.stringify(value, undefined, 2).replace(unprintable, (found) => (found === '\n' ? found : escaped(found)));
}

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });
const lengthOf = (text: string): number => Array.from(characters.segment(text)).length;
const padded = (text: string, length: number): string => text + ' '.repeat(Math.max(0, length - lengthOf(text)));

/**
 * @param names of the columns; the first one's cells name their rows. Columns without any content are left out
 * @param width of the terminal in characters; unbounded where the output is not one
 * @returns lines, each with its end
 */
export function table(names: readonly string[], rows: readonly (readonly string[])[], width = Infinity): string {
  const isFilled = (_: string, column: number) => rows.some((row) => row[column] !== '');
  const shown = names.filter(isFilled);
  const cells = rows.map((row) => row.filter(isFilled).map(printable));
  const all = [shown.map((name) => name.toUpperCase()), ...cells];
  const widths = shown.map((_, column) => Math.max(...all.map((row) => lengthOf(row[column] ?? ''))));
  const needed = widths.reduce((sum, each) => sum + each, 2 * (shown.length - 1));
  const lines =
    needed <= width
      ? all.map((row) =>
          row
            .map((cell, column) => padded(cell, widths[column] ?? 0))
            .join('  ')
            .trimEnd(),
        )
      : cells.flatMap((row) => block(shown, row, width));
  return lines.map((line) => `${line}\n`).join('');
}

/** The row's first cell, and below it the others with their names, as many to a line as fit. */
function block(names: readonly string[], [first = '', ...rest]: readonly string[], width: number): string[] {
  const lines = [first];
  const pairs = rest.flatMap((cell, index) => (cell === '' ? [] : [`${names[index + 1] ?? ''} ${cell}`]));
  for (const pair of pairs) {
    const last = lines.length > 1 ? (lines.at(-1) ?? '') : undefined;
    if (last !== undefined && lengthOf(last) + 2 + lengthOf(pair) <= width)
      lines[lines.length - 1] = `${last}, ${pair}`;
    else lines.push(`  ${pair}`);
  }
  return lines;
}
