/** The six methods of the Data Portability API as endpoints. */
import type { Request } from 'express';
import type { Endpoint } from '../http/endpoint';
import type { Identity, MethodName } from '../http/request-log';
import type { Grants } from '../issuer/grants';
import { Refusal, type Reply } from '../http/reply';
import type { World } from '../world';
import { cancel, getState, retry, type ArchiveJobDeps } from './archive-jobs';
import { checkAccessType, reset } from './authorization';
import { grantBehind } from './caller';
import { googleError } from './google-error';
import { initiate } from './initiate';
import type { Jobs } from './jobs';
import type { Locks } from './locks';
import { initiateFields, readMessage } from './proto-json';

export interface ApiDeps extends ArchiveJobDeps {
  world: World;
  grants: Grants;
  jobs: Jobs;
  locks: Locks;
}

type ApiMethod = Extract<MethodName, 'initiate' | 'state' | 'retry' | 'cancel' | 'check' | 'reset'>;

export function apiEndpoints(deps: ApiDeps): Record<ApiMethod, Endpoint> {
  const { world, grants, jobs } = deps;
  const endpoint = (method: ApiMethod, handle: (request: Request) => Reply | Promise<Reply>): Endpoint => ({
    method,
    identify: (request) => identify(deps, method, request),
    handle: (request) => {
      refuseForeignParameters(request);
      return handle(request);
    },
  });
  return {
    initiate: endpoint('initiate', (request) => initiate(deps, request)),
    state: endpoint('state', (request) => getState(deps, request)),
    retry: endpoint('retry', (request) => retry(deps, request)),
    cancel: endpoint('cancel', (request) => cancel(deps, request)),
    check: endpoint('check', (request) => checkAccessType(world, grants, request)),
    reset: endpoint('reset', (request) => reset(world, grants, jobs, request)),
  };
}

function identify({ world, jobs }: ApiDeps, method: ApiMethod, request: Request): Identity {
  const grant = grantBehind(world, request);
  const jobId = typeof request.params['jobId'] === 'string' ? request.params['jobId'] : undefined;
  const job = jobId === undefined ? undefined : jobs.find(jobId);
  const body = method === 'initiate' ? initiateBody(request) : undefined;
  const resources = Array.isArray(body?.['resources'])
    ? body['resources'].filter((name) => typeof name === 'string')
    : job?.resources;
  const { clientId, accountId, grantId } = grant ?? {};
  return { clientId, accountId, grantId, jobId, resources, details: body };
}

function initiateBody(request: Request): Record<string, unknown> | undefined {
  try {
    return readMessage(request.body, initiateFields);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** System parameters of Google's APIs; the emulator supports one value of `alt`. Others are refused as Google does. */
const systemParameters = new Set([
  'alt',
  'prettyPrint',
  'quotaUser',
  'key',
  '$.xgafv',
  'uploadType',
  'upload_protocol',
]);

function refuseForeignParameters(request: Request): void {
  for (const [name, value] of Object.entries(request.query)) {
    if (!systemParameters.has(name)) {
      throw googleError(
        'INVALID_ARGUMENT',
        `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter.`,
      );
    }
    if (name === 'alt' && value !== 'json') throw googleError('INVALID_ARGUMENT', 'Only alt=json is offered here.');
  }
}

/** Google's front end answers unknown paths and verbs with a page, not with the envelope. */
export const googleNotFound =
  '<title>Error 404 (Not Found)</title><p>The requested URL was not found on this server.</p>';
