// No command opens a database, a storage or KMS on another machine without TLS, unless the operator allows it.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';

import type { Argument, Command, Option } from 'commander';

import type { CommandContext } from '../../src/commands/context';
import { databaseCommands } from '../../src/commands/database-commands';
import { createProgram } from '../../src/commands/program';
import { ConfigError, loadConfig, refuseUnsafe } from '../../src/config';
import { startDev } from '../../src/dev/dev';
import { newVaultKeys } from '../../src/dev/data-folder';
import { freePort } from '../support/free-port';

const environment = {
  ...{ VAULT_KEYS: newVaultKeys(), GOOGLE_CLIENT_ID: 'client', GOOGLE_CLIENT_SECRET: 'client-secret' },
  // Of a network for documentation, where nothing answers (RFC 5737).
  DATABASE_URL: 'postgres://portage:a-secret-word@192.0.2.1:5432/portage',
  STORAGE_URL: 's3://my-bucket?endpoint=http://192.0.2.2:9000',
  KMS_KEY_ARN: 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  KMS_ENDPOINT: 'http://192.0.2.3:4000',
};

const terminal = {
  out: new PassThrough().resume(),
  remarks: new PassThrough().resume(),
  width: undefined,
  answers: undefined,
};
const context: CommandContext = {
  ...{ environment, terminal },
  async untilSignalled(run) {
    await run(new AbortController().signal);
  },
};

const valueOf = ({ argChoices }: Pick<Argument | Option, 'argChoices'>) => argChoices?.[0] ?? 'x';

/** The words that call each command that does something. `records` has subcommands, and does something itself. */
function callsOf(command: Command, before: readonly string[] = []): string[][] {
  const words = [...before, command.name()];
  const needed = command.registeredArguments.filter(({ required }) => required).map(valueOf);
  const options = command.options.filter(({ mandatory }) => mandatory);
  const own = [...words, ...needed, ...options.flatMap((option) => [option.long ?? '', valueOf(option)])];
  const isGroup = command.commands.length > 0 && command.name() !== 'records';
  return [...(isGroup ? [] : [own]), ...command.commands.flatMap((each) => callsOf(each, words))];
}

async function refusalOf(words: readonly string[]): Promise<unknown> {
  const program = await createProgram(databaseCommands, words[0] ?? '', context);
  return program.parseAsync([...words], { from: 'user' }).then(
    () => undefined,
    (error: unknown) => error,
  );
}

it('every command refuses connections without TLS, in the words of server and worker', async () => {
  let message = '';
  try {
    refuseUnsafe(loadConfig(environment));
  } catch (error) {
    if (error instanceof ConfigError) ({ message } = error);
  }
  for (const name of ['DATABASE_URL', 'STORAGE_URL', 'KMS_ENDPOINT']) expect(message).toContain(name);
  const program = await createProgram(databaseCommands, '', context);
  const calls = program.commands.flatMap((command) => callsOf(command));
  expect(calls.length).toBeGreaterThan(30);
  for (const words of calls) {
    const refusal = await refusalOf(words);
    expect([words, refusal instanceof ConfigError && refusal.message]).toEqual([words, message]);
  }
});

it('npm start refuses them before it opens anything', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'portage-test-plain-'));
  const own = { DATA_DIR: dataDir, PORT: String(await freePort()) };
  const started = startDev(
    { environment: { ...environment, ...own }, archivesDir: undefined, jobDurationMs: 0 },
    new AbortController().signal,
  );
  await expect(started).rejects.toThrow(/DATABASE_URL leads to 192\.0\.2\.1/);
  expect(readdirSync(dataDir).sort()).toEqual(['instance.lock', 'vault.key']);
  rmSync(dataDir, { recursive: true });
});
