/**
 * Every call with an effect at Google, in every state that the job has reached meanwhile, with an answer that is lost,
 * late or comes twice: the table of docs/lost-answers.md, cell by cell.
 */
import type { ErrorCode } from '../../src/domain/error-codes';
import { PortageError } from '../../src/domain/error-codes';
import {
  answers,
  jobStates,
  minute,
  openGoogleStage,
  type Answer,
  type GoogleStage,
  type JobState,
} from './google-stage';
import { allTests } from '../support/long';
import { until } from '../support/until';

type Access = 'once' | '30d';
type Connected = Awaited<ReturnType<GoogleStage['connect']>>;

let stage: GoogleStage;
beforeAll(async () => {
  stage = await openGoogleStage();
});
beforeEach(() => stage.reset());
afterEach(() => {
  // A fault that was ordered and never met would make its test prove nothing, as would a late request that never came.
  expect(stage.emulator.control.unmetFaults()).toEqual([]);
  expect(stage.requestsUnderWay()).toBe(0);
});
afterAll(() => stage.stop());

const accesses: readonly Access[] = ['once', '30d'];
const cells = accesses
  .flatMap((access) => answers.flatMap((answer) => jobStates.map((state) => [answer, state, access] as const)))
  // Without the long tests, both kinds of access where they differ (docs/lost-answers.md), and each in turn elsewhere.
  .filter(([answer, state], index) => allTests || (answer === 'lost' && state === 'gone') || index % 2 === 0);
/** Where the access plays no part. */
const cellsOfEither = answers.flatMap((answer) => jobStates.map((state) => [answer, state, '30d'] as const));
const codeOf = (error: unknown): ErrorCode => {
  if (error instanceof PortageError) return error.code;
  throw error;
};
type End = 'COMPLETE' | 'CANCELLED' | 'locked' | ErrorCode;
type Ends = Record<Answer, Record<JobState, End | Record<Access, End>>>;
const endIn = (ends: Ends, answer: Answer, state: JobState, access: Access): End => {
  const end = ends[answer][state];
  return typeof end === 'string' ? end : end[access];
};

/** Continues a job as the workflow does, however long Google takes. */
async function follow({ consentId, row }: Connected, first: string): Promise<End> {
  const { patient, policy, run } = stage;
  const { id: exportId = '' } = (await row()) ?? {};
  let archiveJobId = first;
  for (let step = 0; step < 10; step += 1) {
    const job = { consentId, exportId, archiveJobId, policy };
    const seen = await run(() => patient.awaitArchive(job)).catch((error: unknown) => error);
    if (seen instanceof PortageError) return seen.code;
    const { state } = seen as { state?: 'COMPLETE' | 'FAILED' | 'CANCELLED' };
    if (state === 'FAILED') ({ archiveJobId } = await run(() => patient.retryArchive(job)));
    else if (state !== undefined) return state;
    else stage.emulator.control.clock.advance(10 * minute);
  }
  throw new Error('the job has no end');
}

/** The first call, which brings an answer only where that is doubled. */
async function firstCall(answer: Answer, call: (by: GoogleStage['patient']) => Promise<unknown>) {
  const { patient, impatient, run } = stage;
  const first = run(() => call(answer === 'late' ? impatient : patient));
  if (answer === 'doubled') await first;
  else await expect(first).rejects.toMatchObject({ code: 'GOOGLE_UNAVAILABLE', retryable: true });
  expect(stage.requestsUnderWay()).toBe(answer === 'late' ? 1 : 0);
}

describe('a start', () => {
  const ends: Ends = {
    lost: {
      running: 'COMPLETE',
      complete: 'COMPLETE',
      failed: 'COMPLETE',
      cancelled: 'CANCELLED',
      gone: { once: 'ALREADY_EXPORTED', '30d': 'locked' },
    },
    late: {
      running: 'COMPLETE',
      complete: 'COMPLETE',
      failed: 'COMPLETE',
      cancelled: 'CANCELLED',
      gone: 'ARCHIVE_EXPIRED',
    },
    doubled: {
      running: 'COMPLETE',
      complete: 'COMPLETE',
      failed: 'COMPLETE',
      cancelled: 'CANCELLED',
      gone: 'ARCHIVE_EXPIRED',
    },
  };

  it.each(cells)('D18, D57: whose answer is %s, with a job that is %s by then, is one start (%s)', async (...cell) => {
    const [answer, state, access] = cell;
    const { patient, run } = stage;
    const user = await stage.connect(access);
    stage.fail(state === 'failed' ? 1 : 0);
    user.befall('initiate', answer);
    await firstCall(answer, (by) => by.initiateExport(user.request));
    // A late one lands after the repeat.
    if (answer !== 'late') user.bring(state);
    const repeat = () => run(() => patient.initiateExport(user.request));
    const again = await repeat().catch((error: unknown) => ({ kind: codeOf(error) }));
    if (answer === 'late') {
      user.bring(state);
      await stage.landed();
    }
    const end = 'archiveJobId' in again ? await follow(user, again.archiveJobId) : again.kind;
    expect(end).toBe(endIn(ends, answer, state, access));
    expect(user.jobs().filter(({ attempt }) => attempt === 0)).toHaveLength(1);
    if (end === 'COMPLETE') expect((await user.row())?.archiveJobId).toBe(user.jobs().at(-1)?.jobId);
  });

  it('D57: that runs twice at once is one start', async () => {
    const user = await stage.connect('once');
    const both = [stage.patient, stage.patient].map((by) => stage.run(() => by.initiateExport(user.request)));
    const [one, other] = await Promise.all(both);
    expect(one).toEqual(other);
    expect(user.jobs()).toHaveLength(1);
  });

  it('D57: whose lost job is named with a reason that is not known yet is recovered all the same (Q17)', async () => {
    const user = await stage.connect('once');
    stage.emulator.control.setSwitches({ Q17: 'A' });
    user.befall('initiate', 'lost');
    await firstCall('lost', (by) => by.initiateExport(user.request));
    user.bring('complete');
    const again = await stage.run(() => stage.patient.initiateExport(user.request));
    expect(again).toMatchObject({ kind: 'initiated', archiveJobId: user.jobs()[0]?.jobId });
  });
});

describe('the retry of a failed job', () => {
  /** A job that has failed, and the step that starts it again. */
  const failedJob = async (access: Access, further = 0) => {
    const user = await stage.connect(access);
    stage.fail(1 + further);
    const started = await stage.run(() => stage.patient.initiateExport(user.request));
    if (started.kind !== 'initiated') throw new Error(`the start was answered with ${started.kind}`);
    user.bring('complete');
    const { exportId, archiveJobId } = started;
    const step = { consentId: user.consentId, exportId, archiveJobId, policy: stage.policy };
    return { ...user, failedJobId: archiveJobId, retryBy: (by: GoogleStage['patient']) => by.retryArchive(step) };
  };
  type Failed = Awaited<ReturnType<typeof failedJob>>;
  const retry = (user: Failed) => stage.run(() => user.retryBy(stage.patient));

  const ends: Ends = {
    lost: {
      running: 'COMPLETE',
      complete: 'COMPLETE',
      failed: 'COMPLETE',
      // Google starts a job again whose retry was cancelled.
      cancelled: 'COMPLETE',
      // Of one-time access it is asked for on.
      gone: { once: 'GOOGLE_UNEXPECTED', '30d': 'ARCHIVE_UNKNOWN' },
    },
    late: {
      running: 'COMPLETE',
      complete: 'COMPLETE',
      failed: 'COMPLETE',
      cancelled: 'CANCELLED',
      gone: 'ARCHIVE_EXPIRED',
    },
    doubled: {
      running: 'COMPLETE',
      complete: 'COMPLETE',
      failed: 'COMPLETE',
      cancelled: 'CANCELLED',
      gone: 'ARCHIVE_EXPIRED',
    },
  };

  it.each(cells)(
    'D57: whose answer is %s, with a new job that is %s by then, loses no archive (%s)',
    async (...cell) => {
      const [answer, state, access] = cell;
      const user = await failedJob(access, state === 'failed' ? 1 : 0);
      user.befall('retry', answer);
      await firstCall(answer, user.retryBy);
      if (answer !== 'late') user.bring(state);
      const again = await retry(user).catch((error: unknown) => ({ code: codeOf(error) }));
      if (answer === 'late') {
        user.bring(state);
        await stage.landed();
      }
      const end = 'archiveJobId' in again ? await follow(user, again.archiveJobId) : again.code;
      expect(end).toBe(endIn(ends, answer, state, access));
      // The newest one is stored, and the caller waited for it.
      if (end === 'COMPLETE') expect((await user.row())?.archiveJobId).toBe(user.jobs().at(-1)?.jobId);
      // No export was started but the first one.
      expect(user.jobs().filter(({ attempt }) => attempt === 0)).toHaveLength(1);
    },
  );

  it.each([
    ['names the job that runs', 'A'],
    ['starts one more', 'C'],
  ] as const)('D57: is recovered where Google %s for a repeat', async (_name, repeatedRetry) => {
    const user = await failedJob('once');
    stage.emulator.control.setSwitches({ repeatedRetry });
    user.befall('retry', 'lost');
    await firstCall('lost', user.retryBy);
    const { archiveJobId } = await retry(user);
    expect(archiveJobId).toBe(user.jobs().at(-1)?.jobId);
    expect(user.calls('initiate')).toHaveLength(1);
    expect(await follow(user, archiveJobId)).toBe('COMPLETE');
  });

  it('D57: that runs twice at once is one retry', async () => {
    const user = await failedJob('30d');
    const [one, other] = await Promise.all([retry(user), retry(user)]);
    expect(one).toEqual(other);
    expect(user.jobs()).toHaveLength(2);
  });

  it('D57: that runs twice at once, and is stored while the repeat still asks, is one retry', async () => {
    const user = await failedJob('30d');
    let answer: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    let ask: () => void = () => undefined;
    const asking = new Promise<void>((resolve) => (ask = resolve));
    // The first try gets Google's answer only when the second one asks for the new job.
    const first = stage.workerWith((usual) => ({
      async retry(...request) {
        const outcome = await usual.retry(...request);
        answer();
        await asking;
        return outcome;
      },
    }));
    // That question gets to Google only when the first try has stored the new job.
    const second = stage.workerWith((usual) => ({
      async initiate(...request) {
        ask();
        await until('the new job is stored', async () => (await user.row())?.archiveJobId !== user.failedJobId);
        return usual.initiate(...request);
      },
    }));
    const one = stage.run(() => user.retryBy(first));
    await Promise.race([answered, one]);
    const other = await stage.run(() => user.retryBy(second)).finally(ask);
    expect(other).toEqual(await one);
    expect(user.jobs()).toHaveLength(2);
    // The start and the question.
    expect(user.calls('initiate')).toHaveLength(2);
  });

  it.each(accesses)('D57: starts nothing where Google never names its job (%s)', async (access) => {
    const user = await failedJob(access);
    stage.emulator.control.setSwitches({ namedRetry: 'B' });
    user.befall('retry', 'lost');
    await firstCall('lost', user.retryBy);
    const unknown =
      access === 'once'
        ? { code: 'GOOGLE_UNEXPECTED', retryable: true }
        : { code: 'ARCHIVE_UNKNOWN', retryable: false };
    await expect(retry(user)).rejects.toMatchObject(unknown);
    user.bring('complete');
    await expect(retry(user)).rejects.toMatchObject(unknown);
    expect((await user.row())?.endedAt).toBeNull();
    expect(user.jobs()).toHaveLength(2);
  });

  it('D57: asks for the next export of time-based access by no means', async () => {
    const user = await failedJob('30d');
    user.befall('retry', 'lost');
    await firstCall('lost', user.retryBy);
    stage.emulator.control.clock.advance(stage.policy.exportEveryMs);
    await expect(retry(user)).rejects.toMatchObject({ code: 'ARCHIVE_UNKNOWN' });
    expect(user.calls('initiate')).toHaveLength(1);
  });

  it('D57: takes a new job for the lost one where a failed one leaves the right to export (Q3)', async () => {
    const user = await failedJob('once');
    stage.emulator.control.setSwitches({ Q3: 'B' });
    const body = { error: { code: 400, status: 'FAILED_PRECONDITION', message: 'no' } };
    stage.emulator.control.addFault({ method: 'retry', status: 400, body });
    const { archiveJobId } = await retry(user);
    expect(await follow(user, archiveJobId)).toBe('COMPLETE');
  });

  it('D1, D57: is a named failure after three of them, and not an unknown job', async () => {
    const user = await failedJob('once', 3);
    let jobId = user.failedJobId;
    const next = () =>
      stage.run(async () => {
        const exportId = (await user.row())?.id ?? '';
        return stage.patient.retryArchive({ exportId, archiveJobId: jobId, policy: stage.policy });
      });
    for (let retries = 0; retries < 3; retries += 1) {
      ({ archiveJobId: jobId } = await next());
      user.bring('complete');
    }
    await expect(next()).rejects.toMatchObject({ code: 'ARCHIVE_FAILED', retryable: false });
  });
});

describe('a cancellation', () => {
  const started = async (access: Access, state: JobState) => {
    const user = await stage.connect(access);
    stage.fail(state === 'failed' ? 1 : 0);
    await stage.run(() => stage.patient.initiateExport(user.request));
    const wanted = { ...user.request, errorCode: 'EXPORT_STOPPED' } as const;
    return { ...user, stopBy: (by: GoogleStage['patient']) => by.failExport(wanted) };
  };

  it.each([...cellsOfEither, ['lost', 'running', 'once'] as const])(
    'D57: whose answer is %s, of a job that is %s by then, ends the export (%s)',
    async (...cell) => {
      const [answer, state, access] = cell;
      const user = await started(access, state);
      user.befall('cancel', answer);
      await firstCall(answer, user.stopBy);
      user.bring(state);
      await stage.run(() => user.stopBy(stage.patient), 2);
      if (answer === 'late') await stage.landed();
      expect(await user.row()).toMatchObject({ state: 'failed', errorCode: 'EXPORT_STOPPED' });
      expect(user.calls('cancel')).toHaveLength(answer === 'doubled' ? 1 : 2);
      const isCancellable = access === '30d' && (state === 'running' || answer === 'lost');
      if (isCancellable) expect(user.jobs()[0]?.cancelledAt).toBeDefined();
    },
  );

  it('D57: is given up after a few tries, since the reset that follows does as much', async () => {
    const user = await started('30d', 'running');
    stage.emulator.control.addFault({ method: 'cancel', times: 2, status: 503, body: 'no' });
    await expect(stage.run(() => user.stopBy(stage.patient), 4)).rejects.toMatchObject({ retryable: true });
    await stage.run(() => user.stopBy(stage.patient), 5);
    expect(await user.row()).toMatchObject({ state: 'failed', errorCode: 'EXPORT_STOPPED' });
  });
});

describe('resetting the authorization', () => {
  it.each([...cellsOfEither, ['lost', 'complete', 'once'] as const])(
    'D41, D57: with a reset whose answer is %s, and a job that is %s, ends it (%s)',
    async (...cell) => {
      const [answer, state, access] = cell;
      const user = await stage.connect(access);
      stage.fail(state === 'failed' ? 1 : 0);
      await stage.run(() => stage.patient.initiateExport(user.request));
      const reset = (by: GoogleStage['patient']) => by.resetAuthorization(user);
      user.befall('reset', answer);
      await firstCall(answer, reset);
      user.bring(state);
      expect(await stage.run(() => reset(stage.patient))).toEqual({ reset: 'done' });
      if (answer === 'late') await stage.landed();
      expect(user.aliveGrants()).toEqual([]);
      const resetAnswer = answer === 'lost' ? 'already_ended' : 'done';
      expect(await stage.portage.consents.find(user.consentId)).toMatchObject({ resetAnswer });
      if (answer === 'doubled') expect(user.calls('reset')).toHaveLength(1);
    },
  );

  it.each(answers)('D41, D57: with a revocation whose answer is %s ends it, and the tokens go', async (answer) => {
    const user = await stage.connect('30d');
    await stage.run(() => stage.patient.resetAuthorization(user));
    const end = (by: GoogleStage['patient']) => by.endConsent({ consentId: user.consentId, state: 'cancelled' });
    user.befall('revoke', answer);
    // After a reset, Google has no such token any more; the answer reports this, or is lost.
    await firstCall(answer, end);
    await stage.run(() => end(stage.patient), 2);
    if (answer === 'late') await stage.landed();
    expect(user.aliveGrants()).toEqual([]);
    expect(await stage.portage.tokens.find(user.consentId)).toBeUndefined();
    expect(await stage.portage.consents.find(user.consentId)).toMatchObject({ state: 'cancelled' });
  });

  it('D57: reports how long Google may keep an archive that was not fetched', async () => {
    const user = await stage.connect('once');
    const kept = () => stage.run(() => stage.patient.keptAtGoogle(user.request));
    expect(await kept()).toEqual({ untilMs: null });
    await stage.run(() => stage.patient.initiateExport(user.request));
    const untilMs = ((await user.row())?.initiatedAt?.getTime() ?? 0) + stage.policy.storeWithinMs;
    expect(await kept()).toEqual({ untilMs });
    stage.emulator.control.clock.advance(stage.policy.storeWithinMs);
    expect(await kept()).toEqual({ untilMs: null });
  });
});
