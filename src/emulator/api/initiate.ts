/** portabilityArchive.initiate: starts an archive job (docs/google-api.md §2, §5, §9). */
import type { Grants } from '../issuer/grants';
import { jsonReply, type Reply } from '../http/reply';
import { findResource } from '../resources';
import type { AccessType, Grant } from '../state';
import { stateOf, type World } from '../world';
import type { Request } from 'express';
import { authenticate, requireScopes } from './caller';
import { badField, googleError } from './google-error';
import type { JobRequest, Jobs } from './jobs';
import type { Locks } from './locks';
import { initiateFields, readMessage, readTimestamp, timestampMs } from './proto-json';

export interface InitiateDeps {
  world: World;
  grants: Grants;
  jobs: Jobs;
  locks: Locks;
}

export function initiate({ world, grants, jobs, locks }: InitiateDeps, request: Request): Reply {
  const { grant } = authenticate(world, grants, request);
  const wanted = readInitiateRequest(request.body);
  requireScopes(grant, wanted.resources);
  requireStartWindow(world, grant);
  // §6: one-time if any requested resource is one-time.
  const oneTime = wanted.resources.some((resource) => grant.access[resource] === 'one_time');
  const accessType: AccessType = oneTime ? 'one_time' : 'time_based';
  locks.check(grant, wanted, accessType);
  requireRate(world, jobs, grant);
  const job = jobs.start(grant, wanted, accessType);
  grant.firstStartAt ??= job.requestedAt;
  return jsonReply(200, {
    archiveJobId: job.jobId,
    accessType: oneTime ? 'ACCESS_TYPE_ONE_TIME' : 'ACCESS_TYPE_TIME_BASED',
  });
}

/** Throws INVALID_ARGUMENT for what Google refuses: unknown fields and resources, bad times, filters out of place. */
export function readInitiateRequest(body: unknown): JobRequest {
  const { resources, startTime, endTime } = readMessage(body, initiateFields);
  if (!Array.isArray(resources ?? [])) throw badField('resources', "Invalid value at 'resources': a list is expected.");
  const names = [...new Set((resources ?? []) as unknown[])];
  for (const [index, name] of names.entries()) {
    if (typeof name !== 'string') throw badField(`resources[${index}]`, `Invalid value at 'resources[${index}]'.`);
  }
  const wanted: JobRequest = { resources: names as string[] };
  if (startTime !== undefined) wanted.startTime = readTimestamp('start_time', startTime);
  if (endTime !== undefined) wanted.endTime = readTimestamp('end_time', endTime);
  const known = wanted.resources.map((name) => findResource(name));
  // §2: a full scope URL or an invented name gives an unhelpful answer.
  if (known.length === 0 || known.includes(undefined)) invalidArgument();
  if (wanted.startTime !== undefined || wanted.endTime !== undefined) {
    // §9: one unsupported resource fails the whole request.
    if (known.some((resource) => resource?.timeFilter !== true)) invalidArgument();
    const [start, end] = [wanted.startTime, wanted.endTime];
    if (start !== undefined && end !== undefined && timestampMs(start) > timestampMs(end)) invalidArgument();
  }
  return wanted;
}

function invalidArgument(): never {
  throw googleError('INVALID_ARGUMENT', 'Request contains an invalid argument.');
}

/** §3, Q12: the first start of a consent has to come within 24 hours. The answer to a late one is not documented. */
function requireStartWindow(world: World, grant: Grant): void {
  if (stateOf(world).switches.Q12 === 'B' || grant.firstStartAt !== undefined) return;
  if (world.clock.now() > grant.grantedAt + world.periods.startWindow) {
    throw googleError('PERMISSION_DENIED', 'The export was not started within 24 hours of the authorization.');
  }
}

/** Q10, answer B: more than three starts of a project within a minute get a plain rate limit, without a reason. */
function requireRate(world: World, jobs: Jobs, grant: Grant): void {
  if (stateOf(world).switches.Q10 === 'A') return;
  const since = world.clock.now() - 60_000;
  const recent = stateOf(world).jobs.filter(
    (job) => job.projectNumber === grant.projectNumber && job.requestedAt > since && jobs.stateOf(job) !== 'CANCELLED',
  );
  if (recent.length < 3) return;
  const refusal = googleError('RESOURCE_EXHAUSTED', 'Too many requests.');
  refusal.reply.headers['retry-after'] = '30';
  throw refusal;
}
