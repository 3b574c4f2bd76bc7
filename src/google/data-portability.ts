/** The six methods of the Data Portability API through googleapis, answers translated once (docs/google-api.md §2, §5). */
import { dataportability, type dataportability_v1 } from 'googleapis/build/src/apis/dataportability';

import type { AccessType } from '../domain/states';
import { PortageError } from '../domain/errors';
import { isResourceName, supportsTimeFilter } from '../domain/resources';
import { bareJobId, isFromPlatform, lockedUntil, previousJobIds, readFailure } from './failure';
import { singleAttemptClient, type OAuthOptions } from './oauth';

/** What became of a request to start an archive job. */
export type InitiateOutcome =
  | { readonly kind: 'started'; readonly archiveJobId: string; readonly accessType: AccessType | undefined }
  /** The identical request is running already: the API's only idempotency. */
  | { readonly kind: 'running'; readonly archiveJobId: string }
  /** A one-time resource was exported before. */
  | { readonly kind: 'exhausted'; readonly previousJobIds: string[] }
  /** A time-based resource was exported less than a day ago. */
  | { readonly kind: 'locked'; readonly until: Date | undefined; readonly previousJobIds: string[] };

/** What became of a request to start a failed job anew. */
export type RetryOutcome =
  | { readonly kind: 'started'; readonly archiveJobId: string }
  /** Not done: most likely because it was done before, and the answer was lost (docs/google-api.md §3). */
  | { readonly kind: 'refused'; readonly refusal: Exclude<InitiateOutcome, { kind: 'started' }> };

/** The window of a job as Google states it, which for one taken over is not the wanted one (docs/google-api.md §2, §5). */
export interface ArchiveWindow {
  /** Where it begins; undefined when the request named no beginning, and in answers that leave it out. */
  readonly startTime: Date | undefined;
  /** Where it ends: the request's `endTime`, or the moment of the request. */
  readonly exportTime: Date | undefined;
}

/** `unknown` is a state that Google added later: not finished, to be reported. */
export type ArchiveState = ArchiveWindow &
  (
    | { readonly state: 'COMPLETE'; readonly urls: string[] }
    | { readonly state: 'IN_PROGRESS' | 'FAILED' | 'CANCELLED' }
    | { readonly state: 'unknown'; readonly name: string }
  );

export interface InitiateRequest {
  readonly resources: readonly string[];
  readonly startTime?: Date | undefined;
  readonly endTime?: Date | undefined;
}

export type DataPortability = ReturnType<typeof createDataPortability>;

/**
 * @returns functions that take an access token first and throw what Google's client throws, so that the caller may
 * refresh on 401; only answers with a meaning of their own become outcomes
 */
export function createDataPortability(options: OAuthOptions) {
  const api = (accessToken: string): dataportability_v1.Dataportability => {
    const auth = singleAttemptClient(options);
    auth.setCredentials({ access_token: accessToken });
    return dataportability({
      version: 'v1',
      auth,
      retry: false,
      ...(options.endpoints.apiRootUrl === undefined ? {} : { rootUrl: options.endpoints.apiRootUrl }),
    });
  };

  return {
    /** Which granted resources are one-time and which time-based. */
    async checkAccessType(accessToken: string): Promise<{ oneTime: string[]; timeBased: string[] }> {
      const { data } = await api(accessToken).accessType.check({ requestBody: {} });
      return { oneTime: data.oneTimeResources ?? [], timeBased: data.timeBasedResources ?? [] };
    },

    /**
     * Starts an archive job, or tells of the one that stands in its way.
     *
     * @throws PortageError before any call: `RESOURCE_UNKNOWN` for what is no resource's name, `REQUEST_INVALID` for a
     * window on a resource without one, or without any resource
     */
    async initiate(accessToken: string, request: InitiateRequest): Promise<InitiateOutcome> {
      requireSendable(request);
      try {
        const { data } = await api(accessToken).portabilityArchive.initiate({
          requestBody: {
            resources: [...request.resources],
            ...(request.startTime === undefined ? {} : { startTime: request.startTime.toISOString() }),
            ...(request.endTime === undefined ? {} : { endTime: request.endTime.toISOString() }),
          },
        });
        if (data.archiveJobId == null || data.archiveJobId === '') {
          throw new PortageError('GOOGLE_UNEXPECTED', { detail: 'initiate: the answer holds no job id' });
        }
        return {
          kind: 'started',
          archiveJobId: bareJobId(data.archiveJobId),
          accessType: accessTypeOf(data.accessType),
        };
      } catch (error) {
        const refusal = refusalOf(error, options.now());
        if (refusal !== undefined) return refusal;
        throw error;
      }
    },

    async getArchiveState(accessToken: string, archiveJobId: string): Promise<ArchiveState> {
      const { data } = await api(accessToken).archiveJobs.getPortabilityArchiveState({
        name: `archiveJobs/${archiveJobId}/portabilityArchiveState`,
      });
      const window = { startTime: instant(data.startTime), exportTime: instant(data.exportTime) };
      const state = data.state ?? 'STATE_UNSPECIFIED';
      switch (state) {
        case 'COMPLETE':
          return { state, urls: data.urls ?? [], ...window };
        case 'IN_PROGRESS':
        case 'FAILED':
        case 'CANCELLED':
          return { state, ...window };
        default:
          return { state: 'unknown', name: state.slice(0, 64), ...window };
      }
    },

    /**
     * Starts a failed job anew at Google, which allows it three times. A repeat, after an answer that was lost, is most
     * likely refused, whatever state the new job is in by then; the refusal may name it (docs/google-api.md §3).
     */
    async retry(accessToken: string, archiveJobId: string): Promise<RetryOutcome> {
      try {
        const { data } = await api(accessToken).archiveJobs.retry({
          name: `archiveJobs/${archiveJobId}`,
          requestBody: {},
        });
        if (data.archiveJobId == null || data.archiveJobId === '') {
          throw new PortageError('GOOGLE_UNEXPECTED', { detail: 'retry: the answer holds no job id' });
        }
        return { kind: 'started', archiveJobId: bareJobId(data.archiveJobId) };
      } catch (error) {
        const refusal = refusalOf(error, options.now());
        if (refusal !== undefined) return { kind: 'refused', refusal };
        throw error;
      }
    },

    /**
     * Cancels a job that is in progress. A refusal means no more than "could not cancel": the job's state tells what it
     * is, and its slot counts as spent either way (docs/google-api.md §3, Q3).
     */
    async cancel(accessToken: string, archiveJobId: string): Promise<void> {
      await api(accessToken).archiveJobs.cancel({ name: `archiveJobs/${archiveJobId}`, requestBody: {} });
    },

    async resetAuthorization(accessToken: string): Promise<void> {
      await api(accessToken).authorization.reset({ requestBody: {} });
    },
  };
}

function requireSendable({ resources, startTime, endTime }: InitiateRequest): void {
  const invented = resources.find((name) => !isResourceName(name));
  if (invented !== undefined) throw new PortageError('RESOURCE_UNKNOWN', { detail: invented.slice(0, 64) });
  if (resources.length === 0) throw new PortageError('REQUEST_INVALID', { detail: 'initiate: no resource' });
  const unfilterable = resources.find((name) => !supportsTimeFilter(name));
  if (unfilterable !== undefined && (startTime ?? endTime) !== undefined) {
    throw new PortageError('REQUEST_INVALID', { detail: `initiate: ${unfilterable} takes no time filter` });
  }
}

/**
 * The refusals of a start that are answers: decided on the reason, on the status and what comes with it where there is
 * none that is known.
 */
function refusalOf(error: unknown, now: Date): Exclude<InitiateOutcome, { kind: 'started' }> | undefined {
  if (error instanceof PortageError) return undefined;
  const failure = readFailure(error);
  const runningJobId = bareJobId(failure.metadata['job_id'] ?? '');
  const running = runningJobId === '' ? undefined : ({ kind: 'running', archiveJobId: runningJobId } as const);
  switch (failure.reason) {
    case 'ALREADY_EXISTS_ONE_TIME':
    case 'ALREADY_EXISTS_TIME_BASED':
      return running;
    case 'RESOURCE_EXHAUSTED_ONE_TIME':
      return { kind: 'exhausted', previousJobIds: previousJobIds(failure) };
    case 'RESOURCE_EXHAUSTED_TIME_BASED':
      return { kind: 'locked', until: lockedUntil(failure, now), previousJobIds: previousJobIds(failure) };
  }
  // Google's guide names FAILED_PRECONDITION for a second start within a day (docs/google-api.md Q2); and a reason that is
  // not known yet, but tells the time to wait for, is that lock as well, not a rate limit; one that only names jobs is a
  // one-time resource's, whose archive has to be taken (Q17, docs/known-defects.md D16, D57).
  if (isFromPlatform(failure)) return undefined;
  if (failure.status === 'ALREADY_EXISTS') return running;
  const jobs = previousJobIds(failure);
  const isLock = failure.status === 'RESOURCE_EXHAUSTED' && failure.metadata['timestamp_after_24hrs'] !== undefined;
  if (isLock || failure.status === 'FAILED_PRECONDITION') {
    return { kind: 'locked', until: lockedUntil(failure, now), previousJobIds: jobs };
  }
  if (failure.status === 'RESOURCE_EXHAUSTED' && jobs.length > 0) return { kind: 'exhausted', previousJobIds: jobs };
  return undefined;
}

function instant(text: string | null | undefined): Date | undefined {
  const time = new Date(text ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

function accessTypeOf(value: string | null | undefined): AccessType | undefined {
  if (value === 'ACCESS_TYPE_ONE_TIME') return 'one_time';
  return value === 'ACCESS_TYPE_TIME_BASED' ? 'time_based' : undefined;
}
