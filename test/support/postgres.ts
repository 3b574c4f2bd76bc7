/** A PostgreSQL server for one test file, where one can be had. */
import { randomUUID } from 'node:crypto';
import { chown, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { Client } from 'pg';

import { ask, isExecutable, lastLines, onPath } from '../../src/dev/executable';
import { startSupervised, type Exit, type SupervisedOptions } from '../../src/dev/supervised-process';
import { freePort } from './free-port';

export interface TestPostgres {
  /** Connection string of an empty database. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * A fresh, empty database: on the server that TEST_DATABASE_URL names (whose user must be allowed to create databases),
 * else on a server of its own from the machine's PostgreSQL programs, fast rather than durable.
 *
 * @returns the database, or the reason why there is none
 */
export async function startTestPostgres(): Promise<TestPostgres | { readonly missing: string }> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined && given !== '') return createDatabase(given);
  const programs = await findPrograms();
  if (programs === undefined) {
    return {
      missing:
        'PostgreSQL is not here: TEST_DATABASE_URL is not set, and neither /usr/lib/postgresql/*/bin nor the PATH ' +
        'holds initdb and postgres.',
    };
  }
  const user = process.getuid?.() === 0 ? await unprivilegedUser() : undefined;
  if (user === null) {
    return { missing: 'PostgreSQL refuses to run as root, and there is neither a user postgres nor a user nobody.' };
  }
  return startServer(programs, user === undefined ? {} : { user });
}

async function createDatabase(serverUrl: string): Promise<TestPostgres> {
  const name = `portage_test_${randomUUID().replaceAll('-', '')}`;
  const run = async (statement: string) => {
    const client = new Client(serverUrl);
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await run(`CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, stop: () => run(`DROP DATABASE ${name} WITH (FORCE)`) };
}

/** The folder with the newest version's programs. Debian keeps them off the PATH, one folder for each version. */
async function findPrograms(): Promise<string | undefined> {
  const debian = '/usr/lib/postgresql';
  const versions = await readdir(debian).catch(() => []);
  const newestFirst = versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(debian, version, 'bin'));
  const onThePath = await onPath('initdb', process.env['PATH']);
  for (const folder of [...newestFirst, ...(onThePath === undefined ? [] : [dirname(onThePath)])]) {
    const both = await Promise.all(['initdb', 'postgres'].map((name) => isExecutable(join(folder, name))));
    if (both.every(Boolean)) return folder;
  }
  return undefined;
}

async function unprivilegedUser(): Promise<{ uid: number; gid: number } | null> {
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = await Promise.all([ask('id', ['-u', name]), ask('id', ['-g', name])]);
    if ('output' in uid && 'output' in gid) return { uid: Number(uid.output), gid: Number(gid.output) };
  }
  return null;
}

async function startServer(programs: string, asUser: Pick<SupervisedOptions, 'user'>): Promise<TestPostgres> {
  const home = await mkdtemp(join(tmpdir(), 'portage-test-postgres-'));
  const folder = join(home, 'run');
  await mkdir(folder);
  if (asUser.user !== undefined) {
    for (const path of [home, folder]) await chown(path, asUser.user.uid, asUser.user.gid);
  }
  const logFile = join(home, 'log.txt');
  const options = { cwd: folder, logFile, ...asUser };
  const failed = async (what: string) => {
    const reason = lastLines(await readFile(logFile, 'utf8'), 8);
    await rm(home, { recursive: true, force: true });
    return new Error(`${what}:\n${reason}`);
  };

  const data = join(folder, 'data');
  const init = ['-D', data, '-U', 'portage', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  const made = await startSupervised(join(programs, 'initdb'), init, options);
  if ((await made.exited).code !== 0) throw await failed('initdb failed');

  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = await startSupervised(join(programs, 'postgres'), ['-D', data, '-p', String(port), ...flags], options);
  const url = `postgres://portage@127.0.0.1:${port}/postgres`;
  if (!(await answers(url, server.exited))) {
    await server.stop();
    throw await failed('PostgreSQL did not start');
  }
  return {
    url,
    stop: async () => {
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function answers(url: string, ended: Promise<Exit>): Promise<boolean> {
  let exit: Exit | undefined;
  void ended.then((value) => (exit = value));
  const until = Date.now() + 30_000;
  while (exit === undefined && Date.now() < until) {
    const client = new Client(url);
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
