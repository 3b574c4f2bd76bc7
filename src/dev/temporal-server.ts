/** Starts Temporal's development server and waits until it answers. */
import { readFile } from 'node:fs/promises';

import { Connection } from '@temporalio/client';

import { lastLines } from './executable';
import { startSupervised, type SupervisedProcess } from './supervised-process';

export { findTemporal } from './find-temporal';

export interface TemporalServerOptions {
  /** The program, from `findTemporal`. */
  readonly binary: string;
  readonly ip: string;
  readonly port: number;
  /** Port of the Web UI; without it there is none. */
  readonly uiPort?: number;
  /** SQLite file that keeps everything between runs; without it all is gone when the server ends. */
  readonly dbFile?: string;
  readonly namespace: string;
  /** Name and type, such as `{ ConsentId: 'Keyword' }`; an unregistered name would fail a workflow's start. */
  readonly searchAttributes: Readonly<Record<string, string>>;
  readonly logFile: string;
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
 * Starts the server and waits until it answers, at most a minute.
 *
 * @throws Error with the end of the server's log, when it ends early or does not answer
 */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  const { binary, ip, port, uiPort, logFile } = options;
  const address = `${ip}:${port}`;
  const server = await startSupervised(binary, serverArguments(options), { logFile });
  const failure = await waitForAnswer(address, server);
  if (failure !== undefined) {
    await server.stop();
    const said = lastLines(await readFile(logFile, 'utf8'), 5);
    throw new Error(
      `Temporal’s server did not start at ${address}: ${failure}. Its log ${logFile} ends with:\n${said}`,
    );
  }
  return {
    address,
    uiUrl: uiPort === undefined ? undefined : `http://${ip}:${uiPort}`,
    pid: server.pid,
    stop: () => server.stop(),
  };
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

/** Asks again and again; resolves to nothing when the server answers, else to the reason why it will not. */
async function waitForAnswer(address: string, server: SupervisedProcess): Promise<string | undefined> {
  let ending: string | undefined;
  void server.exited.then(({ code, signal }) => (ending = `it ended with ${signal ?? `exit code ${String(code)}`}`));
  let refusal = '';
  for (const until = Date.now() + startLimitMs; Date.now() < until && ending === undefined;) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 2000 });
      await connection.close();
      return ending;
    } catch (error) {
      refusal = error instanceof Error ? error.message : String(error);
    }
  }
  return ending ?? `no answer within ${startLimitMs / 1000} seconds (${refusal})`;
}
