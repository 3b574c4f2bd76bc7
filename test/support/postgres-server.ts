/** A PostgreSQL server of one's own, fast rather than durable: for the shared one, and for tests that stop theirs. */
import { chmod, chown, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { Client } from 'pg';

import { lastLines } from '../../src/dev/executable';
import { startSupervised, type Exit, type SupervisedOptions } from '../../src/dev/supervised-process';
import { freePort } from './free-port';
import { findPostgresPrograms } from './postgres-programs';

export interface PostgresServer {
  /** Connection string of a superuser for the database `postgres`. */
  readonly url: string;
  /** Ends the server and removes its files. */
  stop(): Promise<void>;
}

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '400',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
};

/** @returns a running server, or the reason why there is none */
export async function startPostgresServer(): Promise<PostgresServer | { readonly missing: string }> {
  const home = await mkdtemp(join(tmpdir(), 'portage-test-postgres-'));
  const removeHome = () => rm(home, { recursive: true, force: true });
  try {
    const programs = await findPostgresPrograms(home);
    if ('missing' in programs) {
      await removeHome();
      return programs;
    }
    const { bin, user } = programs;
    // What lies here is entered by another user, when this one is root.
    await chmod(home, 0o755);
    const folder = join(home, 'run');
    await mkdir(folder);
    if (user !== undefined) await chown(folder, user.uid, user.gid);
    const options = { cwd: folder, logFile: join(home, 'log.txt'), ...(user === undefined ? {} : { user }) };
    const server = await start(bin, options);
    return {
      url: server.url,
      async stop() {
        await server.stop();
        await removeHome();
      },
    };
  } catch (error) {
    await removeHome();
    throw error;
  }
}

type StartOptions = SupervisedOptions & { readonly cwd: string; readonly logFile: string };

async function start(bin: string, options: StartOptions): Promise<PostgresServer> {
  const failed = async (what: string) =>
    new Error(`${what}:\n${lastLines(await readFile(options.logFile, 'utf8'), 8)}`);
  const data = join(options.cwd, 'data');
  const init = ['-D', data, '-U', 'portage', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  const made = await startSupervised(join(bin, 'initdb'), init, options);
  if ((await made.exited).code !== 0) throw await failed('initdb failed');

  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // Something else may take the port before the server does.
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const server = await startSupervised(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...flags], options);
    const url = `postgres://portage@127.0.0.1:${port}/postgres`;
    if (await answers(url, server.exited)) return { url, stop: () => server.stop() };
    await server.stop();
    if (attempt === 3) throw await failed('PostgreSQL did not start');
  }
}

async function answers(url: string, ended: Promise<Exit>): Promise<boolean> {
  let exit: Exit | undefined;
  void ended.then((value) => (exit = value));
  const until = Date.now() + 60_000;
  while (exit === undefined && Date.now() < until) {
    const client = new Client(url);
    // A connection that breaks while the server starts says so by this event, too.
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
