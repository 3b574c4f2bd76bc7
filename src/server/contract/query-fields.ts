/** Query parameters that several operations share, and the schema of every list. */
import { z } from 'zod';

import type { IdPrefix } from '../../database/ids';

export const wholeNumber = (least: number, most: number) => {
  const remedy = `give a whole number from ${least} to ${most}`;
  const isWithin = (text: string) => /^\d{1,16}$/.test(text) && Number(text) >= least && Number(text) <= most;
  return z
    .string(remedy)
    .refine(isWithin, remedy)
    .transform(Number)
    .meta({ override: { type: 'integer', minimum: least, maximum: most } });
};

export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, `give one of ${values.join(', ')}`);

export const userIdFilter = z
  .string('give one id')
  .min(1)
  .max(200)
  .describe('Only of the user to whom your app gave this id')
  .optional();

const position = 'give the text of `nextAfter`, or leave it out';

/** @param pattern of the value after which a page begins: an id or a name */
export const listParameters = (pattern: RegExp) => ({
  limit: wholeNumber(1, 100).default(50).describe('Items of one page'),
  after: z
    .string(position)
    .regex(pattern, position)
    .describe('Where the page before ended: its `nextAfter`')
    .optional(),
});

/** The parameters of a list whose items have ids (database/ids.ts). */
export const idListParameters = (prefix: IdPrefix) => listParameters(new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{26}$`));

/** The answer of a list. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    nextAfter: z.string().nullable().describe('The value of `after` for the next page; null on the last one'),
  });
