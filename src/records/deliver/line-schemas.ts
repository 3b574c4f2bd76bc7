/** JSON Schemas (draft 2020-12) of the delivered lines; docs/schemas/lines is generated from these. */
import { z } from 'zod';

import { problemSchema } from '../../problem-details';
import { markStates } from '../compare/key-entry';
import { kinds, recordSchema, type KindName } from '../kinds';
import { goneStates } from './line';

const key = z.string().regex(/^[0-9a-f]{32}(-\d+)?$/);
const count = z.int().min(0);
const counts = z.record(z.string(), count);

const gone = z.strictObject({
  key,
  resource: z.string(),
  exportId: z.string().describe('The export in which the key is missing'),
  state: z
    .enum(goneStates)
    .describe('`replaced`: Portage also delivers a changed record, which replaces the one with this key'),
});

const cursor = z.strictObject({
  cursor: z.int().min(1).describe('Send it as `since` to get everything that follows'),
  exportId: z.string(),
  deleted: z.literal(true).describe('The data of this export were deleted, so it has no records').optional(),
});

const next = z.strictObject({
  next: z.string().describe('Send it unchanged as `after`, with the same request, to get the next page'),
});

const error = z.strictObject({
  error: problemSchema.describe('The reason why the stream ends here. The lines before it are not complete'),
});

const place = {
  part: count,
  ...{ entry: count.optional(), index: count.optional(), offset: count.optional(), line: count.optional() },
};

export const summarySchema = z.strictObject({
  version: z.int(),
  exportId: z.string(),
  resources: z.array(
    z.strictObject({
      resource: z.string(),
      ...{ records: count, new: count, changed: count },
      gone: count.describe('Absent when Portage cannot know it').optional(),
      goneUnknown: z.string().describe('The reason why Portage cannot know it').optional(),
      knownObjects: count.optional(),
    }),
  ),
  verdict: z.enum(['complete', 'partial']),
  ...{ members: count, records: count, leftOut: count, new: count, changed: count },
  gone: count.optional(),
  goneUnknown: z.string().optional(),
  counts: z.array(
    z.strictObject({
      ...{ resource: z.string(), kind: z.string() },
      day: z.iso.date().describe('In UTC; absent for records without a time').optional(),
      ...{ read: count, new: count, changed: count },
    }),
  ),
  problems: z.array(z.strictObject({ kind: z.string(), ...place, field: z.string().optional() })),
  problemCounts: counts,
  notices: z.array(
    z.strictObject({
      ...{ kind: z.string(), ...place, fingerprint: z.string().optional() },
      ...{ field: z.string().optional(), met: z.string().optional(), expected: z.string().optional() },
    }),
  ),
  noticeCounts: counts,
  ...{ drift: z.array(z.string()), choice: z.string() },
});

/** A record as it is delivered: the record of its kind (docs/schemas), and its state. */
function recordLine(): object {
  const names = Object.keys(kinds) as KindName[];
  const [any = 'file'] = names;
  // Every kind has the same fields around `data`.
  const { properties, required } = recordSchema(any) as { properties: object; required: string[] };
  return {
    title: 'A record',
    type: 'object',
    properties: { ...properties, kind: { enum: names }, data: { type: 'object' }, state: { enum: markStates } },
    required: [...required, 'state'],
    additionalProperties: false,
    allOf: names.map((name) => ({
      if: { properties: { kind: { const: name } } },
      then: { properties: { data: { $ref: `../${name}.json#/properties/data` } } },
    })),
  };
}

/** The published schemas by file name. `line.json` describes any line of a stream in NDJSON; the rest are its parts. */
export function lineSchemas(): Readonly<Record<string, object>> {
  const draft = { $schema: 'https://json-schema.org/draft/2020-12/schema' };
  const parts = {
    'record.json': { ...draft, ...recordLine() },
    'gone.json': { ...z.toJSONSchema(gone), title: 'A key that no longer exists' },
    'cursor.json': { ...z.toJSONSchema(cursor), title: 'The end of an export in the stream of a consent' },
    'next.json': { ...z.toJSONSchema(next), title: 'The end of a page' },
    'error.json': { ...z.toJSONSchema(error), title: 'The end of a stream that is not complete' },
  };
  return {
    ...parts,
    'line.json': { ...draft, title: 'A line of a stream', oneOf: Object.keys(parts).map(($ref) => ({ $ref })) },
    'summary.json': { ...z.toJSONSchema(summarySchema), title: 'The summary of an export’s records' },
  };
}
