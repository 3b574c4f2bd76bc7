// What the executable prints when a command cannot do its work: words for what a person can mend, causes for the rest.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sql } from 'drizzle-orm';

import { openDatabase } from '../../src/database/connect';
import { bindListener } from '../../src/listener';
import { testVaultKeys } from '../support/portage';
import { startProgram } from '../support/program';

describe('a command that fails', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'portage-test-failures-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  const run = async (environment: Readonly<Record<string, string>>, ...args: readonly string[]) => {
    const program = startProgram(args, {
      DATA_DIR: dataDir,
      PUBLIC_URL: 'http://localhost:3000',
      VAULT_KEYS: testVaultKeys,
      GOOGLE_CLIENT_ID: 'client',
      GOOGLE_CLIENT_SECRET: 'client-secret',
      ...environment,
    });
    return { code: await program.exited, output: program.output() };
  };
  const change = async (statement: ReturnType<typeof sql>) => {
    const database = await openDatabase({ folder: dataDir });
    await database.db.execute(statement);
    await database.close();
  };

  it('says that the tables are missing, and what makes them', async () => {
    expect(await run({}, 'consents', 'list')).toEqual({
      code: 1,
      output: 'The database lacks tables of this release. Run "portage migrate" first.\n',
    });
    expect((await run({}, 'migrate')).code).toBe(0);
    expect((await run({}, 'consents', 'list')).code).toBe(0);
  });

  it('names the port that is taken, and what helps, before it opens anything else', async () => {
    const taken = await bindListener({ host: '127.0.0.1', port: 0 });
    const port = String(taken.port);
    const refused = `Can't listen on port ${port} of 127.0.0.1: another program listens there. Remedy: end that program, or`;
    expect(await run({ PORT: port }, 'server')).toEqual({
      code: 1,
      output: `${refused} set PORT to another port.\n`,
    });
    expect(await run({}, 'emulator', '--port', port)).toEqual({
      code: 1,
      output: `${refused} choose another one with --port (0 takes a free one).\n`,
    });
    await taken.close();
  });

  it('prints a failure that nobody foresaw with its causes, and without the values of the query', async () => {
    expect((await run({}, 'migrate')).code).toBe(0);
    await change(sql`alter table host_apps rename to elsewhere`);
    const { code, output } = await run({}, 'api-keys', 'create', 'An app of somebody');
    await change(sql`alter table elsewhere rename to host_apps`);
    expect(code).toBe(1);
    expect(output).toMatch(/^Error: Failed query: .*"host_apps"/);
    expect(output).toMatch(/\nCaused by: .*relation "host_apps" does not exist/);
    expect(output).not.toContain('An app of somebody');
  });
});
