/** Starts Temporal's development server and waits until it answers. */
import { readFile, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

import { bindListener } from '../listener';
import { lastLines } from './executable';
import { createPatience } from './patience';
import { startSupervised, type SupervisedProcess } from './supervised-process';

export { findTemporal } from './find-temporal';

export interface TemporalServerOptions {
  /** The program, from `findTemporal`. */
  readonly binary: string;
  readonly ip: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Port of the Web UI, 0 takes a free one; without it there is no Web UI. */
  readonly uiPort?: number;
  /** Takes the next free port above one that is taken. */
  readonly orNext?: boolean;
  /** The SQLite file that keeps all data between runs; without it, the data is lost when the server ends. */
  readonly dbFile?: string;
  readonly namespace: string;
  /** Name and type, such as `{ ConsentId: 'Keyword' }`; an unregistered name would fail a workflow's start. */
  readonly searchAttributes: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** The server's whole environment; without it, the server inherits ours. */
  readonly env?: Readonly<NodeJS.ProcessEnv>;
  /** Called when the process runs, before the server answers; again when it is started on other ports. */
  readonly onSpawn?: () => void;
}

export interface TemporalServer {
  /** Host and port for clients and workers. */
  readonly address: string;
  readonly uiUrl: string | undefined;
  readonly pid: number;
  stop(): Promise<void>;
}

const startLimitMs = 60_000;
/**
 * After SIGTERM, a server waits at least a second for the calls of its clients. When it is stopped here they have left,
 * and what it has confirmed is in its file, so it is ended at once. A server that has not answered yet may be making the
 * tables in that file, which it does only once: it gets the usual grace.
 */
const graceMs = 0;
const lookLimitMs = 2_000;
/** An attempt with a port that is in use ends within a fraction of a second. */
const maxAttempts = 10;

/**
 * Starts the server and waits until it answers, at most a minute. The server can't take over a socket, so another
 * program may take a port after it was chosen. Then the server ends, and the next port is tried.
 *
 * @param signal cancels; a started server is stopped
 * @throws Error with the end of the server's log, when it ends early or does not answer, or naming the port that is
 * taken
 */
export async function startTemporalServer(
  options: TemporalServerOptions,
  signal?: AbortSignal,
): Promise<TemporalServer> {
  for (let attempt = 1; ; attempt += 1) {
    const ports = await choosePorts(options);
    const outcome = await startOnce({ ...options, ...ports }, signal);
    if ('server' in outcome) return outcome.server;
    if (!outcome.portTaken || attempt === maxAttempts) {
      const tries = attempt === 1 ? '' : ` after ${attempt} attempts`;
      throw new Error(
        `Temporal’s server did not start at ${options.ip}:${ports.port}${tries}: ${outcome.failure}. ` +
          `Its log ${options.logFile} ends with:\n${lastLines(outcome.output, 5)}`,
      );
    }
  }
}

/** Ports that are free at this moment. */
async function choosePorts({ ip, port, uiPort, orNext = false }: TemporalServerOptions) {
  const remedy = 'give Temporal’s server another port';
  const listeners = [await bindListener({ host: ip, port, orNext, remedy })];
  try {
    // Both are open at the same time, so that the system does not choose the same port twice.
    if (uiPort !== undefined) listeners.push(await bindListener({ host: ip, port: uiPort, orNext, remedy }));
    const [chosen = 0, chosenUi] = listeners.map((listener) => listener.port);
    return { port: chosen, ...(chosenUi === undefined ? {} : { uiPort: chosenUi }) };
  } finally {
    for (const listener of listeners) await listener.close();
  }
}

type Outcome =
  | { readonly server: TemporalServer }
  | { readonly failure: string; readonly output: string; readonly portTaken: boolean };

async function startOnce(options: TemporalServerOptions, signal?: AbortSignal): Promise<Outcome> {
  const { binary, ip, port, uiPort, logFile, env } = options;
  signal?.throwIfAborted();
  const address = `${ip}:${port}`;
  const logged = await stat(logFile).then(
    ({ size }) => size,
    () => 0,
  );
  const child = await startSupervised(binary, serverArguments(options), {
    logFile,
    ...(env === undefined ? {} : { env }),
  });
  options.onSpawn?.();
  const readOutput = async () => (await readFile(logFile)).subarray(logged).toString();
  try {
    const failure = await waitForAnswer({ address, port, child, readOutput, signal });
    if (failure === undefined) {
      const uiUrl = uiPort === undefined ? undefined : `http://${ip}:${uiPort}`;
      return { server: { address, uiUrl, pid: child.pid, stop: () => child.stop(graceMs) } };
    }
    await child.stop();
    const output = await readOutput();
    return { failure, output, portTaken: output.includes('address already in use') };
  } catch (error) {
    await child.stop();
    throw error;
  }
}

function serverArguments({ ip, port, uiPort, dbFile, namespace, searchAttributes }: TemporalServerOptions): string[] {
  return [
    ...['server', 'start-dev', '--ip', ip, '--port', String(port), '--namespace', namespace],
    ...['--log-level', 'error', '--dynamic-config-value', 'frontend.enableServerVersionCheck=false'],
    ...(uiPort === undefined
      ? ['--headless']
      : ['--ui-ip', ip, '--ui-port', String(uiPort), '--ui-disable-news-fetch']),
    ...(dbFile === undefined ? [] : ['--db-filename', dbFile, '--sqlite-pragma', 'journal_mode=WAL']),
    ...Object.entries(searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
  ];
}

interface Wait {
  readonly address: string;
  readonly port: number;
  readonly child: SupervisedProcess;
  /** The child's output since its start. */
  readonly readOutput: () => Promise<string>;
  readonly signal: AbortSignal | undefined;
}

/** Polls; resolves to undefined when the child's own server answers, else to the reason why it will not. */
async function waitForAnswer({ address, port, child, readOutput, signal }: Wait): Promise<string | undefined> {
  let ending: string | undefined;
  void child.exited.then(({ code, signal }) => (ending = `it ended with ${signal ?? `exit code ${String(code)}`}`));
  // Loaded here, because `portage dev` loads its code while the process starts.
  const { Connection } = await import('@temporalio/client');
  // The server prints its port once it listens. Before that, another program may answer there.
  const ownPort = new RegExp(`server:\\s+\\S+:${port}\\b`, 'i');
  let refusal = 'it did not report that it listens';
  const patience = createPatience(startLimitMs, lookLimitMs);
  while (ending === undefined && !patience.isOver()) {
    signal?.throwIfAborted();
    if (!ownPort.test(await readOutput())) {
      await pause(50);
      continue;
    }
    try {
      const connection = await Connection.connect({ address, connectTimeout: lookLimitMs });
      await connection.close();
      return ending;
    } catch (error) {
      refusal = error instanceof Error ? error.message : String(error);
    }
  }
  return ending ?? `no answer within ${startLimitMs / 1000} seconds (${refusal})`;
}
