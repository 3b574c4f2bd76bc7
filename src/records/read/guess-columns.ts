/**
 * Guesses the field of a column with an unknown header: by the form of its cells, and by the orders in which Google
 * writes the columns. An ambiguous column stays unknown.
 */
import type { Columns } from '../kinds/kind';

type Fields = readonly (string | undefined)[];

export interface GuessOptions {
  /** The fields of a table; `#` in a header represents several columns. */
  readonly columns: Columns;
  /** The form of all non-empty cells of a column. */
  readonly forms: Readonly<Record<string, RegExp>>;
  readonly orders: readonly (readonly string[])[];
  /** Rows below the headers. */
  readonly rows: readonly (readonly string[])[];
  /** Whether the headers are English: then an unknown one is new, unless all others are in their usual place. */
  readonly isEnglish: boolean;
}

/**
 * @param named fields of the columns whose headers are known
 * @returns the same, with further fields that are certain
 */
export function guessColumns(named: Fields, options: GuessOptions): Fields {
  const { columns, orders, rows, isEnglish } = options;
  if (rows.length === 0 || !named.includes(undefined)) return named;
  const anchored = isEnglish ? named : byForm(named, options);
  const filled = orders
    .map((order) => byOrder(anchored, widened(order, columns, named.length), options))
    .filter((fields) => fields !== undefined);
  const exact = filled.filter((fields) => !fields.includes(undefined));
  const likely = exact.length > 0 || isEnglish ? exact : filled;
  return anchored.map((field, at) => {
    const candidates = new Set(likely.map((fields) => fields[at]));
    return field ?? (candidates.size === 1 ? likely[0]?.[at] : undefined);
  });
}

/** A form that fits one column only gives it its field, where no other form fits that column. */
function byForm(named: Fields, options: GuessOptions): Fields {
  const free = Object.keys(options.forms).filter((field) => !named.includes(field));
  const fitting = named.map((field, at) =>
    field === undefined ? free.filter((each) => fits(each, at, options) && hasCells(at, options)) : [],
  );
  return named.map((field, at) => {
    const [only, ...others] = fitting[at] ?? [];
    if (only === undefined || others.length > 0) return field;
    return fitting.filter((each) => each.includes(only)).length === 1 ? only : field;
  });
}

/**
 * Fills the gaps between known columns with as many fields of an order as they have columns.
 *
 * @returns undefined where the known columns, or the cells, contradict the order
 */
function byOrder(anchored: Fields, order: readonly string[], options: GuessOptions): Fields | undefined {
  const filled = [...anchored];
  let [column, place] = [0, 0];
  for (let at = 0; at <= anchored.length; at += 1) {
    const field = anchored[at];
    if (at < anchored.length && field === undefined) continue;
    // Numbered columns have one field, each at its own position.
    const placeOfField = field === undefined ? order.length : order.indexOf(field, place);
    if (placeOfField < 0) return undefined;
    if (at - column === placeOfField - place) {
      for (let gap = column; gap < at; gap += 1) filled[gap] = order[place + gap - column];
    }
    [column, place] = [at + 1, placeOfField + 1];
  }
  const fitsAll = filled.every(
    (field, at) => field === anchored[at] || field === undefined || fits(field, at, options),
  );
  return fitsAll ? filled : undefined;
}

/** An order whose last columns are numbered has as many of them as there is room for. */
function widened(order: readonly string[], columns: Columns, width: number): readonly string[] {
  const last = order.at(-1) ?? '';
  if (!(columns[last] ?? '').includes('#')) return order;
  return [...order, ...Array<string>(Math.max(0, width - order.length)).fill(last)];
}

function fits(field: string, at: number, { forms, rows }: GuessOptions): boolean {
  const form = forms[field];
  return form === undefined || rows.every((cells) => (cells[at] ?? '') === '' || form.test(cells[at] ?? ''));
}

function hasCells(at: number, { rows }: GuessOptions): boolean {
  return rows.some((cells) => (cells[at] ?? '') !== '');
}
