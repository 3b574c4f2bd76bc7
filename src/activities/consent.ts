/** Steps on the grant itself: what it is, what happens to it, giving it back, forgetting it. */
import { ApplicationFailure, log } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';

import { deleteStored } from '../archive/delete/delete-stored';
import type { Consent } from '../database/consents';
import { PortageError, type ErrorCode } from '../domain/errors';
import type { Policy } from '../domain/policy';
import { batchLoop, nextStartMs, spreadOf, withMargin } from '../domain/schedule';
import type { AccessType, EndedConsentState, StopWanted } from '../domain/states';
import { knownPrefix } from '../records/store/places';
import type { ActivityDependencies } from './dependencies';
import { cancellationSignal } from './progress';

/** Where a loop starts: what its workflow has to know besides the consent. */
export interface LoopPlan {
  /** Its name: a resource, or `batch`. */
  readonly resource: string;
  readonly resources: readonly string[];
  readonly accessType: AccessType;
  /** Number of the next export, from 1. */
  readonly cycle: number;
  /** Epoch time of the next start; 0 for at once. */
  readonly nextAtMs: number;
  /** Epoch time by which the first export must have been started; null for all later ones, which count from their due time. */
  readonly startByMs: number | null;
  /** Tried on its own after a time in the batch; the consent is told when Google accepts it. */
  readonly isProbe: boolean;
  /** The batch only: epoch time at which one resource is to be tried on its own. */
  readonly splitAtMs: number | null;
}

/** What a consent's workflow begins with, also when an earlier run of it vanished. */
export interface ConsentPlan {
  /** Nothing is to be done for a consent that has ended. */
  readonly ended: EndedConsentState | null;
  /** As what it was told to end, whether or not a run of its workflow that vanished had heard of it. */
  readonly ending: StopWanted | null;
  /** Google takes no token of the grant any more. */
  readonly grantEnded: boolean;
  readonly accessType: AccessType;
  readonly granted: readonly string[];
  readonly endsAtMs: number | null;
  readonly paused: boolean;
  /** Since when the end is known, and how long before it the last reminder was. */
  readonly known: { sinceMs: number; remindedMs: number | null };
  readonly loops: readonly LoopPlan[];
  /** Older consents of the user, with the resources that this one exports from now on. */
  readonly supersedes: readonly { readonly consentId: string; readonly resources: readonly string[] }[];
}

/** How often to look again whether the user has left Google's consent screen. */
const connectingRetryMs = 60_000;
const dayMs = 24 * 3_600_000;

/** Why an export ended that was open when its consent ended. */
const endCodes: Readonly<Partial<Record<EndedConsentState, ErrorCode>>> = {
  cancelled: 'EXPORT_STOPPED',
  deleted: 'EXPORT_STOPPED',
  revoked: 'GRANT_ENDED',
  expired: 'GRANT_ENDED',
};

/**
 * What a live consent was told before its workflow vanished. Signals of earlier releases left no wish behind, but what
 * followed: its data is being deleted, or a time-based grant is being given back, which it is only when it was told so.
 */
function endingOf({ state, accessType, dataDeletionAt, stopWanted }: Consent): ConsentPlan['ending'] {
  if (dataDeletionAt !== null) return 'deleted';
  return stopWanted ?? (state === 'ending' && accessType === 'time_based' ? 'cancelled' : null);
}

type ConsentDependencies = Pick<
  ActivityDependencies,
  'consents' | 'connectSessions' | 'exports' | 'records' | 'dataPortability' | 'grants' | 'storage' | 'now'
>;

export function createConsentActivities(deps: ConsentDependencies) {
  const { consents, connectSessions, exports, records, dataPortability, grants, storage, now } = deps;

  const find = async (consentId: string): Promise<Consent> => {
    const consent = await consents.find(consentId);
    if (consent === undefined) throw new PortageError('NOT_FOUND', { detail: `consent ${consentId}` });
    return consent;
  };

  /**
   * Asks Google which access the user chose. What the token response told is kept beside it: a mismatch is logged, and
   * Google's present answer counts (docs/google-api.md §6).
   *
   * @returns undefined when the grant has ended
   */
  const askAccess = async (consent: Consent) => {
    try {
      const told = await grants.call(consent.id, 'accessType.check', (token) => dataPortability.checkAccessType(token));
      // With one resource in each job, a mixed grant is no trap: each resource has the access that Google names for it.
      const accessType: AccessType =
        told.timeBased.length > 0
          ? 'time_based'
          : told.oneTime.length > 0
            ? 'one_time'
            : (consent.accessType ?? 'one_time');
      if (consent.accessType !== null && consent.accessType !== accessType) {
        const before = consent.accessType;
        log.warn('access type differs from the token response', { consentId: consent.id, before, accessType });
      }
      await consents.setAccessType(consent.id, accessType);
      return { accessType, oneTime: new Set(told.oneTime) };
    } catch (error) {
      if (error instanceof PortageError && error.code === 'GRANT_ENDED') return undefined;
      throw error;
    }
  };

  const alone = (resource: string, cycle: number): LoopPlan => ({
    resource,
    resources: [resource],
    accessType: 'time_based',
    cycle,
    nextAtMs: 0,
    startByMs: null,
    isProbe: false,
    splitAtMs: null,
  });

  const batch = async (consentId: string, resources: readonly string[], splitAt: number): Promise<LoopPlan> => {
    const { cycle } = await exports.nextCycle(consentId, batchLoop);
    return { ...alone(batchLoop, cycle), resources, splitAtMs: splitAt };
  };

  /** The next export of a time-based loop, or the one that has not ended; `startByMs` is for the first one only. */
  const standOf = async (consentId: string, loop: string, startByMs: number | null, policy: Policy) => {
    const { cycle, before } = await exports.nextCycle(consentId, loop);
    // One that is under way goes on at once.
    const atMs = before === undefined ? 0 : (nextStartMs(policy, before) ?? 0);
    const nextAtMs = withMargin(policy, atMs, spreadOf(`${consentId}/${loop}`));
    return { cycle, nextAtMs, startByMs: before === undefined ? startByMs : null };
  };

  /** Where each loop stands: at its first export, in the middle of one, or waiting for the next. */
  const planLoops = async (
    consent: Consent,
    access: { accessType: AccessType; oneTime: ReadonlySet<string> },
    resources: readonly string[],
    policy: Policy,
  ): Promise<LoopPlan[]> => {
    const startByMs = consent.createdAt.getTime() + policy.startWithinMs;
    const isOneTime = (resource: string) => access.accessType === 'one_time' || access.oneTime.has(resource);
    const shared = consent.batchedAt === null ? [] : resources.filter((resource) => !isOneTime(resource));
    const loops = resources.filter((resource) => !shared.includes(resource));
    const plans = await Promise.all(
      loops.map(async (resource): Promise<LoopPlan> => {
        if (isOneTime(resource)) return { ...alone(resource, 1), accessType: 'one_time', startByMs };
        return { ...alone(resource, 1), ...(await standOf(consent.id, resource, startByMs, policy)) };
      }),
    );
    if (shared.length === 0 || consent.batchedAt === null) return plans;
    const shares = await batch(consent.id, shared, consent.batchedAt.getTime() + policy.splitAfterMs);
    return [...plans, { ...shares, ...(await standOf(consent.id, shares.resource, null, policy)) }];
  };

  /**
   * At most one loop for each user and resource: the newest time-based consent has it. A one-time consent exports once
   * beside it and takes nothing over.
   */
  const shareOut = async (consent: Consent, accessType: AccessType) => {
    const mine = new Set(consent.grantedResources.filter((each) => !consent.supersededResources.includes(each)));
    const supersedes: { consentId: string; resources: string[] }[] = [];
    if (accessType === 'one_time') return { mine: [...mine], supersedes };
    for (const other of await consents.activeSiblings(consent)) {
      if (other.accessType === 'one_time') continue;
      const both = other.grantedResources.filter(
        (resource) => mine.has(resource) && !other.supersededResources.includes(resource),
      );
      if (both.length === 0) continue;
      if (other.createdAt < consent.createdAt || (other.createdAt <= consent.createdAt && other.id < consent.id)) {
        supersedes.push({ consentId: other.id, resources: both });
      } else {
        await consents.supersede(consent.id, both);
        for (const resource of both) mine.delete(resource);
      }
    }
    return { mine: [...mine], supersedes };
  };

  return {
    /** Everything that the workflow of a consent begins with, from Google and from what is stored. */
    async openConsent({ consentId, policy }: { consentId: string; policy: Policy }): Promise<ConsentPlan> {
      const before = await find(consentId);
      const ended = before.state === 'active' || before.state === 'ending' ? null : before.state;
      const ending = ended === null ? endingOf(before) : null;
      // What was given back cannot be asked about; every export had ended before that.
      const ask = () =>
        before.resetAt === null
          ? askAccess(before)
          : { accessType: before.accessType ?? ('one_time' as const), oneTime: new Set<string>() };
      const access = ended === null && ending === null ? await ask() : undefined;
      // Asking may have refreshed the token, and told of another end of the grant.
      const consent = await find(consentId);
      const accessType = access?.accessType ?? consent.accessType ?? 'one_time';
      const reminded = consent.remindedForEndsAt?.getTime() === consent.endsAt?.getTime();
      const { mine, supersedes } =
        access === undefined ? { mine: [], supersedes: [] } : await shareOut(consent, accessType);
      return {
        ended,
        ending,
        grantEnded: ended === null && ending === null && access === undefined,
        accessType,
        granted: consent.grantedResources,
        endsAtMs: consent.endsAt?.getTime() ?? null,
        paused: consent.pausedAt !== null,
        known: {
          sinceMs: consent.createdAt.getTime(),
          remindedMs: reminded && consent.remindedDaysBefore !== null ? consent.remindedDaysBefore * dayMs : null,
        },
        loops: access === undefined ? [] : await planLoops(consent, access, mine, policy),
        supersedes,
      };
    },

    /** Where a loop of one resource goes on that was in the batch. */
    async planLoop({ consentId, resource }: { consentId: string; resource: string }): Promise<LoopPlan> {
      const { cycle } = await exports.nextCycle(consentId, resource);
      return alone(resource, cycle);
    },

    /**
     * Where a loop goes on whose workflow was lost: in the middle of its export, or a day after it. A one-time loop has
     * but one export, which is found as it was stored.
     */
    async resumeLoop(request: { consentId: string; plan: LoopPlan; policy: Policy }): Promise<LoopPlan> {
      const { consentId, plan, policy } = request;
      const { resource } = plan;
      log.warn('the loop of an export was lost and is started again', { consentId, resource });
      if (plan.accessType === 'one_time') return plan;
      return { ...plan, ...(await standOf(consentId, resource, plan.startByMs, policy)) };
    },

    /** All resources share one job a day from here on: Google's lock counts for all of them (docs/google-api.md Q1). */
    async planBatch(request: { consentId: string; resources: readonly string[]; policy: Policy }): Promise<LoopPlan> {
      const { consentId, resources, policy } = request;
      const at = now();
      await consents.setBatched(consentId, true, at);
      log.warn('Google’s lock counts for all resources together: they share one export a day', { consentId });
      return batch(consentId, resources, at.getTime() + policy.splitAfterMs);
    },

    /** One job for each resource again. */
    async endBatch({ consentId }: { consentId: string }): Promise<void> {
      await consents.setBatched(consentId, false, now());
      log.info('Google’s lock counts for each resource on its own: each has its own export again', { consentId });
    },

    async setPaused({ consentId, paused }: { consentId: string; paused: boolean }): Promise<void> {
      await consents.setPaused(consentId, paused, now());
    },

    async supersede({ consentId, resources }: { consentId: string; resources: readonly string[] }): Promise<void> {
      await consents.supersede(consentId, resources);
    },

    /**
     * Asks Google for a fresh token, whose answer tells whether the user renewed.
     *
     * @throws PortageError `GRANT_ENDED` when Google takes no token of the grant any more
     */
    async checkRenewal({ consentId }: { consentId: string }): Promise<{ endsAtMs: number | null }> {
      await grants.refresh(consentId);
      const { endsAt } = await find(consentId);
      return { endsAtMs: endsAt?.getTime() ?? null };
    },

    /**
     * Tells the host app that the grant can be renewed, unless the user has done so already.
     *
     * @param request `beforeEndMs` is how long before the end this reminder is; null at the end itself
     * @throws PortageError `GRANT_ENDED` when Google takes no token of the grant any more
     */
    async remindRenewal(request: {
      consentId: string;
      endsAtMs: number | null;
      beforeEndMs: number | null;
    }): Promise<{ endsAtMs: number | null }> {
      const { consentId, beforeEndMs } = request;
      await grants.refresh(consentId);
      const { endsAt } = await find(consentId);
      const endsAtMs = endsAt?.getTime() ?? null;
      if (beforeEndMs !== null && endsAtMs === request.endsAtMs) await consents.remind(consentId, beforeEndMs, now());
      return { endsAtMs };
    },

    /**
     * Until when Google may keep an archive of this consent that nobody has fetched yet: of an export that is open, since
     * its request was stored.
     *
     * @returns epoch time; null when there is none
     */
    async keptAtGoogle(request: { consentId: string; policy: Policy }): Promise<{ untilMs: number | null }> {
      const { consentId, policy } = request;
      const open = (await exports.listOpen(consentId)).filter(({ verdict }) => verdict === null);
      const until = open.map(
        ({ initiatedAt, requestedAt }) => (initiatedAt ?? requestedAt).getTime() + policy.storeWithinMs,
      );
      const untilMs = Math.max(0, ...until);
      return { untilMs: untilMs > now().getTime() ? untilMs : null };
    },

    /**
     * Gives the grant back to Google, which ends every grant of the user in the project: never while another consent
     * of the user, or one that is known to hold the same account, is active or being given (docs/google-api.md §8,
     * docs/known-defects.md D39). Done once; a refusal is recorded and repeated.
     *
     * @returns whether Google was asked; `kept` when another consent forbids it
     */
    async resetAuthorization({ consentId }: { consentId: string }): Promise<{ reset: 'done' | 'kept' }> {
      await consents.beginEnding(consentId);
      const consent = await find(consentId);
      if (consent.resetAt !== null) return { reset: 'done' };
      if (await connectSessions.isConnecting(consent.hostAppId, consent.userId, now())) {
        throw ApplicationFailure.create({
          type: 'USER_IS_CONNECTING',
          message: 'The user is at Google’s consent screen; a reset now could end the grant being given',
          category: ApplicationFailureCategory.BENIGN,
          nextRetryDelay: connectingRetryMs,
        });
      }
      const siblings = [...(await consents.activeSiblings(consent)), ...(await consents.activeSharers(consentId))];
      if (siblings.length > 0) {
        log.info('grant not reset: it would end other consents', { consentId, siblings: siblings.map(({ id }) => id) });
        await consents.recordReset(consentId, 'kept', now());
        return { reset: 'kept' };
      }
      try {
        await grants.call(consentId, 'authorization.reset', (token) => dataPortability.resetAuthorization(token));
      } catch (error) {
        // A reset whose answer was lost has ended the token, and so has a user who took the grant back meanwhile.
        const isOver = error instanceof PortageError && error.code === 'GRANT_ENDED';
        await consents.recordReset(consentId, isOver ? 'already_ended' : 'refused', now());
        if (isOver) return { reset: 'done' };
        throw error;
      }
      await consents.recordReset(consentId, 'done', now());
      return { reset: 'done' };
    },

    /**
     * Ends the consent: revokes what Google reset, closes what nobody brings home any more, forgets the tokens, tells the
     * host app. No export follows, so what was known to compare the next one with goes too.
     */
    async endConsent(request: { consentId: string; state: EndedConsentState; errorCode?: ErrorCode }): Promise<void> {
      const { consentId, state, errorCode } = request;
      const consent = await find(consentId);
      // Revoking may end the user's other grants as a reset does, so only what was reset is revoked.
      if (consent.resetAt !== null) await grants.revoke(consentId);
      // Of a loop that was lost at the end, and of one that a revived workflow did not begin any more.
      for (const { id, verdict } of await exports.listOpen(consentId)) {
        const code = endCodes[state] ?? errorCode ?? 'UNEXPECTED';
        // What was verified is here, whatever ended the consent.
        if (verdict !== null) await records.fail(id, 'RECORDS_OVERDUE', now());
        else await exports.end(id, { state: 'failed', errorCode: code }, now());
      }
      const forgotten = await Promise.allSettled([
        records.forgetKnown(consentId),
        deleteStored(storage, knownPrefix(consentId), cancellationSignal()),
      ]);
      // Tokens do not wait for a storage that is away; the step is repeated for it.
      await consents.end(consentId, state, errorCode, now());
      for (const done of forgotten) if (done.status === 'rejected') throw done.reason;
      log.info('consent ended', { consentId, consentState: state, errorCode });
    },
  };
}
