// The folder of the embedded database is closed to other users of the machine, also when another program made it.
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openDatabase } from '../../src/database/open-database';
import { embeddedDatabase } from '../support/database';

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
