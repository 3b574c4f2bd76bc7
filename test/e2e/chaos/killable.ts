/** A process of any kind that is killed, frozen and started again. */
import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

import type { Exit } from '../../../src/dev/supervised-process';

/** A running process, and how it is ended in good order. */
export interface Launched {
  readonly pid: number;
  stop(): Promise<void>;
  readonly exited?: Promise<Exit>;
}

export interface Killable {
  readonly name: string;
  start(): Promise<void>;
  /** SIGKILL to it and all that it started: no handler runs. */
  kill(): Promise<void>;
  /** SIGSTOP: its connections stay, and nothing answers on them. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
  /** How it ended without a kill; it is started again then. */
  readonly ownExits: readonly string[];
}

const restartAfterMs = 1_000;

export function createKillable(name: string, launch: () => Promise<Launched>): Killable {
  let running: Launched | undefined;
  const ownExits: string[] = [];

  const start = async (): Promise<void> => {
    const launched = await launch();
    running = launched;
    void launched.exited?.then(async ({ code, signal }) => {
      if (running !== launched) return;
      ownExits.push(`${name} ended unexpectedly (${signal ?? `exit code ${code ?? NaN}`})`);
      await pause(restartAfterMs);
      if (running === launched) await start();
    });
  };
  const signal = (which: NodeJS.Signals) => {
    for (const pid of running === undefined ? [] : familyOf(running.pid)) signalOne(pid, which);
  };
  return {
    name,
    ownExits,
    start,
    async kill() {
      const killed = running;
      signal('SIGKILL');
      running = undefined;
      await killed?.stop();
    },
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    async stop() {
      const stopped = running;
      if (stopped === undefined) return;
      signal('SIGCONT');
      running = undefined;
      await stopped.stop();
    },
  };
}

/** A process and all its descendants: those of PostgreSQL's server leave its process group. */
function familyOf(pid: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = table.map((line) => line.trim().split(/\s+/).map(Number));
  const family = [pid];
  for (const parent of family) {
    family.push(...pairs.filter(([, ppid]) => ppid === parent).map(([child = 0]) => child));
  }
  return family;
}

function signalOne(pid: number, which: NodeJS.Signals): void {
  try {
    process.kill(pid, which);
  } catch (error) {
    // It ended since it was looked for.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
