/** Fields that several answers share. */
import { z } from 'zod';

import { isKind, kinds } from '../../records/kinds';

export const time = z.date();
export const count = z.int().min(0);
export const id = z.string().min(1);

/** Why something failed. */
export const errorCode = z
  .string()
  .nullable()
  .describe('One of the codes of `src/domain/error-codes.ts`; null when there was no error');

export const kindName = z
  .string()
  .refine(isKind, 'name a kind of docs/records.md, such as activity')
  .meta({ id: 'RecordKind', override: { type: 'string', enum: Object.keys(kinds) } });

/** How many records of a kind fall on a day. */
export const dayCount = z.strictObject({
  ...{ resource: z.string(), kind: z.string() },
  day: z.iso.date().describe('In UTC; absent for records without a time').optional(),
  ...{ read: count, new: count, changed: count },
});

/** The choice of records that a host app makes with a connect session. */
export const recordChoice = z.strictObject({
  kinds: z.array(kindName).min(1).max(100).describe('Only records of these kinds').optional(),
  fields: z
    .record(kindName, z.array(z.string().min(1).max(200)).max(100))
    .describe('Of a kind that is named here, only these fields of `data`')
    .optional(),
  from: z.iso.datetime({ offset: true }).describe('Only records from this instant on').optional(),
  to: z.iso.datetime({ offset: true }).describe('Only records before this instant').optional(),
  undated: z.enum(['keep', 'drop']).describe('With a range: whether records without a time are kept').optional(),
});
