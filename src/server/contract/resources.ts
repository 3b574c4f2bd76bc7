/** The operation that lists the resources (docs/records.md). */
import { z } from 'zod';

import { resourcePattern } from '../../domain/resources';
import { kindName } from './fields';
import { defineOperation } from './operation';
import { listOf, listParameters } from './query-fields';

export const listResources = defineOperation({
  operationId: 'listResources',
  method: 'get',
  path: '/resources',
  tag: 'Resources',
  summary: 'List the resources that a connect session may name, by name',
  scope: 'read',
  query: z.strictObject(listParameters(resourcePattern)),
  success: {
    status: 200,
    description: 'The resources that Portage knows, and those that the operator added with EXTRA_RESOURCES',
    json: listOf(
      z
        .object({
          name: z.string().describe('As in `resources` of a connect session'),
          title: z.string().describe('In words for people; the name where there are none'),
          group: z.string().nullable().describe('The Google product; null for a resource that the operator added'),
          documented: z.boolean().describe('Whether Google documents fields of its files'),
          filterable: z
            .boolean()
            .nullable()
            .describe('Whether Google exports a range of time of it (`since`); null when Google does not document it'),
          kinds: z
            .array(kindName)
            .describe(
              'The kinds of records that its files may lead to; `file` is whatever Portage reads no records from',
            ),
        })
        .meta({ id: 'Resource' }),
    ),
  },
  errors: [],
});
