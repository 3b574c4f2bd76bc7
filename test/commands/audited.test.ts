// Every command of operators: what changes something or shows data of users leaves one entry in the audit log.
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';

import { Client, Connection } from '@temporalio/client';
import type { Command } from 'commander';
import { sql } from 'drizzle-orm';

import { consentsCommand, type OpenOperator } from '../../src/commands/consents';
import type { CommandContext } from '../../src/commands/context';
import { databaseCommands } from '../../src/commands/database-commands';
import { createOperator } from '../../src/commands/operator';
import { createProgram, type LoadCommand } from '../../src/commands/program';
import { usersCommand } from '../../src/commands/users';
import { loadConfig } from '../../src/config';
import type { AuditAction, AuditOutcome } from '../../src/domain/audit';
import { PortageError } from '../../src/domain/error-codes';
import { openPortage, type Portage } from '../../src/portage';
import { consentWorkflowId } from '../../src/workflows/ids';
import { member, rawZip } from '../archive/raw-zip';
import '../support/built';
import { databaseSettings } from '../support/database';
import { temporalAddress, testClient, testVaultKeys } from '../support/portage';
import { storeExport } from '../support/stored-export';

/** No worker runs, so an answer of a worker is waited for in vain; Temporal itself may take some time. */
const answerWithinMs = 5_000;

let folder: string;
let database: Awaited<ReturnType<typeof databaseSettings>>;
let environment: Record<string, string>;
let portage: Portage;
let connection: Connection;
let client: Client;
/** What stands for ids in the words of a command. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portage-test-audited-'));
  database = await databaseSettings();
  environment = {
    ...{ DATA_DIR: folder, VAULT_KEYS: testVaultKeys, ...database.settings },
    ...{ GOOGLE_CLIENT_ID: testClient.clientId, GOOGLE_CLIENT_SECRET: testClient.clientSecret },
    ...{ TEMPORAL_ADDRESS: await temporalAddress(), TEMPORAL_TASK_QUEUE: `test-${crypto.randomUUID()}` },
  };
  const config = loadConfig(environment);
  portage = await openPortage(config);
  await portage.database.migrate();
  connection = await Connection.connect({ address: config.temporal.address });
  const { namespace } = config.temporal;
  client = new Client({ connection, namespace, dataConverter: portage.dataConverter });

  const { consentId, exportId } = await storeExport(portage, { parts: [rawZip([member('notes.txt', 'words')])] });
  const { hostAppId = '', userId } = (await portage.consents.find(consentId)) ?? {};
  const { keyId } = await portage.hostApps.createApiKey('Diary');
  const { endpoint } = await portage.webhooks.createEndpoint({
    ...{ hostAppId, url: 'https://diary.example/hooks', eventTypes: undefined, at: portage.now() },
  });
  const hash = createHash('sha256').update('a key').digest('hex');
  await portage.database.db.execute(
    sql`insert into api_keys (id, host_app_id, key_hash) values ('key_earlier', ${hostAppId}, ${hash})`,
  );
  Object.assign(ids, { CONSENT: consentId, EXPORT: exportId, APP: hostAppId, USER: userId, KEY: keyId });
  Object.assign(ids, { ENDPOINT: endpoint.id, OUT: join(folder, 'out') });
});

afterAll(async () => {
  const handle = client.workflow.getHandle(consentWorkflowId(ids['CONSENT'] ?? ''));
  await handle.terminate('the test is over').catch(() => undefined);
  await connection.close();
  await portage.close();
  await database.remove();
  rmSync(folder, { recursive: true, force: true });
});

function programOf(own: Portage, context: CommandContext, name: string): Promise<Command> {
  const open: OpenOperator = (work) => work(createOperator(own, client, answerWithinMs));
  const commands: Record<string, LoadCommand> = {
    ...databaseCommands,
    consents: (given) => Promise.resolve(consentsCommand(given, open)),
    users: (given) => Promise.resolve(usersCommand(given, open)),
  };
  return createProgram(commands, name, context);
}

/** Types a command; what it fails with is returned. */
async function type(text: string, own: Portage = portage) {
  const words = text.split(' ').map((word) => ids[word] ?? word);
  const out = new PassThrough();
  const terminal = { out, remarks: new PassThrough().resume(), width: undefined, answers: undefined };
  let error: unknown;
  const context: CommandContext = {
    ...{ environment, terminal, portage: own },
    async untilSignalled(run) {
      await run(new AbortController().signal);
    },
  };
  const program = await programOf(own, context, words[0] ?? '');
  await program.parseAsync(words, { from: 'user' }).catch((thrown: unknown) => {
    error = thrown;
  });
  return { out: ((out.read() as Buffer | null) ?? '').toString(), error };
}

async function operatorsEntries() {
  const entries = await portage.auditLog.page({ consentId: undefined, after: '', limit: 10_000 });
  return entries.filter(({ actorKind }) => actorKind === 'operator');
}

/** In this order, each once: what it leaves in the audit log. The export has not ended, and no worker answers `export-now`. */
const audited: readonly (readonly [string, AuditAction | AuditAction[], AuditOutcome?])[] = [
  ['consents list', 'consents.listed'],
  ['consents show CONSENT', 'consent.shown'],
  ['verify EXPORT', 'export.verified'],
  ['records CONSENT', 'records.read'],
  ['records read EXPORT', 'records.read_again', 'refused'],
  ['records export --consent CONSENT --format ndjson --output OUT', 'records.read'],
  ['audit export', 'audit.exported'],
  ['keys rotate', 'keys.rotated'],
  ['retention apply', 'retention.applied'],
  ['webhooks create APP https://diary.example/more', 'webhook_endpoint.created'],
  ['webhooks test ENDPOINT', 'webhook_endpoint.tested'],
  ['webhooks failures', 'webhook_endpoint.failures_listed'],
  ['webhooks replay ENDPOINT --failures', 'webhook_endpoint.replayed'],
  ['webhooks rotate-secret ENDPOINT', 'webhook_endpoint.secrets_rotated'],
  ['webhooks disable ENDPOINT', 'webhook_endpoint.disabled'],
  ['webhooks enable ENDPOINT', 'webhook_endpoint.enabled'],
  ['host-apps set Diary --confirmation off', 'host_app.changed'],
  ['api-keys create Diary', 'api_key.created'],
  ['api-keys accept key_earlier', 'api_key.accepted'],
  ['api-keys rotate KEY', 'api_key.rotated'],
  ['api-keys revoke KEY', 'api_key.revoked'],
  ['consents pause CONSENT', 'consent.paused'],
  ['consents resume CONSENT', 'consent.resumed'],
  ['consents export-now CONSENT', 'consent.export_requested', 'failed'],
  ['consents cancel CONSENT --yes', 'consent.cancelled'],
  ['consents delete CONSENT --yes', 'consent.deleted'],
  // An entry for each consent comes first.
  ['users delete USER --host-app APP --yes', ['consent.deleted', 'user.deletion_requested']],
];

/** These change nothing that belongs to somebody, and show no data of users. */
const notAudited = ['migrate', 'audit verify', 'keys status', 'webhooks list', 'host-apps list', 'api-keys list'];

const shows: readonly AuditAction[] = [
  'consents.listed',
  'consent.shown',
  'export.verified',
  'records.read',
  'audit.exported',
  'webhook_endpoint.failures_listed',
];

/** Names of all commands that do something. `records` has subcommands, and does something itself. */
async function commandNames(): Promise<string[]> {
  const terminal = { out: new PassThrough(), remarks: new PassThrough(), width: undefined, answers: undefined };
  const program = await programOf(portage, { environment, terminal, untilSignalled: () => Promise.resolve() }, '');
  const below = (command: Command, before: string): string[] => {
    const name = `${before} ${command.name()}`.trim();
    const own = command.commands.length === 0 || name === 'records' ? [name] : [];
    return [...own, ...command.commands.flatMap((each) => below(each, name))];
  };
  return program.commands.flatMap((command) => below(command, ''));
}

it('each command is in one of the two lists', async () => {
  const names = await commandNames();
  const listed = names.filter(
    (name) => notAudited.includes(name) || audited.some(([text]) => nameIn(text, names) === name),
  );
  expect(names.length).toBeGreaterThan(30);
  expect(listed).toEqual(names);
});

/** The longest name with which a text begins. */
function nameIn(text: string, names: readonly string[]): string | undefined {
  const fitting = names.filter((name) => `${text} `.startsWith(`${name} `));
  return fitting.toSorted((a, b) => b.length - a.length)[0];
}

it('a command that shows data shows nothing when its entry cannot be written', async () => {
  const append = () => Promise.reject(new PortageError('DATABASE_UNAVAILABLE'));
  const broken = { ...portage, auditLog: { ...portage.auditLog, append } };
  const showing = audited.filter(([, actions]) => [actions].flat().some((action) => shows.includes(action)));
  expect(showing.length).toBeGreaterThanOrEqual(7);
  for (const [text] of showing) {
    const { out, error } = await type(text, broken);
    expect([text, out, error]).toEqual([text, '', expect.objectContaining({ code: 'DATABASE_UNAVAILABLE' })]);
  }
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

it('a command that changes something or shows data leaves one entry, with the user of the operating system', async () => {
  const left: unknown[] = [];
  for (const [text] of audited) {
    const before = (await operatorsEntries()).length;
    const { error } = await type(text);
    const entries = (await operatorsEntries()).slice(before);
    left.push([text, error === undefined, entries.map((entry) => [entry.action, entry.outcome, entry.actorId])]);
  }
  const { username } = userInfo();
  expect(left).toEqual(
    audited.map(([text, actions, outcome = 'done']) => [
      ...[text, outcome === 'done'],
      [actions].flat().map((action) => [action, outcome, username]),
    ]),
  );
});

it('other commands leave none', async () => {
  const before = (await operatorsEntries()).length;
  for (const text of notAudited) expect([text, (await type(text)).error]).toEqual([text, undefined]);
  expect((await operatorsEntries()).slice(before)).toEqual([]);
});
