/** A PostgreSQL server of one's own, fast rather than durable: for the shared one, and for tests that stop theirs. */
import { chmod, chown, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { Client } from 'pg';

import { lastLines } from '../../src/dev/executable';
import { startSupervised, type Exit, type SupervisedProcess } from '../../src/dev/supervised-process';
import { freePort } from './free-port';
import { findPostgresPrograms } from './postgres-programs';

export interface PostgresServer {
  /** Connection string of a superuser for the database `postgres`. */
  readonly url: string;
  /** Ends the server and removes its files. */
  stop(): Promise<void>;
}

/** Makes a server fast: it loses the last writes when it is killed. */
const fast = { synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' };

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '400',
  fsync: 'off',
};

/** The files of a server that can be killed and started again. */
export interface PostgresFolder {
  readonly logFile: string;
  /**
   * Starts the server over these files and waits until it answers.
   *
   * @throws Error with the end of its log when it does not start
   */
  launch(port: number): Promise<SupervisedProcess>;
  remove(): Promise<void>;
}

/** Connection string of a superuser for the database `postgres` of a server on this port. */
export const postgresUrl = (port: number) => `postgres://portage@127.0.0.1:${port}/postgres`;

/** @returns a running server, or the reason why there is none */
export async function startPostgresServer(): Promise<PostgresServer | { readonly missing: string }> {
  const folder = await makePostgresFolder(fast);
  if ('missing' in folder) return folder;
  try {
    // Something else may take the port before the server does.
    for (let attempt = 1; ; attempt += 1) {
      const port = await freePort();
      try {
        const server = await folder.launch(port);
        return { url: postgresUrl(port), stop: () => server.stop().then(() => folder.remove()) };
      } catch (error) {
        if (attempt === 3) throw error;
      }
    }
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

/**
 * An empty database cluster in a temporary folder.
 *
 * @param more settings in addition to the usual ones; with none, commits survive a kill of the server
 * @returns the reason where PostgreSQL is not here
 */
export async function makePostgresFolder(
  more: Readonly<Record<string, string>> = {},
): Promise<PostgresFolder | { readonly missing: string }> {
  const home = await mkdtemp(join(tmpdir(), 'portage-test-postgres-'));
  const remove = () => rm(home, { recursive: true, force: true });
  try {
    const programs = await findPostgresPrograms(home);
    if ('missing' in programs) {
      await remove();
      return programs;
    }
    const { bin, user } = programs;
    // Another user enters this folder, when this one is root.
    await chmod(home, 0o755);
    const folder = join(home, 'run');
    await mkdir(folder);
    if (user !== undefined) await chown(folder, user.uid, user.gid);
    const logFile = join(home, 'log.txt');
    const options = { cwd: folder, logFile, ...(user === undefined ? {} : { user }) };
    const failed = async (what: string) => new Error(`${what}:\n${lastLines(await readFile(logFile, 'utf8'), 8)}`);

    const data = join(folder, 'data');
    const init = ['-D', data, '-U', 'portage', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
    const made = await startSupervised(join(bin, 'initdb'), init, options);
    if ((await made.exited).code !== 0) throw await failed('initdb failed');
    const flags = Object.entries({ ...settings, ...more }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    return {
      logFile,
      async launch(port) {
        const command = ['-D', data, '-p', String(port), ...flags];
        const server = await startSupervised(join(bin, 'postgres'), command, options);
        if (await answers(postgresUrl(port), server.exited)) return server;
        await server.stop();
        throw await failed('PostgreSQL did not start');
      },
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function answers(url: string, ended: Promise<Exit>): Promise<boolean> {
  let exit: Exit | undefined;
  void ended.then((value) => (exit = value));
  const until = Date.now() + 60_000;
  while (exit === undefined && Date.now() < until) {
    const client = new Client(url);
    // A connection that breaks while the server starts emits this event, too.
    client.on('error', () => undefined);
    try {
      await client.connect();
      return true;
    } catch {
      // Not yet: refused, or still starting up.
      await pause(50);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return false;
}
