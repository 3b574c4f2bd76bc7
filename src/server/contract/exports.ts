/** The operations on exports (docs/overview.md, "How an export ends"). */
import { z } from 'zod';

import { isResourceName, resourcePattern } from '../../domain/resources';
import { exportStates, verdicts } from '../../domain/states';
import { count, errorCode, id, time } from './fields';
import { defineOperation } from './operation';
import { idListParameters, listOf, oneOf } from './query-fields';

const kindCount = { read: count, new: count, changed: count };

const progress = z.object({
  ...{ bytesStored: count.nullable(), bytesTotal: count.nullable() },
  ...{ segmentsStored: count.nullable(), segmentsTotal: count.nullable() },
  bytesPerSecond: count.nullable(),
  at: time,
});

const records = z.union([
  z.object({ state: z.literal('reading'), read: count.describe('Records read so far') }),
  z.object({
    state: z.enum(['complete', 'partial', 'failed']),
    errorCode,
    cursor: count.nullable().describe('The value of `since` for everything that was read after this export'),
    ...{ read: count.optional(), new: count.optional(), changed: count.optional() },
    gone: count.nullable().describe('Null where it cannot be known').optional(),
    ...{ leftOut: count.optional(), problems: count.optional() },
    byKind: z.record(z.string(), z.object(kindCount)),
  }),
]);

export const exportAnswer = z
  .object({
    ...{ id, consentId: id },
    resource: z
      .string()
      .describe('The loop that made the export: a resource, or `batch` when it exports several resources together'),
    resources: z.array(z.string()).describe('The resources of this export'),
    cycle: z.int().min(1).describe('1 for the first export of this loop'),
    state: z.enum(exportStates),
    verdict: z.enum(verdicts).nullable(),
    errorCode,
    findings: z
      .array(z.looseObject({ kind: z.string(), text: z.string().describe('The finding in words') }))
      .describe('The findings of the verification (docs/verification.md)'),
    startTime: time.nullable().describe('The beginning of the window of time that Google was asked for'),
    endTime: time.nullable(),
    adopted: z.boolean().describe('The job was started for an earlier request, and has the window of that one'),
    requestedAt: time,
    lockedUntil: time.nullable().describe('Google refuses to start this export before'),
    initiatedAt: time.nullable(),
    exportTime: time.nullable().describe('The end of the exported window, as Google states it'),
    endedAt: time.nullable(),
    ...{ partsTotal: count.nullable(), files: count.nullable(), bytes: count.nullable() },
    records: records.nullable().describe('The result of reading the records; null before it has begun'),
    partsDroppedAt: time.nullable().describe('When the parts were deleted because only some records were asked for'),
    progress: progress.nullable().describe('How far the download is; null before it has begun'),
    parts: z.array(
      z.object({
        number: z.int().min(1),
        bytes: count,
        sha256: z.string().nullable(),
        path: z.string().describe('Where its bytes are'),
      }),
    ),
  })
  .meta({ id: 'Export' });

export const listExports = defineOperation({
  operationId: 'listExports',
  method: 'get',
  path: '/exports',
  tag: 'Exports',
  summary: 'List exports, newest first',
  scope: 'read',
  query: z.strictObject({
    consentId: z.string('give one id').min(1).max(100).describe('Only of this consent').optional(),
    resource: z
      .string('name one resource')
      .refine(isResourceName, 'name a resource, such as myactivity.search')
      .meta({ override: { type: 'string', pattern: resourcePattern.source } })
      .describe('Only exports that hold this resource')
      .optional(),
    state: oneOf(exportStates).describe('Only in this state').optional(),
    ...idListParameters('exp'),
  }),
  success: { status: 200, description: 'The exports', json: listOf(exportAnswer) },
  errors: [],
});

export const getExport = defineOperation({
  operationId: 'getExport',
  method: 'get',
  path: '/exports/:id',
  tag: 'Exports',
  summary: 'Say how an export is',
  scope: 'read',
  parameters: z.object({ id }),
  success: { status: 200, description: 'The export', json: exportAnswer },
  errors: ['NOT_FOUND'],
});

export const confirmDelivery = defineOperation({
  operationId: 'confirmDelivery',
  method: 'post',
  path: '/exports/:id/delivery',
  tag: 'Exports',
  summary: 'Note that your app has the data of an export',
  description: 'With `RETENTION_FROM=delivery`, the retention period counts from here. A repeat changes nothing.',
  scope: 'manage',
  parameters: z.object({ id }),
  success: { status: 204, description: 'It is noted' },
  errors: ['NOT_FOUND', 'NOT_READY'],
});
