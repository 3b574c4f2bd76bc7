// A serving command opens a database with any tables; its checks wait for the tables of this release.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sql } from 'drizzle-orm';

import { openWhenThere, withPortage } from '../../src/commands/context';
import { loadConfig } from '../../src/config';
import { createLogger } from '../../src/log';
import { testVaultKeys } from '../support/portage';
import { startTestPostgres } from '../support/postgres';

it('opens tables of an earlier release, which other commands refuse, and warns of those of a newer one', async () => {
  const postgres = await startTestPostgres();
  if ('missing' in postgres) {
    process.stderr.write(`Opening is not tested. ${postgres.missing}\n`);
    return;
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'portage-test-opening-'));
  const environment = {
    DATA_DIR: dataDir,
    DATABASE_URL: postgres.url,
    VAULT_KEYS: testVaultKeys,
    GOOGLE_CLIENT_ID: 'an-id',
    GOOGLE_CLIENT_SECRET: 'a-secret',
  };
  const logLines: string[] = [];
  const logger = createLogger('warn', { write: (line: string) => void logLines.push(line) });
  const open = () => openWhenThere(loadConfig(environment), logger, AbortSignal.timeout(60_000));
  try {
    const early = await open();
    await expect(withPortage({ environment }, () => Promise.resolve())).rejects.toThrow('has no tables yet');
    await early.database.migrate();
    await early.close();
    expect(logLines).toEqual([]);

    const late = await open();
    await late.database.db.execute(sql`update drizzle.__drizzle_migrations set created_at = created_at + 1
      where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`);
    await late.close();
    expect(logLines).toEqual([]);
    await (await open()).close();
    expect(logLines.join('')).toContain('migrations of a newer release');
    expect(logLines.join('')).not.toContain('DATABASE_OWNER_URL');

    const withOwner = loadConfig({ ...environment, DATABASE_OWNER_URL: postgres.url });
    await (await openWhenThere(withOwner, logger, AbortSignal.timeout(60_000))).close();
    expect(logLines.join('')).toContain('Set it only for \\"portage migrate\\"');
  } finally {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
