// The output of a failed command, and the files that a command reads from the current folder.
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sql } from 'drizzle-orm';

import { openDatabase } from '../../src/database/open-database';
import { keptSecret, newVaultKeys } from '../../src/dev/data-folder';
import { bindListener } from '../../src/listener';
import { filesBelow } from '../support/files-below';
import { startProgram } from '../support/program';
import { allTests, longIt } from '../support/long';

describe('a command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portage-test-failures-'));
  const dataDir = join(folder, '.portage');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = async (words: readonly string[], environment: Readonly<Record<string, string>> = {}) => {
    const program = startProgram(words, environment, folder);
    return { code: await program.exited, output: program.output() };
  };
  const change = async (statement: ReturnType<typeof sql>) => {
    const database = await openDatabase({ folder: dataDir });
    await database.db.execute(statement);
    await database.close();
  };

  it('reports every fault at once, those of the file .env and misspelt names among them', async () => {
    writeFileSync(join(folder, '.env'), 'POLL_MIN="5 parsecs"\nDATABSE_URL=postgres://db/portage\n');
    const { code, output } = await run(['worker']);
    expect(code).toBe(1);
    expect(output).toMatch(
      /^The configuration has 5 faults:\n {2}VAULT_KEYS [^]*\n {2}POLL_MIN "5 parsecs" is not a duration[^]*\n {2}DATABSE_URL is no variable/,
    );
  });

  longIt('that a running instance would carry out does not overlook a misspelt name either', async () => {
    writeFileSync(join(folder, '.env'), 'DATABSE_URL=postgres://db/portage\n');
    expect((await run(['consents', 'list'])).output).toMatch(/^The configuration has a fault:\n {2}DATABSE_URL /);
  });

  it('refuses settings that put data at risk, before it opens anything', async () => {
    writeFileSync(join(folder, '.env'), 'PUBLIC_URL=http://portage.example.com\n');
    const google = { GOOGLE_CLIENT_ID: 'client', GOOGLE_CLIENT_SECRET: 'client-secret' };
    const refused = await run(['server'], { ...google, VAULT_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}` });
    expect(refused.code).toBe(1);
    expect(refused.output).toMatch(
      /^The configuration has 2 faults:\n {2}PUBLIC_URL is .*\n {2}VAULT_KEYS holds a key that is not random/,
    );
  });

  longIt('refuses them of a worker as well', async () => {
    writeFileSync(join(folder, '.env'), 'PUBLIC_URL=http://portage.example.com\n');
    const google = { GOOGLE_CLIENT_ID: 'client', GOOGLE_CLIENT_SECRET: 'client-secret' };
    const worker = await run(['worker'], { ...google, VAULT_KEYS: newVaultKeys() });
    expect(worker.code).toBe(1);
    expect(worker.output).toMatch(
      /^The configuration has a fault:\n {2}PUBLIC_URL .* add "plain-http" to ALLOW_UNSAFE\n$/,
    );
  });

  longIt('works in a folder of "npm start": with its keys, and where it is migrated', async () => {
    writeFileSync(join(folder, '.env'), 'PUBLIC_URL="https://portage.example.com" # an address\n');
    keptSecret(dataDir, 'vault.key', newVaultKeys);
    for (const words of [
      ['consents', 'list'],
      ['api-keys', 'create', 'An app'],
    ]) {
      expect(await run(words)).toEqual({
        code: 1,
        output: 'The database has no tables yet. Run "portage migrate" first.\n',
      });
    }
    const migrated = await run(['migrate']);
    expect(migrated.code).toBe(0);
    expect(migrated.output).toContain('The database is up to date.\n');
    // Everything that it wrote is for this user only.
    const open = filesBelow(dataDir).filter((file) => (statSync(file).mode & 0o077) !== 0);
    // PostgreSQL's cache of its own catalog has no data of ours.
    expect(open.filter((file) => !/\/(vault\.key|pg_internal\.init)$/.test(file))).toEqual([]);
    expect(migrated.output).toContain(
      'TEMPORAL_ADDRESS is not set, so no search attribute was registered at Temporal.',
    );
    expect(migrated.output).toContain('--name ConsentEndsAt --type Datetime');
    const { code, output } = await run(['api-keys', 'create', 'An app'], { LOG_LEVEL: 'debug' });
    expect(code).toBe(0);
    expect(JSON.parse(output.split('\n')[0] ?? '')).toMatchObject({ file: join(folder, '.env'), level: 20 });
    expect(output).toMatch(/\nKey \w+ of An app /);
  });

  it('names the port that is taken, and the remedy, before it opens anything else', async () => {
    rmSync(join(folder, '.env'), { force: true });
    const taken = await bindListener({ host: '127.0.0.1', port: 0 });
    try {
      const required = {
        VAULT_KEYS: newVaultKeys(),
        GOOGLE_CLIENT_ID: 'client',
        GOOGLE_CLIENT_SECRET: 'client-secret',
      };
      const port = String(taken.port);
      const refused = `Can't listen on port ${port} of 127.0.0.1: another program listens there. Remedy: end that program, or`;
      expect(await run(['server'], { ...required, PORT: port })).toEqual({
        code: 1,
        output: `${refused} set PORT to another port.\n`,
      });
      // The emulator is one more process.
      if (!allTests) return;
      expect(await run(['emulator', '--port', port])).toEqual({
        code: 1,
        output: `${refused} choose another one with --port (0 takes a free one).\n`,
      });
    } finally {
      await taken.close();
    }
  });

  longIt('prints an unknown failure with its causes, without a stack and the values of the query', async () => {
    await change(sql`alter table host_apps rename to elsewhere`);
    const { code, output } = await run(['api-keys', 'create', 'An app of somebody']);
    await change(sql`alter table elsewhere rename to host_apps`);
    expect(code).toBe(1);
    expect(output).toMatch(/^Failed query: .*"host_apps"/);
    expect(output).toMatch(/\nCaused by: .*relation "host_apps" does not exist\nWith LOG_LEVEL=debug, .*\n$/);
    expect(output).not.toContain('An app of somebody');
    expect(output).not.toContain('    at ');
  });
});
