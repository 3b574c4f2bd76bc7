/**
 * The six methods of the Data Portability API through googleapis; answers are translated here (docs/google-api.md §2,
 * §5).
 */
import { dataportability, type dataportability_v1 } from 'googleapis/build/src/apis/dataportability';

import { PortageError } from '../domain/error-codes';
import { isResourceName, supportsTimeFilter } from '../domain/resources';
import type { AccessType } from '../domain/states';
import { archiveStateOf, type ArchiveState } from './archive-state';
import { bareJobId } from './lock-details';
import { singleAttemptClient, type OAuthOptions } from './single-attempt-client';
import { refusalOf, type InitiateOutcome, type RetryOutcome } from './start-outcome';

export type { InitiateOutcome, RetryOutcome } from './start-outcome';

export interface InitiateRequest {
  readonly resources: readonly string[];
  readonly startTime?: Date | undefined;
  readonly endTime?: Date | undefined;
}

export type DataPortability = ReturnType<typeof createDataPortability>;

/**
 * @returns functions that take an access token first and throw the errors of Google's client, so that the caller may
 * refresh on 401; only errors with a special meaning become outcomes
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
    /** Returns the granted resources by access: one-time and time-based. */
    async checkAccessType(accessToken: string): Promise<{ oneTime: string[]; timeBased: string[] }> {
      const { data } = await api(accessToken).accessType.check({ requestBody: {} });
      return { oneTime: data.oneTimeResources ?? [], timeBased: data.timeBasedResources ?? [] };
    },

    /**
     * Starts an archive job, or returns the job that is Google's reason to refuse the start.
     *
     * @throws PortageError before any call: `RESOURCE_UNKNOWN` for a text that is not the name of a resource,
     * `REQUEST_INVALID` for a request without a resource, or with a window for a resource that cannot have one
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
        const archiveJobId = startedJobId('initiate', data);
        return { kind: 'started', archiveJobId, accessType: accessTypeOf(data.accessType) };
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
      return archiveStateOf(data);
    },

    /**
     * Retries a failed job at Google, which allows three retries. A repeat after a lost answer is most likely refused,
     * in whatever state the new job is; the refusal may name it (docs/google-api.md §3).
     */
    async retry(accessToken: string, archiveJobId: string): Promise<RetryOutcome> {
      try {
        const { data } = await api(accessToken).archiveJobs.retry({
          name: `archiveJobs/${archiveJobId}`,
          requestBody: {},
        });
        return { kind: 'started', archiveJobId: startedJobId('retry', data) };
      } catch (error) {
        const refusal = refusalOf(error, options.now());
        if (refusal !== undefined) return { kind: 'refused', refusal };
        throw error;
      }
    },

    /**
     * Cancels a job that is in progress. A refusal only means "could not cancel": ask for the job's state. The right to
     * export is used up either way (docs/google-api.md §3, Q3).
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
    throw new PortageError('REQUEST_INVALID', { detail: `initiate: ${unfilterable} has no time filter` });
  }
}

function accessTypeOf(value: string | null | undefined): AccessType | undefined {
  if (value === 'ACCESS_TYPE_ONE_TIME') return 'one_time';
  return value === 'ACCESS_TYPE_TIME_BASED' ? 'time_based' : undefined;
}

function startedJobId(call: 'initiate' | 'retry', { archiveJobId }: { archiveJobId?: string | null }): string {
  if (archiveJobId == null || archiveJobId === '') {
    throw new PortageError('GOOGLE_UNEXPECTED', { detail: `${call}: the answer holds no job id` });
  }
  return bareJobId(archiveJobId);
}
