/** The operations on records (docs/reading-records.md). */
import { z } from 'zod';

import { resourcePattern, isResourceName } from '../../domain/resources';
import { markStates } from '../../records/compare/key-entry';
import { boundOf, boundRemedy } from '../../records/deliver/day-range';
import { goneStates } from '../../records/deliver/line';
import { summarySchema } from '../../records/deliver/line-schemas';
import { count, dayCount, id, kindName } from './fields';
import { defineOperation } from './operation';
import { oneOf, wholeNumber } from './query-fields';
import { lineRef } from './record-components';

/** A parameter that may be given several times. */
const several = <T extends z.ZodType>(one: T, items: object) =>
  z
    .preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(one).min(1).max(100))
    .meta({ override: { type: 'array', items, minItems: 1, maxItems: 100 } });

const bound = (which: 'from' | 'to') =>
  z.string(boundRemedy).transform((text, context) => {
    const instant = boundOf(text, which);
    if (instant === undefined) context.addIssue({ code: 'custom', message: boundRemedy });
    return instant ?? '';
  });

const states = [...markStates, ...goneStates] as const;
const position = 'give the text of `next`';
const since = wholeNumber(0, 2 ** 31 - 1)
  .default(0)
  .describe('Only exports after this cursor; 0 for everything');

const choice = {
  resource: several(z.string().refine(isResourceName, 'name a resource, such as myactivity.search (docs/records.md)'), {
    type: 'string',
    pattern: resourcePattern.source,
  })
    .describe('Only records of this resource')
    .optional(),
  kind: several(kindName, { $ref: '#/components/schemas/RecordKind' })
    .describe('Only records of this kind; exactly one for CSV')
    .optional(),
  state: several(oneOf(states), { type: 'string', enum: states }).describe('Only lines with this state').optional(),
  from: bound('from').describe('From this day in UTC, or from this instant on').optional(),
  to: bound('to').describe('To the end of this day in UTC, or before this instant').optional(),
  undated: oneOf(['keep', 'drop']).describe('With a range: whether records without a time come; `keep`').optional(),
  limit: wholeNumber(1, 1_000_000).describe('Records and gone keys of one page').optional(),
  after: z
    .string(position)
    .regex(/^[\w-]{1,2000}$/, position)
    .describe('Where the page before ended: the text of its `next`')
    .optional(),
};

interface Range {
  readonly from?: unknown;
  readonly to?: unknown;
}
const isOrdered = ({ from, to }: Range) =>
  typeof from !== 'string' || typeof to !== 'string' || Date.parse(from) < Date.parse(to);
const order = { path: ['from'], message: 'is not before `to`: exchange from and to' };

export const exportRecordsQuery = z.strictObject(choice).refine(isOrdered, order);
export const consentRecordsQuery = z.strictObject({ ...choice, since }).refine(isOrdered, order);

const headers = z.object({
  'accept-encoding': z.string().describe('`gzip`, `br` or `identity`').optional(),
});

/** The errors that can occur while stored records are read. */
const readingErrors = [
  ...(['NOT_FOUND', 'DATA_DELETED', 'RECORDS_MISSING', 'DATA_KEY_MISSING', 'VAULT_KEY_MISSING'] as const),
  ...(['VAULT_SEAL_BROKEN', 'KMS_UNAVAILABLE', 'STORAGE_UNAVAILABLE', 'STORAGE_MISSING'] as const),
  ...(['SEGMENT_MISSING', 'SEGMENT_ALTERED', 'RECORDS_UNREADABLE'] as const),
];
const pageErrors = ['NOT_ACCEPTABLE', 'POSITION_INVALID', 'RECORDS_REPLACED'] as const;

const stream = {
  status: 200,
  description:
    'Lines, rows or one document. In NDJSON the schema is that of each line. A stream that breaks ends without a clean end of its transfer',
  stream: { 'application/x-ndjson': lineRef, 'text/csv': z.string(), 'application/ld+json': z.looseObject({}) },
} as const;

export const listConsentRecords = defineOperation({
  operationId: 'listConsentRecords',
  method: 'get',
  path: '/consents/:id/records',
  tag: 'Records',
  summary: 'Stream the records that are new or changed since a cursor',
  scope: 'read',
  parameters: z.object({ id }),
  query: consentRecordsQuery,
  headers,
  success: stream,
  errors: [...readingErrors, ...pageErrors],
});

export const countConsentRecords = defineOperation({
  operationId: 'countConsentRecords',
  method: 'get',
  path: '/consents/:id/records/counts',
  tag: 'Records',
  summary: 'Count the records since a cursor, by resource, kind and day',
  scope: 'read',
  parameters: z.object({ id }),
  query: z.strictObject({ since }),
  success: {
    status: 200,
    description: 'The counts',
    json: z
      .object({ cursor: count.describe('The value of `since` for later exports'), counts: z.array(dayCount) })
      .meta({ id: 'RecordCounts' }),
  },
  errors: readingErrors,
});

export const listExportRecords = defineOperation({
  operationId: 'listExportRecords',
  method: 'get',
  path: '/exports/:id/records',
  tag: 'Records',
  summary: 'Stream all records of one export',
  scope: 'read',
  parameters: z.object({ id }),
  query: exportRecordsQuery,
  headers,
  success: stream,
  errors: [...readingErrors, ...pageErrors, 'NOT_READY'],
});

export const getRecordSummary = defineOperation({
  operationId: 'getRecordSummary',
  method: 'get',
  path: '/exports/:id/records/summary',
  tag: 'Records',
  summary: 'Count the records of one export, and name the unreadable entries and files',
  scope: 'read',
  parameters: z.object({ id }),
  success: { status: 200, description: 'The summary', json: summarySchema.meta({ id: 'RecordSummary' }) },
  errors: [...readingErrors, 'NOT_READY'],
});
