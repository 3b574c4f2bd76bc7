/** Users of a host app, who are known by the ids that it gave them. */
import { Router } from 'express';

import type { HostAppAccess } from './authentication/host-app';
import { mountOperation } from './contract/mount-operation';
import { deleteUser } from './contract/users';
import type { ServerDependencies } from './dependencies';

export function userRouter(deps: Pick<ServerDependencies, 'deleteUser' | 'logger'>, access: HostAppAccess): Router {
  const router = Router();

  /** Ends and deletes everything of a user: 202 says that it was asked for. */
  mountOperation(router, deleteUser, async ({ request, path: { userId } }) => {
    const { id: hostAppId } = access.hostAppOf(request);
    const { consentIds, sessions, answered, erasureId } = await deps.deleteUser({ hostAppId, userId });
    // The log names no user.
    deps.logger.info({ hostAppId, erasureId, consentIds, sessions, answered }, 'the deletion of a user was asked for');
    return { userId, consentIds, erasureId: erasureId ?? null };
  });

  return router;
}
