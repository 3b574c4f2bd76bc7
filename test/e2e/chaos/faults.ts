/** The faults of a seed: which, where, when and for how long; and how each is done to a deployment. */
import { setTimeout as pause } from 'node:timers/promises';

import { peerNames, sides, type Deployment, type LineName } from './deployment';
import type { Chance } from './seeded';

export type Fault =
  | { readonly do: 'kill' | 'freeze'; readonly what: string; readonly ms: number }
  | { readonly do: 'break' | 'silence' | 'refuse'; readonly what: LineName; readonly ms: number }
  | { readonly do: 'lose the answer to' | 'fail'; readonly what: string; readonly ms: 0 };

export interface Scheduled {
  /** From the beginning of the faults, in ms. */
  readonly atMs: number;
  readonly fault: Fault;
}

/** When a fault began and ended, as system time in ms. */
export interface Done {
  readonly fault: Fault;
  readonly from: number;
  readonly to: number;
}

const processNames = ['server', 'worker 1', 'worker 2', 'Temporal', 'PostgreSQL', 'S3', 'emulator'];
/** Calls with an effect, whose results Portage has to get in another way. */
const calls = ['initiate', 'initiate', 'reset', 'retry', 'token'];

/** Every process is killed and frozen, every line broken and silenced, in an order and for times that the seed draws. */
export function drawSchedule(chance: Chance, withinMs: number): Scheduled[] {
  const lines = sides.flatMap((side) => peerNames.map((peer): LineName => `${side} to ${peer}`));
  const faults: Fault[] = [
    ...[...processNames, 'worker 1', 'server'].map((what): Fault => ({
      do: 'kill',
      what,
      ms: chance.between(500, 4_000),
    })),
    ...processNames.map((what): Fault => ({ do: 'freeze', what, ms: chance.between(1_000, 8_000) })),
    ...lines.map((what): Fault => ({ do: 'break', what, ms: 0 })),
    ...lines.map((what): Fault => ({ do: 'silence', what, ms: chance.between(1_000, 8_000) })),
    ...chance
      .shuffled(lines)
      .slice(0, 3)
      .map((what): Fault => ({ do: 'refuse', what, ms: chance.between(1_000, 6_000) })),
    ...calls.map((what): Fault => ({ do: 'lose the answer to', what, ms: 0 })),
    ...[1, 2].map((): Fault => ({ do: 'fail', what: 'the next archive job', ms: 0 })),
  ];
  return chance
    .shuffled(faults)
    .map((fault) => ({ atMs: chance.between(0, withinMs), fault }))
    .sort((a, b) => a.atMs - b.atMs);
}

/** Carries the schedule out. Of two faults of one process or line, the second waits for the end of the first. */
export async function carryOut(schedule: readonly Scheduled[], deployment: Deployment): Promise<Done[]> {
  const beganAt = Date.now();
  const done: Done[] = [];
  const queues = new Map<string, Promise<void>>();
  for (const { atMs, fault } of schedule) {
    await pause(Math.max(0, beganAt + atMs - Date.now()));
    const turn = (queues.get(fault.what) ?? Promise.resolve()).then(async () => {
      const from = Date.now();
      await commit(fault, deployment);
      done.push({ fault, from, to: Date.now() });
    });
    queues.set(fault.what, turn);
  }
  await Promise.all(queues.values());
  return done;
}

async function commit(fault: Fault, deployment: Deployment): Promise<void> {
  switch (fault.do) {
    case 'kill': {
      const killed = processNamed(deployment, fault.what);
      await killed.kill();
      await pause(fault.ms);
      return killed.start();
    }
    case 'freeze': {
      const frozen = processNamed(deployment, fault.what);
      frozen.freeze();
      await pause(fault.ms);
      frozen.thaw();
      return;
    }
    case 'break':
      deployment.lines.get(fault.what)?.cut();
      return;
    case 'silence':
    case 'refuse': {
      const line = deployment.lines.get(fault.what);
      line?.set(fault.do === 'silence' ? 'silent' : 'refusing');
      await pause(fault.ms);
      // Connections that were open in the silence stay dead, without an error.
      line?.set('passing');
      return;
    }
    case 'lose the answer to':
      return controlEmulator(deployment, 'faults', { method: fault.what, when: 'after', cut: true });
    case 'fail':
      return controlEmulator(deployment, 'jobs', { failNext: 1 });
  }
}

function processNamed({ processes }: Deployment, name: string) {
  const match = processes.find((each) => each.name === name);
  if (match === undefined) throw new Error(`there is no process ${name}`);
  return match;
}

/** Posts to the emulator's control plane until it answers: it may be the one that is down. */
export async function controlEmulator(
  { emulatorUrl }: Pick<Deployment, 'emulatorUrl'>,
  path: string,
  body: object,
): Promise<void> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  for (;;) {
    const signal = AbortSignal.timeout(5_000);
    const answer = await fetch(`${emulatorUrl}/_emulator/${path}`, { ...init, signal }).catch(() => undefined);
    if (answer?.ok === true) return;
    if (answer !== undefined)
      throw new Error(`the emulator answers ${answer.status} to ${path}: ${await answer.text()}`);
    await pause(250);
  }
}

export const describeFault = ({ do: deed, what, ms }: Fault) => `${deed} ${what}${ms === 0 ? '' : ` for ${ms} ms`}`;
