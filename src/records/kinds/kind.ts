/**
 * The description of a kind of record: its fields, which of them it always has, and its counterpart in other
 * vocabularies.
 */
import { z } from 'zod';

export interface Kind {
  readonly title: string;
  /** Schema of `data`. Google names only the main fields and adds others, so unknown ones are allowed and kept. */
  readonly schema: z.ZodObject;
  /** Fields whose absence is reported; the record is delivered all the same. */
  readonly required: readonly string[];
  /** The matching type of schema.org or of ActivityStreams 2.0, with its properties by field. */
  readonly mapping?: string;
  /** Google documents no fields, or they are not verified: fields that are not listed here are no drift. */
  readonly open?: true;
}

export const text = (description?: string): z.ZodOptional<z.ZodString> => described(z.string(), description).optional();
export const texts = (description?: string): z.ZodOptional<z.ZodArray<z.ZodString>> =>
  described(z.array(z.string()), description).optional();
export const anything = (description?: string): z.ZodOptional<z.ZodUnknown> =>
  described(z.unknown(), description).optional();

function described<T extends z.ZodType>(schema: T, description: string | undefined): T {
  return description === undefined ? schema : schema.describe(description);
}

/** A column of a CSV file: the name of its field, and its English header; `#` represents the numbers 1 to n. */
export type Columns = Readonly<Record<string, string>>;

type RowShape<C extends Columns> = {
  [F in keyof C]: z.ZodOptional<C[F] extends `${string}#${string}` ? z.ZodArray<z.ZodString> : z.ZodString>;
} & { otherColumns: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>> };

/** Fields of a row: text by column, lists where columns are numbered, and cells of unknown headers. */
export function rowFields<const C extends Columns>(columns: C): RowShape<C> {
  const fields = Object.entries(columns).map(([field, header]) => [
    field,
    header.includes('#') ? texts(header.replace('#', '1 to n')) : text(header),
  ]);
  return {
    ...Object.fromEntries(fields),
    otherColumns: z
      .record(z.string(), z.string())
      .describe('The columns whose headers Portage does not know, by header')
      .optional(),
  } as RowShape<C>;
}
