/** The parameters of a list of webhook endpoints or deliveries that comes in pages. */
import { z } from 'zod';

const largestPage = 100;
const usualPage = 50;
const remedy = `give a whole number from 1 to ${largestPage}`;

export const paging = {
  limit: z
    .string(remedy)
    .regex(/^(?:[1-9]\d?|100)$/, remedy)
    .default(String(usualPage))
    .transform(Number)
    .meta({ override: { type: 'integer', minimum: 1, maximum: largestPage, default: usualPage } })
    .describe('Items of a page'),
  after: z
    .string('give the text of `nextAfter`')
    .regex(/^[a-z]{3}_[0-9a-z]{26}$/, 'give the text of `nextAfter`')
    .describe('Where the page before ended: the text of its `nextAfter`')
    .optional(),
};
