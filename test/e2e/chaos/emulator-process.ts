/** The emulator as a process of its own that can be killed: its state and its log of requests are in files. */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

import { startSupervised } from '../../../src/dev/supervised-process';
import type { EmulatorOptions } from '../../../src/emulator';
import type { LoggedRequest } from '../../../src/emulator/http/request-log';
import type { Switches } from '../../../src/emulator/switches';
import { requireBuilt } from '../../support/node-program';
import { createKillable, type Killable } from './killable';

export interface EmulatorFiles {
  /** Has the secrets that no other process may have. */
  readonly state: string;
  /** A request a line as it arrives, and a second line when its answer was sent. */
  readonly requests: string;
  readonly log: string;
}

type Options = Omit<EmulatorOptions, 'logRequests' | 'socket' | 'port'> & { port: number };

/** Written at once on arrival, so that a kill loses nothing but the status of answers of the last moment. */
const program = (options: Options, switches: Partial<Switches>, requests: string) => `
const { appendFileSync } = require('node:fs');
const { startEmulator } = ${requireBuilt('emulator/index')};
const file = ${JSON.stringify(requests)};
const write = (entry) => appendFileSync(file, JSON.stringify({ run: process.pid, ...entry }) + '\\n');
let open = [];
setInterval(() => {
  const answered = open.filter(({ status }) => status !== undefined);
  open = open.filter(({ status }) => status === undefined);
  answered.forEach(write);
}, 10);
const logRequests = (entry) => { write(entry); open.push(entry); };
startEmulator({ ...${JSON.stringify(options)}, logRequests }).then(({ control }) => {
  control.setSwitches(${JSON.stringify(switches)});
});
`;

export function createEmulatorProcess(options: Options, switches: Partial<Switches>, files: EmulatorFiles): Killable {
  const text = program({ ...options, stateFile: files.state }, switches, files.requests);
  return createKillable('emulator', async () => {
    const launched = await startSupervised(process.execPath, ['-e', text], { logFile: files.log });
    const answers = () =>
      fetch(`http://127.0.0.1:${options.port}/_emulator/clock`, { signal: AbortSignal.timeout(30_000) }).then(
        ({ ok }) => ok,
        () => false,
      );
    while (!(await answers())) {
      const exit = await Promise.race([launched.exited, pause(50)]);
      if (exit !== undefined) throw new Error(`The emulator ended:\n${readFileSync(files.log, 'utf8').slice(-2_000)}`);
    }
    return launched;
  });
}

/** A request that the emulator got, whichever of its runs. */
export type Call = LoggedRequest & { readonly run: number };

/** All requests in the order in which they arrived, with their status where the answer left. */
export function readCalls(file: string): Call[] {
  const calls = new Map<string, Call>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue;
    const call = JSON.parse(line) as Call;
    calls.set(`${call.run} ${call.number}`, call);
  }
  return [...calls.values()];
}
