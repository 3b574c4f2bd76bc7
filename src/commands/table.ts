/** Rows for people: a table when it fits the terminal, else a block of lines for each row. */

/** Characters that move a cursor, change the writing direction or show nothing: ids of host apps may contain them. */
const unprintable = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** @returns the text with a replacement for each character that a terminal might interpret */
export function printable(text: string): string {
  return text.replace(unprintable, '\uFFFD');
}

/** The name in reports of a user whose data are deleted. */
export const deletedUser = '(deleted)';

/** @returns indented JSON without characters that a terminal might interpret */
export function jsonText(value: unknown): string {
  const escaped = (match: string) =>
    Array.from({ length: match.length }, (_, i) => `\\u${match.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
  return JSON.stringify(value, undefined, 2).replace(unprintable, (match) => (match === '\n' ? match : escaped(match)));
}

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });
const lengthOf = (text: string): number => Array.from(characters.segment(text)).length;
const padded = (text: string, length: number): string => text + ' '.repeat(Math.max(0, length - lengthOf(text)));

/**
 * @param names of the columns; the first column names the rows. Empty columns are left out
 * @param width of the terminal in characters; unlimited when the output is no terminal
 * @returns lines, each with its line break
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

/** The row's first cell, and below it the others with their names, as many on each line as fit. */
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
