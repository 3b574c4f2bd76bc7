// The folder of the embedded database is closed to other users of the machine, also when another program made it.
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sql } from 'drizzle-orm';

import { openDatabase } from '../../src/database/open-database';
import { embeddedDatabase, fillDataFolder } from '../support/database';
import { filesBelow } from '../support/files-below';
import { longIt } from '../support/long';

it('is closed when the database is opened', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'portage-mode-'));
  const folder = join(parent, 'open');
  mkdirSync(folder);
  expect(statSync(folder).mode & 0o777).not.toBe(0o700);
  try {
    const database = await openDatabase({ ...(await embeddedDatabase()), folder });
    await database.close();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
});

longIt('gives no other user of the machine the right to read or write a file in it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portage-mode-'));
  const before = process.umask(0o077);
  try {
    for (const table of ['one', 'two']) {
      const database = await openDatabase({ folder });
      await database.db.execute(sql.raw(`create table ${table} (text text)`));
      await database.close();
      const files = filesBelow(folder);
      expect(files.length).toBeGreaterThan(900);
      const open = files.filter((file) => (statSync(file).mode & 0o077) !== 0);
      // PostgreSQL's cache of its own catalog, without data of ours.
      expect(open.filter((file) => !file.endsWith('/pg_internal.init'))).toEqual([]);
    }
  } finally {
    process.umask(before);
    rmSync(folder, { recursive: true, force: true });
  }
});

// Only root can become another user.
(process.getuid?.() === 0 ? longIt : it.skip)('opens files of another user that let this one write', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portage-mode-'));
  try {
    await fillDataFolder(folder);
    for (const path of [
      folder,
      ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((each) => join(folder, each)),
    ])
      chmodSync(path, 0o777);
    process.seteuid?.(65_534);
    const database = await openDatabase({ folder });
    await database.db.execute(sql`create table one (text text)`);
    await database.close();
  } finally {
    process.seteuid?.(0);
    rmSync(folder, { recursive: true, force: true });
  }
});
