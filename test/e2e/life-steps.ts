/** The steps of a random life: messages, faults at Google, deploys, and time. */
import fc from 'fast-check';

import type { MessageName } from '../../src/temporal/client/consent-messages';
import { exportedResources } from '../../src/database/consents';
import { PortageError } from '../../src/domain/error-codes';
import type { FaultOrder } from '../../src/emulator/faults/fault';
import { createLogger } from '../../src/log';
import { createRenewalSignal } from '../../src/server/renewal-signal';
import { day, hour, minute, type VirtualUser } from '../support/virtual-users';
import { dailyResources, onceResources, type Life, type Lived } from './random-life';

/** Answers to open questions about Google's API that a whole life is lived under (docs/google-api.md §13). */
const questions = ['Q1', 'Q2', 'Q3', 'Q4', 'Q5', 'Q6', 'Q7', 'Q11', 'Q17', 'identity', 'expiredLink'] as const;
type World = Partial<Record<(typeof questions)[number], 'A' | 'B'>>;

export const worlds: fc.Arbitrary<World> = fc.record(
  Object.fromEntries(questions.map((question) => [question, fc.constantFrom('A', 'B')])) as Record<
    (typeof questions)[number],
    fc.Arbitrary<'A' | 'B'>
  >,
);

export type Step =
  | { readonly do: 'connect'; readonly resources: readonly string[]; readonly access: Access; readonly who: number }
  | { readonly do: 'send'; readonly message: MessageName; readonly whom: number; readonly times: number }
  | { readonly do: 'exportNow'; readonly whom: number }
  | { readonly do: 'renewAtGoogle' | 'renewByGrant'; readonly whom: number }
  | { readonly do: 'lose'; readonly whom: number }
  | { readonly do: 'leave' | 'restart' | 'startJob' | 'cancelJob' | 'calm' }
  | { readonly do: 'fault'; readonly fault: FaultOrder }
  | { readonly do: 'jobs'; readonly durationMs: number; readonly failNext: number }
  | { readonly do: 'pass'; readonly ms: number };
type Access = 'once' | '30d' | '180d';

const whom = fc.nat(3);
const unavailable = { status: 503, body: 'unavailable' } as const;
const lost = { when: 'after', cut: true } as const;

const faults: fc.Arbitrary<FaultOrder> = fc.oneof(
  fc.record({
    method: fc.constantFrom('initiate', 'state', 'retry', 'cancel', 'check', 'reset', 'download', 'token', 'revoke'),
    times: fc.constantFrom(1, 2, 5, 12),
    status: fc.constant(unavailable.status),
    body: fc.constant(unavailable.body),
  }),
  // The call took effect, and its answer is lost.
  fc.record({
    method: fc.constantFrom('initiate', 'initiate', 'retry', 'reset', 'token'),
    when: fc.constant(lost.when),
    cut: fc.constant(lost.cut),
  }),
  fc.constantFrom<FaultOrder>(
    { method: 'download', cutAtByte: 100 },
    { method: 'download', wrongByteAt: 50 },
    { method: 'download', truncateTo: 60 },
    { method: 'download', times: 3, status: 403, body: '<Error/>' },
  ),
);

const connecting: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('connect' as const),
      resources: fc.subarray([...dailyResources], { minLength: 1, maxLength: 2 }),
      access: fc.constantFrom<Access>('30d', '180d'),
      who: fc.nat(1),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('connect' as const),
      resources: fc.subarray([...onceResources], { minLength: 1 }),
      access: fc.constant<Access>('once'),
      who: fc.nat(1),
    }),
  },
);

const sending = (message: MessageName): fc.Arbitrary<Step> =>
  fc.record({ do: fc.constant('send' as const), message: fc.constant(message), whom, times: fc.constantFrom(1, 1, 2) });

/** Weighted so that lives last: most steps do no harm, and few end a consent. */
const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      ms: fc.constantFrom(0, minute, 10 * minute, hour, 7 * hour),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constant(day + minute) }) },
  { weight: 4, arbitrary: connecting },
  { weight: 2, arbitrary: sending('pause') },
  { weight: 4, arbitrary: sending('resume') },
  { weight: 1, arbitrary: sending('cancel') },
  { weight: 1, arbitrary: sending('delete') },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('exportNow' as const), whom }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('renewAtGoogle' as const, 'renewByGrant' as const), whom }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('fault' as const), fault: faults }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('jobs' as const),
      durationMs: fc.constantFrom(0, 20 * minute, 8 * hour, 30 * hour),
      failNext: fc.constantFrom(0, 0, 1, 4),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('calm' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('restart' as const, 'startJob' as const, 'cancelJob' as const) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('lose' as const), whom }) },
);

/** Rare enough as it is. */
const withoutRestarts = (step: Step): Step => (step.do === 'restart' ? { do: 'pass', ms: 0 } : step);

/** A life: its environment, whether two users share the account, and its steps. */
export const lives = ({ shortest, longest, restarts }: { shortest: number; longest: number; restarts: boolean }) =>
  fc.record({
    world: worlds,
    isShared: fc.constantFrom(false, false, false, true),
    /** Once in many lives a whole period passes: past the end of a grant of 30 days. */
    isLong: fc.constantFrom(...Array<boolean>(11).fill(false), true),
    first: connecting,
    steps: fc.array(restarts ? steps : steps.map(withoutRestarts), {
      minLength: shortest - 1,
      maxLength: longest - 1,
      size: 'max',
    }),
  });

export type Lifetime = ReturnType<typeof lives> extends fc.Arbitrary<infer T> ? T : never;

/** Does one step; an action that is impossible for the user or host app then is skipped. */
export async function take(life: Life, step: Step): Promise<void> {
  const { control } = life.virtual.emulator;
  switch (step.do) {
    case 'connect':
      return connect(life, step);
    case 'send': {
      const lived = pick(life, step.whom);
      for (let time = 0; lived !== undefined && time < step.times; time += 1) {
        const { message } = step;
        await life.virtual.settle();
        const maySend = await possible(() => life.virtual.send(lived.id, message));
        if (maySend && (message === 'cancel' || message === 'delete')) lived.endRequests.add(message);
      }
      return;
    }
    case 'exportNow': {
      const lived = pick(life, step.whom);
      if (lived !== undefined) await possible(() => life.messages.exportNow(lived.id));
      return;
    }
    case 'renewAtGoogle':
      return renewAtGoogle(life, pick(life, step.whom));
    case 'renewByGrant':
      return renewByGrant(life, pick(life, step.whom));
    case 'lose':
      return lose(life, pick(life, step.whom));
    case 'leave':
      life.leftAt.push(control.clock.now());
      return notPortage(life, () => someone(life).leave());
    case 'restart':
      life.restartedAt = control.clock.now();
      return life.virtual.restartWorker();
    case 'startJob':
      return startJob(life);
    case 'cancelJob':
      return cancelJob(life);
    case 'calm':
      calm(life);
      return;
    case 'fault':
      control.addFault({ ...step.fault, account: someone(life).email });
      return;
    case 'jobs':
      control.setJobs({ durationMs: step.durationMs, failNext: step.failNext });
      return;
    case 'pass':
      return life.virtual.sleep(step.ms);
  }
}

/** Google works as it should again. */
export function calm({ virtual }: Life): void {
  virtual.emulator.control.clearFaults();
  virtual.emulator.control.setJobs({ durationMs: 20 * minute, failNext: 0 });
}

function someone(life: Life, who = 0): VirtualUser {
  const user = life.users[who % life.users.length];
  if (user === undefined) throw new Error('a life has a person');
  return user;
}

const pick = ({ consents }: Life, whom: number): Lived | undefined => consents[whom % Math.max(1, consents.length)];

/** More would only make every step slower. */
const mostConsents = 4;

async function connect(life: Life, step: Extract<Step, { do: 'connect' }>): Promise<void> {
  if (life.consents.length === mostConsents) return;
  const user = someone(life, step.who);
  await possible(async () => keep(life, user, await user.connect(step.resources, { access: step.access })));
}

/** Google's newest grant is the one that was just given. */
function keep(life: Life, user: VirtualUser, { id }: { id: string }): void {
  const grantId = life.virtual.emulator.control.state.grants.at(-1)?.grantId ?? '';
  const known = life.consents.find((lived) => lived.id === id);
  if (known !== undefined) known.grantIds.push(grantId);
  else life.consents.push({ id, user, grantIds: [grantId], endRequests: new Set(), renewals: 0, lostAt: 0 });
}

async function renewAtGoogle(life: Life, lived: Lived | undefined): Promise<void> {
  if (lived === undefined) return;
  lived.renewals += 1;
  const body = new URLSearchParams({ grant: lived.grantIds.at(-1) ?? '', action: 'renew' });
  await fetch(`${life.virtual.emulator.url}/connections`, { method: 'POST', body, redirect: 'manual' });
}

/** The other answer to Q6: a new grant, whose tokens replace the old ones; the callback signals the workflow. */
async function renewByGrant(life: Life, lived: Lived | undefined): Promise<void> {
  if (lived === undefined) return;
  const { virtual } = life;
  const { id, user } = lived;
  const consent = await user.find(id);
  const resources = exportedResources(consent);
  if (consent.endedAt !== null || consent.accessType !== 'time_based' || resources.length === 0) return;
  await possible(async () => {
    const decision = { access: '30d', account: user.email } as const;
    const renewed = await virtual.connect({ resources, userId: user.userId, decision, renews: id });
    keep(life, user, renewed);
    if (renewed.id !== id) return;
    lived.renewals += 1;
    const logger = createLogger('error');
    if (renewed.endsAt !== null) {
      const { client, address } = virtual.environment;
      await createRenewalSignal({ client, address, logger })(id, renewed.endsAt);
    }
  });
}

/** Its workflow is terminated, as by an operator, and the housekeeping starts it again. */
async function lose({ virtual }: Life, lived: Lived | undefined): Promise<void> {
  if (lived === undefined) return;
  await virtual.settle();
  const consent = await lived.user.find(lived.id);
  if (consent.endedAt !== null) return;
  lived.lostAt = virtual.emulator.control.clock.now();
  await virtual.revive(consent);
}

/** As an operator's own script would, with a token of the person's. */
async function startJob(life: Life): Promise<void> {
  const user = someone(life);
  const resources = [dailyResources[0]];
  const before = new Set(user.jobs().map(({ jobId }) => jobId));
  await notPortage(life, () => attempt(() => user.startJob({ resources })));
  // A fault may have kept the answer from the caller.
  const started = user.jobs().find((job) => !before.has(job.jobId) && job.resources.join() === resources.join());
  if (started !== undefined) life.foreignJobs.add(started.jobId);
}

async function cancelJob(life: Life): Promise<void> {
  const { virtual } = life;
  await notPortage(life, async () => {
    await attempt(async () => {
      const jobId = someone(life).jobs().at(-1)?.jobId ?? '';
      const headers = { authorization: `Bearer ${someone(life).token()}`, 'content-type': 'application/json' };
      await fetch(`${virtual.emulator.url}/v1/archiveJobs/${jobId}:cancel`, { method: 'POST', headers, body: '{}' });
    });
  });
}

/** Marks the calls that are made meanwhile; Portage's own are distinguished by their path or their time. */
async function notPortage(life: Life, act: () => Promise<void>): Promise<void> {
  const { control } = life.virtual.emulator;
  const before = control.requests().at(-1)?.number ?? 0;
  await act();
  for (const { number } of control.requests()) if (number > before) life.foreignCalls.add(number);
}

/**
 * The product's own refusals are answers.
 *
 * @returns whether it may have an effect: a request that Temporal did not answer may be stored
 */
async function possible(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (error instanceof PortageError) return error.code === 'TEMPORAL_UNAVAILABLE';
    throw error;
  }
}

/** Calls without a token, refused by Google or without an answer have no effect. */
async function attempt(act: () => Promise<unknown>): Promise<void> {
  await act().catch((error: unknown) => {
    // Not distinguished by class: fetch throws its own errors.
    if (!/has no access token|was answered with|fetch failed/.test(String(error))) throw error;
  });
}
