/** The users of a host app, by the ids that it gave them. */
import { Router } from 'express';

import { PortageError } from '../domain/error-codes';
import { consentStates, type ConsentState } from '../domain/states';
import type { HostAppAccess } from './authentication/host-app';
import { mountOperation } from './contract/mount-operation';
import { deleteUser, getUser } from './contract/users';
import type { ServerDependencies } from './dependencies';

type UserDependencies = Pick<ServerDependencies, 'consents' | 'connectSessions' | 'deleteUser' | 'logger' | 'now'>;

/** The number of consents in one answer at most; the list of consents has all. */
const newestConsents = 10;
const noConsents = Object.fromEntries(consentStates.map((state) => [state, 0])) as Record<ConsentState, number>;

export function userRouter(deps: UserDependencies, access: HostAppAccess): Router {
  const { consents, connectSessions, now } = deps;
  const router = Router();

  mountOperation(router, getUser, async ({ request, path: { userId } }) => {
    const user = { hostAppId: access.hostAppOf(request).id, userId };
    const every = { userId, state: undefined, before: undefined };
    const newest = await consents.page({ ...user, ...every, limit: newestConsents });
    if (newest.length === 0) {
      const [session] = await connectSessions.page(user.hostAppId, { ...every, at: now(), limit: 1 });
      if (session === undefined) throw new PortageError('USER_UNKNOWN');
    }
    const counts = { ...noConsents, ...(await consents.countOfUser(user)) };
    return { userId, consents: counts, newestConsentIds: newest.map(({ id }) => id) };
  });

  /** Ends and deletes everything of a user; the status 202 confirms only the request. */
  mountOperation(router, deleteUser, async ({ request, path: { userId } }) => {
    const { id: hostAppId } = access.hostAppOf(request);
    const { consentIds, sessions, answered, erasureId } = await deps.deleteUser({ hostAppId, userId });
    // The log entry contains no user id.
    deps.logger.info({ hostAppId, erasureId, consentIds, sessions, answered }, 'the deletion of a user was asked for');
    return { userId, consentIds, erasureId: erasureId ?? null };
  });

  return router;
}
