/** The operations on the stored archive of an export: its parts as Google delivered them, and their members. */
import { z } from 'zod';

import { count, id } from './fields';
import { defineOperation } from './operation';

const readingErrors = [
  ...(['NOT_FOUND', 'DATA_DELETED', 'SEGMENT_MISSING', 'SEGMENT_ALTERED', 'DATA_KEY_MISSING'] as const),
  ...(['VAULT_KEY_MISSING', 'VAULT_SEAL_BROKEN', 'KMS_UNAVAILABLE'] as const),
  ...(['STORAGE_UNAVAILABLE', 'STORAGE_MISSING'] as const),
];
const memberErrors = ['PART_UNREADABLE', 'MEMBER_UNREADABLE', 'ARCHIVE_LIMIT'] as const;

const rangeHeaders = z.object({
  range: z.string().describe('One range of bytes, such as `bytes=0-999`').optional(),
  'if-range': z.string().describe('The ETag of the bytes that you have the beginning of').optional(),
});

export const getPart = defineOperation({
  operationId: 'getPart',
  method: 'get',
  path: '/exports/:id/parts/:number',
  tag: 'Exports',
  summary: 'Fetch the bytes of a part',
  scope: 'read',
  parameters: z.object({ id, number: z.string().describe('The number of the part, from 1') }),
  headers: rangeHeaders,
  success: {
    ...{ status: 200, description: 'The part as Google delivered it', ranges: true },
    stream: { 'application/zip': 'bytes' },
  },
  errors: [...readingErrors, 'RANGE_NOT_SATISFIABLE'],
});

export const listMembers = defineOperation({
  operationId: 'listMembers',
  method: 'get',
  path: '/exports/:id/members',
  tag: 'Exports',
  summary: 'List the members of all parts',
  scope: 'read',
  parameters: z.object({ id }),
  success: {
    status: 200,
    description: 'The members, written while the directories are read',
    stream: {
      'application/json': z
        .object({
          members: z.array(
            z.object({
              part: z.int().min(1),
              entry: z.int().min(1).describe('The number of the entry in the directory of the part'),
              name: z.string(),
              bytes: count,
              path: z.string().nullable().describe('Where its bytes are; null when Portage cannot unpack it'),
            }),
          ),
          unreadableParts: z.array(
            z.object({ part: z.int().min(1), reason: z.string().describe('`not_a_zip`, or the name of a limit') }),
          ),
        })
        .meta({ id: 'MemberList' }),
    },
  },
  errors: readingErrors,
});

export const getMember = defineOperation({
  operationId: 'getMember',
  method: 'get',
  path: '/exports/:id/members/:part/:entry',
  tag: 'Exports',
  summary: 'Fetch the bytes of one member, unpacked',
  scope: 'read',
  parameters: z.object({
    id,
    part: z.string().describe('The number of the part, from 1'),
    entry: z.string().describe('The number of the entry in the directory of the part'),
  }),
  headers: rangeHeaders,
  success: {
    ...{ status: 200, description: 'The member; its media type follows from its name', ranges: true },
    stream: { '*/*': 'bytes' },
  },
  errors: [...readingErrors, ...memberErrors, 'RANGE_NOT_SATISFIABLE'],
});
