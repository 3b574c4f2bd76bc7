// PostgreSQL whose connections break or fall silent: no process ends, nothing is half done, and every slot comes back.
import { sql } from 'drizzle-orm';
import { Client } from 'pg';

import type { Database, OpenDatabase } from '../../src/database/database';
import { databaseFailure, DatabaseUnusable } from '../../src/database/failure';
import { openDatabase } from '../../src/database/open-database';
import { usualLimits } from '../../src/domain/timeouts';
import { hostAppsOf } from './databases';
import { startTestPostgres, type TestDatabase } from '../support/postgres';
import { startProxy, through, type Proxy } from '../support/proxy';
import { until } from '../support/until';

const limits = { ...usualLimits.database, connections: 3 };
/** For servers that fall silent; the others get the usual limits, which a busy machine keeps. */
const shortLimits = { ...limits, connectMs: 500, queryMs: 700 };

let postgres: TestDatabase | undefined;
let proxy: Proxy;
let database: OpenDatabase;
let outside: Client;
const unhandled: unknown[] = [];
const note = (error: unknown) => void unhandled.push(error);

beforeAll(async () => {
  const started = await startTestPostgres();
  if ('missing' in started) {
    process.stderr.write(`Broken connections were not tried. ${started.missing}\n`);
    return;
  }
  postgres = started;
  const { hostname: host, port } = new URL(postgres.url);
  proxy = await startProxy({ host, port: Number(port) });
  database = await openDatabase({ url: through(proxy, postgres.url) }, limits);
  await database.migrate();
  outside = new Client(postgres.url);
  await outside.connect();
  process.on('uncaughtException', note);
});

beforeEach(() => {
  unhandled.length = 0;
});

afterAll(async () => {
  process.off('uncaughtException', note);
  if (postgres === undefined) return;
  await database.close();
  await outside.end();
  await proxy.stop();
  await postgres.stop();
});

const onPostgres = (sentence: string, run: () => Promise<void>) =>
  it(sentence, async () => {
    if (postgres === undefined) return;
    await run();
    // An unhandled `error` of a client comes before the next turn of the loop.
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).toEqual([]);
    await expectEverySlot();
  });

const expectEverySlot = async () => expect(await countSlots(database)).toBe(limits.connections);

/** How many connections answer as many transactions at once as there are connections. */
async function countSlots(of: OpenDatabase): Promise<number> {
  const together = Array.from({ length: limits.connections }, () =>
    of.db.transaction(async (tx) => {
      await tx.execute(sql`select pg_sleep(0.05)`);
      return pidOf(tx);
    }),
  );
  return new Set(await Promise.all(together)).size;
}

async function pidOf(on: Pick<Database, 'execute'>): Promise<number> {
  const { rows } = (await on.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)) as {
    rows: { pid: number }[];
  };
  return rows[0]?.pid ?? 0;
}

/**
 * Runs a story with a database that notices silence soon, on a line of its own. A busy machine may exceed the short
 * limits on a line that passes, so it may try again there: a slot that is lost does not come back by that. It must
 * not use a connection from before the silence, which the story has noticed, any more.
 */
async function withShortLimits(story: (impatient: OpenDatabase, line: Proxy) => Promise<void>): Promise<void> {
  const { hostname: host, port } = new URL(postgres?.url ?? '');
  const line = await startProxy({ host, port: Number(port) });
  const url = through(line, postgres?.url ?? '');
  const impatient = await untilInTime('a connection', () => openDatabase({ url }, shortLimits));
  const everySlot = () => untilInTime('every slot', async () => (await countSlots(impatient)) === limits.connections);
  try {
    await everySlot();
    await story(impatient, line);
    // By the next turn of the loop, the line has taken everything that was sent during the silence.
    await new Promise((resolve) => setImmediate(resolve));
    line.set('passing');
    await everySlot();
    expect(line.bytesInVain()).toBe(0);
  } finally {
    await line.stop();
    await impatient.close();
  }
}

const untilInTime = <T>(what: string, work: () => Promise<T>): Promise<T> =>
  until(what, () =>
    work().catch((error: unknown) => {
      if (databaseFailure(error instanceof DatabaseUnusable ? error.cause : error) === undefined) throw error;
      return undefined;
    }),
  );

const terminate = (pid: number) => outside.query('select pg_terminate_backend($1, 5000)', [pid]);
const unavailable = { name: 'PortageError', code: 'DATABASE_UNAVAILABLE', retryable: true, status: 503 };

onPostgres('D58: a connection that is ended inside a transaction fails the transaction, not the process', async () => {
  const hostApps = hostAppsOf(database.db);
  const broken = database.db.transaction(async (tx) => {
    await tx.execute(sql`insert into host_apps (id, name) values ('hap_lost', 'lost')`);
    await terminate(await pidOf(tx));
    // It gets no query for a while, as during a call to Google.
    await new Promise((resolve) => setTimeout(resolve, 50));
    await tx.execute(sql`select 1`);
  });
  await expect(broken).rejects.toMatchObject(unavailable);
  expect(await hostApps.find('hap_lost')).toBeUndefined();
});

onPostgres('D58: the error that ends it is the cause, also where the work throws another error', async () => {
  const broken = database.db.transaction(async (tx) => {
    await terminate(await pidOf(tx));
    await tx.execute(sql`select 1`).catch(() => undefined);
    throw new Error('of the work');
  });
  await expect(broken).rejects.toMatchObject(unavailable);
});

onPostgres('D58: a connection that is ended before its transaction began releases its slot', async () => {
  for (let round = 0; round <= limits.connections; round += 1) {
    await terminate(await pidOf(database.db));
    // The pool may have noticed it, or not.
    await database.db
      .transaction((tx) => tx.execute(sql`select 1`))
      .catch((error: unknown) => {
        expect(error).toMatchObject(unavailable);
      });
  }
});

onPostgres('D58: a single statement reports it, too', async () => {
  // Drizzle sends a statement for each look at its result: this promise has one result.
  const sleeping = Promise.resolve(database.db.execute(sql`select pg_sleep(10)`));
  sleeping.catch(() => undefined);
  let ended = 0;
  while (ended === 0) {
    const { rows } = await outside.query<{ pid: number }>(
      "select pid from pg_stat_activity where query = 'select pg_sleep(10)'",
    );
    for (const { pid } of rows) await terminate(pid);
    ended = rows.length;
  }
  await expect(sleeping).rejects.toMatchObject(unavailable);
});

onPostgres('a refused row fails with its own error, and the connection stays', async () => {
  const hostApps = hostAppsOf(database.db);
  const refused = database.db.transaction(async (tx) => {
    await tx.execute(sql`insert into host_apps (id, name) values ('hap_1', null)`);
  });
  await expect(refused).rejects.toMatchObject({ name: 'Error', cause: { code: '23502' } });
  expect(await hostApps.find('hap_1')).toBeUndefined();
});

onPostgres('D59: connections that fall silent fail their queries in time, and others replace them', () =>
  withShortLimits(async ({ db }, line) => {
    line.set('silent');
    const tries = [
      db.execute(sql`select 1`),
      db.transaction((tx) => tx.execute(sql`select 1`)),
      hostAppsOf(db).find('hap_1'),
      // Waits for one of the three.
      db.transaction((tx) => tx.execute(sql`select 1`)),
    ];
    for (const done of await Promise.allSettled(tries)) {
      expect(done).toMatchObject({ status: 'rejected', reason: { name: 'PortageError', status: 503 } });
    }
  }),
);

onPostgres('D59: a connection that falls silent inside a transaction is not waited for twice', () =>
  withShortLimits(async ({ db }, line) => {
    const broken = db.transaction(async (tx) => {
      await tx.execute(sql`select 1`);
      line.set('silent');
      await tx.execute(sql`select 2`);
    });
    await expect(broken).rejects.toMatchObject({
      ...unavailable,
      message: expect.stringContaining('no answer in time') as unknown,
    });
  }),
);

onPostgres('D59: a statement that the server is too slow for ends there as well', async () => {
  const url = postgres?.url ?? '';
  const slow = await untilInTime('a connection', () => openDatabase({ url }, { ...limits, statementMs: 200 }));
  try {
    const failure = await slow.db.execute(sql`select pg_sleep(10)`).catch((error: unknown) => error);
    expect(failure).toMatchObject({ ...unavailable, message: expect.stringContaining('57014') as unknown });
  } finally {
    await slow.close();
  }
});

onPostgres('D59: a transaction that does nothing for too long is ended by the server', async () => {
  const idle = await openDatabase({ url: postgres?.url ?? '' }, { ...limits, idleInTransactionMs: 100 });
  try {
    const broken = idle.db.transaction(async (tx) => {
      const pid = await pidOf(tx);
      for (let isOpen = true; isOpen;) {
        isOpen = ((await outside.query('select 1 from pg_stat_activity where pid = $1', [pid])).rowCount ?? 0) > 0;
      }
      await tx.execute(sql`select 1`);
    });
    await expect(broken).rejects.toMatchObject(unavailable);
  } finally {
    await idle.close();
  }
});

onPostgres('D59: the check reports that every connection is in use, and that none answers', async () => {
  await database.check();
  const free: (() => void)[] = [];
  const held = Array.from({ length: limits.connections }, () =>
    database.db.transaction(() => new Promise<void>((resolve) => free.push(resolve))),
  );
  while (free.length < limits.connections) await new Promise((resolve) => setTimeout(resolve, 5));
  await expect(database.check(100)).rejects.toMatchObject({ code: 'DATABASE_BUSY' });
  for (const release of free) release();
  await Promise.all(held);
  await database.check();

  proxy.set('silent');
  await expect(database.check(100)).rejects.toMatchObject(unavailable);
  proxy.set('passing');
});

onPostgres(
  'serving commands wait for a server that refuses connections, and not for one that refuses the user',
  async () => {
    const { hostname: host, port } = new URL(postgres?.url ?? '');
    const line = await startProxy({ host, port: Number(port) });
    const url = through(line, postgres?.url ?? '');
    line.set('refusing');
    await expect(openDatabase({ url }, limits)).rejects.toMatchObject({ name: 'DatabaseUnusable', canRecover: true });
    line.set('silent');
    await expect(openDatabase({ url }, shortLimits)).rejects.toMatchObject({
      name: 'DatabaseUnusable',
      canRecover: true,
    });
    line.set('passing');
    const nowhere = new URL(url);
    nowhere.pathname = '/nowhere';
    await expect(openDatabase({ url: nowhere.href }, limits)).rejects.toMatchObject({ canRecover: false });
    await line.stop();
  },
);
