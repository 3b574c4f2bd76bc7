/** The operations on the host app's users. */
import { z } from 'zod';

import { id } from './fields';
import { defineOperation } from './operation';

export const deleteUser = defineOperation({
  operationId: 'deleteUser',
  method: 'delete',
  path: '/users/:userId',
  tag: 'Users',
  summary: 'End and delete everything of one of your users',
  scope: 'manage',
  parameters: z.object({ userId: z.string().describe('The id that your app gave the user') }),
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
