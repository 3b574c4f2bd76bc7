/** The operations on the host app's users. */
import { z } from 'zod';

import { consentStates, type ConsentState } from '../../domain/states';
import { count, id } from './fields';
import { defineOperation } from './operation';

const countByState = Object.fromEntries(consentStates.map((state) => [state, count])) as Record<
  ConsentState,
  typeof count
>;

const userId = z.string().describe('The id that your app gave the user');

export const getUser = defineOperation({
  operationId: 'getUser',
  method: 'get',
  path: '/users/:userId',
  tag: 'Users',
  summary: 'Show the consents of one of your users',
  scope: 'read',
  parameters: z.object({ userId }),
  success: {
    status: 200,
    description: 'The consents of the user. A user of whom there are only connect sessions has none',
    json: z
      .object({
        userId: z.string(),
        consents: z.object(countByState).describe('How many consents there are in each state'),
        newestConsentIds: z.array(id).describe('The newest first, 10 at most'),
      })
      .meta({ id: 'User' }),
  },
  errors: ['USER_UNKNOWN'],
});

export const deleteUser = defineOperation({
  operationId: 'deleteUser',
  method: 'delete',
  path: '/users/:userId',
  tag: 'Users',
  summary: 'End and delete everything of one of your users',
  scope: 'manage',
  parameters: z.object({ userId }),
  success: {
    status: 202,
    description: 'The deletion is stored and every workflow is signalled',
    json: z
      .object({
        ...{ userId: z.string(), consentIds: z.array(id) },
        erasureId: id
          .nullable()
          .describe(
            'The event `user.erased` names it once everything is deleted. Null where an earlier release has begun the deletion',
          ),
      })
      .meta({ id: 'UserDeletion' }),
  },
  errors: ['USER_UNKNOWN'],
});
