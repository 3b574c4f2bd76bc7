/** accessType.check and authorization.reset (docs/google-api.md §6, §8). */
import type { Request } from 'express';
import type { Grants } from '../issuer/grants';
import { jsonReply, type Reply } from '../http/reply';
import { stateOf, type World } from '../world';
import { authenticate } from './caller';
import type { Jobs } from './jobs';
import { readMessage, repeated } from './proto-json';

export function checkAccessType(world: World, grants: Grants, request: Request): Reply {
  const { grant } = authenticate(world, grants, request);
  readMessage(request.body, {});
  const names = Object.keys(grant.access);
  return jsonReply(200, {
    ...repeated(
      'oneTimeResources',
      names.filter((name) => grant.access[name] === 'one_time'),
    ),
    ...repeated(
      'timeBasedResources',
      names.filter((name) => grant.access[name] === 'time_based'),
    ),
  });
}

/** Ends every grant of the user in the project and lets Google delete the finished archives. */
export function reset(world: World, grants: Grants, jobs: Jobs, request: Request): Reply {
  const { grant } = authenticate(world, grants, request);
  readMessage(request.body, {});
  const now = world.clock.now();
  const state = stateOf(world);
  const endsAll = state.switches.Q4 === 'A';
  for (const job of jobs.ofAccount(grant)) {
    const running = jobs.stateOf(job) === 'IN_PROGRESS';
    if (running && !endsAll) continue;
    if (running) job.cancelledAt = now;
    job.discardedAt ??= now;
  }
  const { projectNumber, accountId } = grant;
  if (endsAll) {
    state.locksFrom[`${projectNumber}/${accountId}`] = grants.authorization(projectNumber, accountId) + 1;
  }
  grants.endAll(projectNumber, accountId, 'reset');
  return jsonReply(200, {});
}
