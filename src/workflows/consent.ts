/** The life of one consent: find out what was granted, keep its loops going, answer its messages, give the grant back. */
import {
  condition,
  getExternalWorkflowHandle,
  isCancellation,
  patched,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';

import type { ConsentPlan } from '../activities/consent';
import type { ErrorCode } from '../domain/errors';
import { mayBeAtGoogle, type ExportOutcome } from '../domain/outcome';
import type { Policy } from '../domain/policy';
import { hasRunOut, nextReminder } from '../domain/schedule';
import type { AccessType, ConsentState, EndedConsentState, StopWanted } from '../domain/states';
import { consentWorkflowId } from './ids';
import { createLoops } from './loops';
import {
  cancelSignal,
  consentStatusQuery,
  deleteSignal,
  pauseSignal,
  renewedSignal,
  resumeSignal,
  splitWorkedSignal,
  supersededSignal,
} from './messages';
import { accessTypeAttribute, consentEndsAtAttribute, consentStateAttribute } from './search-attributes';
import { calls, failureCode } from './steps';

/** Marks runs in which a consent that ends for a reason of ours gives its grant back, time-based access too. */
const everyGrantIsGivenBack = 'every grant is given back';

/** Marks runs whose search attribute follows the end of the grant, which a renewal makes later. */
const endIsShown = 'the end of the grant is shown';

/** Everything else is read from the database, so that a workflow that vanished can be started again where it was. */
export interface ConsentInput {
  readonly consentId: string;
  readonly policy: Policy;
}

export interface ConsentResult {
  readonly state: EndedConsentState;
  readonly exports: readonly ExportOutcome[];
}

export async function consentWorkflow({ consentId, policy }: ConsentInput): Promise<ConsentResult> {
  let state: ConsentState = 'active';
  let accessType: AccessType | undefined;
  /** Set by every message; the main function then looks at what it says. */
  let news = false;
  const tell = (): void => {
    news = true;
  };
  const context = { consentId, policy, endsAtMs: null as number | null, paused: false };
  const loops = createLoops(context, tell);
  /** When the end of the grant became known, and the last reminder of it. */
  let known = { sinceMs: Date.now(), remindedMs: null as number | null };
  let stopWanted: StopWanted | undefined;
  let pauseWanted: boolean | undefined;
  let supersededNow: string[] = [];
  let splitWorked = false;
  let grantEnded = false;

  setHandler(consentStatusQuery, () => {
    const { endsAtMs, paused } = context;
    return { state, accessType, endsAtMs, paused, loops: loops.names(), exports: [...loops.outcomes.values()] };
  });
  setHandler(pauseSignal, () => {
    pauseWanted = true;
    tell();
  });
  setHandler(resumeSignal, () => {
    pauseWanted = false;
    tell();
  });
  setHandler(cancelSignal, () => {
    stopWanted ??= 'cancelled';
    tell();
  });
  setHandler(deleteSignal, () => {
    stopWanted = 'deleted';
    tell();
  });
  setHandler(supersededSignal, ({ resources }) => {
    supersededNow.push(...resources);
    tell();
  });
  setHandler(splitWorkedSignal, () => {
    splitWorked = true;
    tell();
  });
  setHandler(renewedSignal, ({ endsAtMs }) => {
    learnEnd(endsAtMs);
    tell();
  });

  const learnEnd = (endsAtMs: number | null): void => {
    if (endsAtMs === context.endsAtMs) return;
    context.endsAtMs = endsAtMs;
    known = { sinceMs: Date.now(), remindedMs: null };
  };
  let shownEndsAtMs = workflowInfo().typedSearchAttributes.get(consentEndsAtAttribute)?.getTime() ?? null;
  const showEnd = (): void => {
    const { endsAtMs } = context;
    if (endsAtMs === null || endsAtMs === shownEndsAtMs || !patched(endIsShown)) return;
    shownEndsAtMs = endsAtMs;
    upsertSearchAttributes([{ key: consentEndsAtAttribute, value: new Date(endsAtMs) }]);
  };
  const step = (summary: string) => calls(policy, Date.now() + policy.storeWithinMs, summary);
  const show = (more: string): void => setCurrentDetails(story(state, loops.outcomes, more));

  const end = async (ended: EndedConsentState, errorCode?: ErrorCode): Promise<ConsentResult> => {
    const code = errorCode === undefined ? {} : { errorCode };
    await step('forget the tokens').endConsent({ consentId, state: ended, ...code });
    state = ended;
    upsertSearchAttributes([{ key: consentStateAttribute, value: ended }]);
    show('');
    return { state: ended, exports: [...loops.outcomes.values()] };
  };
  /** Gives the grant back. @returns the code with which Google refused it to the last */
  const giveBack = async (): Promise<ErrorCode | undefined> => {
    state = 'ending';
    show('Giving the grant back to Google.');
    try {
      await step('give the grant back').resetAuthorization({ consentId });
      return undefined;
    } catch (error) {
      return failureCode(error, 'GOOGLE_UNAVAILABLE');
    }
  };
  /** A reset lets Google discard the archives. One that is not safe here keeps the grant as long as Google keeps it. */
  const keepGrantUntil = async (keptUntilMs: number): Promise<void> => {
    show('The grant is kept while Google still holds an archive that is not safe.');
    const summary = 'an archive that is not safe is still at Google';
    await condition(() => stopWanted !== undefined, Math.max(1_000, keptUntilMs - Date.now()), { summary });
  };
  const endAsWanted = async (wanted: StopWanted): Promise<ConsentResult> => {
    if (wanted === 'deleted') await step('delete what was stored').deleteData({ consentId });
    return await end(wanted, await giveBack());
  };
  /** A grant that Google ended: at its own end it has expired, before that the user took it back. */
  const endedByGoogle = (): Promise<ConsentResult> =>
    hasRunOut(policy, context.endsAtMs, Date.now()) ? end('expired') : end('revoked', 'GRANT_ENDED');

  /** Reminds the host app, or finds out at the end of the grant whether it was renewed. */
  const remind = async (beforeEndMs: number | null): Promise<void> => {
    // Whether the user has renewed shows only when the token is refreshed (docs/google-api.md §10, Q6).
    const summary = beforeEndMs === null ? 'has the grant ended?' : 'remind the host app';
    const before = context.endsAtMs;
    try {
      const told = await calls(policy, Date.now() + policy.startWithinMs, summary).remindRenewal({
        consentId,
        endsAtMs: before,
        beforeEndMs,
      });
      learnEnd(told.endsAtMs);
    } catch (error) {
      // A cancellation reaches the main function by itself; nobody awaits this one.
      if (isCancellation(error)) return;
      if (failureCode(error, 'GOOGLE_UNAVAILABLE') === 'GRANT_ENDED') grantEnded = true;
    }
    if (context.endsAtMs === before) {
      known.remindedMs = beforeEndMs;
      if (beforeEndMs === null) grantEnded = true;
    }
  };

  const live = async (plan: ConsentPlan): Promise<ConsentResult> => {
    for (const { consentId: older, resources } of plan.supersedes) {
      // One that has ended meanwhile has nothing left to be taken over.
      const handle = getExternalWorkflowHandle(consentWorkflowId(older));
      await handle.signal(supersededSignal, { resources, by: consentId }).catch((error: unknown) => {
        if (isCancellation(error)) throw error;
      });
    }
    for (const loop of plan.loops) await loops.start(loop);

    let stopping = false;
    let toldEndsAtMs = context.endsAtMs;
    let reminding: Promise<void> | undefined;
    for (;;) {
      news = false;
      if ((await loops.settle(() => stopWanted === undefined && !grantEnded)).grantEnded) grantEnded = true;
      if (pauseWanted !== undefined && pauseWanted !== context.paused) {
        context.paused = pauseWanted;
        await step(context.paused ? 'record the pause' : 'record that it goes on').setPaused({
          consentId,
          paused: context.paused,
        });
        await loops.setPaused(context.paused);
      }
      if (supersededNow.length > 0) {
        const resources = supersededNow;
        supersededNow = [];
        await step('a newer consent takes over').supersede({ consentId, resources });
        await loops.supersede(resources);
      }
      if (splitWorked) {
        splitWorked = false;
        await loops.leaveBatch();
      }
      if (context.endsAtMs !== toldEndsAtMs) {
        toldEndsAtMs = context.endsAtMs;
        showEnd();
        await loops.renew(toldEndsAtMs);
      }
      if ((stopWanted !== undefined || grantEnded) && !stopping) {
        stopping = true;
        await loops.stop(stopWanted === undefined ? 'finish' : 'abandon');
      }

      const { endsAtMs } = context;
      const reminder = nextReminder(policy, { endsAtMs, ...known });
      const dueAtMs =
        stopping || accessType !== 'time_based' || reminding !== undefined ? null : (reminder?.atMs ?? endsAtMs);
      if (dueAtMs !== null && Date.now() >= dueAtMs) {
        reminding = remind(reminder?.beforeEndMs ?? null).finally(() => {
          reminding = undefined;
          tell();
        });
        continue;
      }
      if (loops.isEmpty()) break;
      show(context.paused ? 'Paused: no new export is started.' : '');
      if (dueAtMs === null) await condition(() => news);
      else {
        const summary = reminder === undefined ? 'the grant ends' : 'reminder: the grant can be renewed';
        await condition(() => news, Math.max(1_000, dueAtMs - Date.now()), { summary });
      }
    }

    if (stopWanted !== undefined) return await endAsWanted(stopWanted);
    if (grantEnded) return await endedByGoogle();
    if (plan.granted.every(loops.isSuperseded)) return await end('superseded');
    return await finish();
  };

  /** Every export is done that there will ever be: of time-based access, because Google refuses all that are left. */
  const finish = async (): Promise<ConsentResult> => {
    const outcomes = [...loops.outcomes.values()];
    const failed = outcomes.find((outcome) => outcome.state === 'failed');
    if (accessType === 'time_based' && !patched(everyGrantIsGivenBack)) {
      return await end('failed', failed?.errorCode ?? 'UNEXPECTED');
    }
    // All that runs of an earlier release know. A mark is two events, so it is made where they would decide otherwise.
    let unsafe = outcomes.filter(({ verdict, errorCode }) => verdict === 'corrupt' || errorCode === 'UNEXPECTED');
    const others = outcomes.filter((outcome) => !unsafe.includes(outcome) && mayBeAtGoogle(outcome, Date.now()));
    if (others.length > 0 && patched(everyGrantIsGivenBack)) unsafe = [...unsafe, ...others];
    if (unsafe.length > 0) {
      await keepGrantUntil(Math.max(...unsafe.map((outcome) => outcome.keptUntilMs)));
      if (stopWanted !== undefined) return await endAsWanted(stopWanted);
    }
    if (accessType === 'time_based') {
      await giveBack();
      return await end('failed', failed?.errorCode ?? 'UNEXPECTED');
    }
    // What was stored stays stored; a grant that could not be given back ends at Google by itself after 14 days.
    const errorCode = (await giveBack()) ?? (failed === undefined ? undefined : (failed.errorCode ?? 'UNEXPECTED'));
    return errorCode === undefined ? await end('completed') : await end('failed', errorCode);
  };

  show('Asking Google for the access type.');
  const open = async (): Promise<ConsentResult> => {
    let plan: ConsentPlan;
    try {
      const deadlineMs = Date.now() + policy.startWithinMs;
      plan = await calls(policy, deadlineMs, 'ask for the access type').openConsent({ consentId, policy });
    } catch (error) {
      const errorCode = failureCode(error, 'START_OVERDUE');
      if (patched(everyGrantIsGivenBack)) {
        // Of a run that vanished, an export may be open whose archive is at Google.
        const { untilMs } = await step('is an archive at Google?').keptAtGoogle({ consentId, policy });
        if (untilMs !== null) await keepGrantUntil(untilMs);
        if (stopWanted !== undefined) return await endAsWanted(stopWanted);
        await giveBack();
      }
      return await end('failed', errorCode);
    }
    context.endsAtMs = plan.endsAtMs;
    context.paused = plan.paused;
    known = plan.known;
    ({ accessType } = plan);
    if (plan.ended !== null) return { state: plan.ended, exports: [] };
    // Not told by workers of an earlier release.
    if (plan.ending != null) return await endAsWanted(stopWanted === 'deleted' ? stopWanted : plan.ending);
    if (plan.grantEnded) return await endedByGoogle();
    upsertSearchAttributes([{ key: accessTypeAttribute, value: plan.accessType }]);
    showEnd();
    return await live(plan);
  };

  const result = await open();
  // A wish that came too late to end the consent, or after its end, when it starts this workflow once more.
  if (stopWanted === 'deleted' && result.state !== 'deleted') {
    await step('delete what was stored').deleteData({ consentId });
    return { ...result, state: 'deleted' };
  }
  return result;
}

function story(state: ConsentState, outcomes: ReadonlyMap<string, ExportOutcome>, more: string): string {
  const rows = [...outcomes.values()].map(
    (outcome) => `| \`${outcome.resource}\` | ${outcome.state} | ${outcome.verdict ?? outcome.errorCode ?? ''} |`,
  );
  const table = rows.length === 0 ? [] : ['', '| resource | state | verdict |', '|---|---|---|', ...rows];
  return [`Consent **${state}**. ${more}`, ...table].join('\n');
}
