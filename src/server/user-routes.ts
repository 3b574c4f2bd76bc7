/** Users of a host app, who are known by the ids that it gave them. */
import { Router } from 'express';

import type { HostAppAccess } from './authentication/host-app';
import type { ServerDependencies } from './dependencies';

export function userRouter(
  { deleteUser, logger }: Pick<ServerDependencies, 'deleteUser' | 'logger'>,
  access: HostAppAccess,
): Router {
  const router = Router();

  /** Ends and deletes everything of a user: 202 says that it was asked for. */
  router.delete('/users/:userId', async (request, response) => {
    const { id: hostAppId } = access.hostAppOf(request);
    const { userId } = request.params;
    const { consentIds, sessions, answered } = await deleteUser({ hostAppId, userId });
    // The log names no user.
    logger.info({ hostAppId, consentIds, sessions, answered }, 'the deletion of a user was asked for');
    response.status(202).json({ userId, consentIds });
  });

  return router;
}
