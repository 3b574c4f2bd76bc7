// Every command of operators: each that changes something or shows data of users leaves one entry in the audit log.
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';

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
import { newId } from '../../src/database/ids';
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
/** Placeholders for ids in the words of a command. */
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
  Object.assign(ids, {
    NOCONSENT: newId('con'),
    NOEXPORT: newId('exp'),
    NOKEY: newId('key'),
    NOENDPOINT: newId('whe'),
  });
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

/** Types a command and returns its error. */
async function type(text: string, own: Portage = portage, answer?: string) {
  const words = text.split(' ').map((word) => ids[word] ?? word);
  const out = new PassThrough();
  const answers = answer === undefined ? undefined : Readable.from([`${answer}\n`]);
  const terminal = { out, remarks: new PassThrough().resume(), width: undefined, answers };
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

/** The entry of each command in the audit log, in this order. The export has not ended, and no worker runs. */
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

/** These commands change nothing that belongs to a user or host app, and show no data of users. */
const notAudited = ['migrate', 'audit verify', 'keys status', 'webhooks list', 'host-apps list', 'api-keys list'];

/** Refused commands: the action, the error code, and the words that are kept. A person's name is not kept. */
const refused: readonly (readonly [string, AuditAction, string, string?])[] = [
  ['consents show NOCONSENT', 'consent.shown', 'CONSENT_UNKNOWN', 'NOCONSENT'],
  ['consents pause NOCONSENT', 'consent.paused', 'CONSENT_UNKNOWN', 'NOCONSENT'],
  ['consents resume NOCONSENT', 'consent.resumed', 'CONSENT_UNKNOWN', 'NOCONSENT'],
  ['consents cancel NOCONSENT --yes', 'consent.cancelled', 'CONSENT_UNKNOWN', 'NOCONSENT'],
  ['consents delete NOCONSENT --yes', 'consent.deleted', 'CONSENT_UNKNOWN', 'NOCONSENT'],
  ['consents export-now NOCONSENT', 'consent.export_requested', 'CONSENT_UNKNOWN', 'NOCONSENT'],
  ['consents export-now CONSENT myactivity.search', 'consent.export_requested', 'SCOPE_MISSING', 'CONSENT'],
  ['consents delete CONSENT', 'consent.deleted', 'not_confirmed', 'CONSENT'],
  ['consents delete ptg_a1b2c3d4e5f6', 'consent.deleted', 'CONSENT_UNKNOWN'],
  ['users delete USER --host-app APP', 'user.deletion_requested', 'not_confirmed'],
  ['users delete USER --host-app Diaries', 'user.deletion_requested', 'NOT_FOUND'],
  ['users delete nobody --host-app APP --yes', 'user.deletion_requested', 'USER_UNKNOWN'],
  ['verify NOEXPORT', 'export.verified', 'NOT_FOUND', 'NOEXPORT'],
  ['records NOCONSENT', 'records.read', 'CONSENT_UNKNOWN', 'NOCONSENT'],
  ['records NOCONSENT --counts', 'records.counted', 'CONSENT_UNKNOWN', 'NOCONSENT'],
  ['records read NOEXPORT', 'records.read_again', 'NOT_FOUND', 'NOEXPORT'],
  ['records export --consent NOCONSENT --format ndjson --output OUT', 'records.read', 'CONSENT_UNKNOWN', 'NOCONSENT'],
  ['records export --export NOEXPORT --format ndjson --output OUT', 'records.read', 'NOT_FOUND', 'NOEXPORT'],
  ['webhooks create Diaries https://diary.example/more', 'webhook_endpoint.created', 'NOT_FOUND'],
  ['webhooks create APP http://10.0.0.1/more', 'webhook_endpoint.created', 'WEBHOOK_URL_REFUSED'],
  ['webhooks test NOENDPOINT', 'webhook_endpoint.tested', 'NOT_FOUND', 'NOENDPOINT'],
  ['webhooks replay NOENDPOINT --failures', 'webhook_endpoint.replayed', 'NOT_FOUND', 'NOENDPOINT'],
  ['webhooks rotate-secret NOENDPOINT', 'webhook_endpoint.secrets_rotated', 'NOT_FOUND', 'NOENDPOINT'],
  ['webhooks disable NOENDPOINT', 'webhook_endpoint.disabled', 'NOT_FOUND', 'NOENDPOINT'],
  ['webhooks enable NOENDPOINT', 'webhook_endpoint.enabled', 'NOT_FOUND', 'NOENDPOINT'],
  ['host-apps set Diaries --confirmation off', 'host_app.changed', 'NOT_FOUND'],
  ['api-keys accept NOKEY', 'api_key.accepted', 'NOT_FOUND', 'NOKEY'],
  ['api-keys rotate NOKEY', 'api_key.rotated', 'NOT_FOUND', 'NOKEY'],
  ['api-keys revoke NOKEY', 'api_key.revoked', 'NOT_FOUND', 'NOKEY'],
];

/** These fail for their words alone, or name nothing. */
const wrongWords = [
  'webhooks replay ENDPOINT --since never',
  'host-apps set Diary',
  'records export --format ndjson --output OUT',
];

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

/** The entries that a command leaves: action, outcome, code, and the ids in them. */
async function leftBy(text: string, answer?: string) {
  const before = (await operatorsEntries()).length;
  const { out } = await type(text, portage, answer);
  const entries = (await operatorsEntries()).slice(before);
  const left = entries.map(({ action, outcome, details, object, consentId, exportId }) => ({
    ...{ action, outcome, code: details?.['code'] },
    named: [consentId, exportId, object].filter((each) => each !== null),
  }));
  return { out, left, text: JSON.stringify(entries) };
}

it('a command that names something and is refused leaves one entry, without values that are no ids', async () => {
  const names = await commandNames();
  const naming = audited.filter(([text]) => text.split(' ').some((word) => Object.hasOwn(ids, word) && word !== 'OUT'));
  const listed = refused.map(([text]) => nameIn(text, names));
  expect(naming.map(([text]) => nameIn(text, names)).filter((name) => !listed.includes(name))).toEqual([]);
  for (const [text, action, code, named] of refused) {
    const { out, left, text: written } = await leftBy(text);
    const kept = named === undefined ? [] : [ids[named]];
    const withResource = text.endsWith('myactivity.search') ? [...kept, 'myactivity.search'] : kept;
    expect([text, out, left]).toEqual([text, '', [{ action, outcome: 'refused', code, named: withResource }]]);
    for (const typed of ['ptg_', 'nobody', 'Diaries', ids['USER'] ?? '']) expect(written).not.toContain(typed);
  }
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

it('a command whose question is not answered with yes leaves an entry', async () => {
  for (const [text, action] of refused.filter(([, , code]) => code === 'not_confirmed')) {
    expect([text, (await leftBy(text, 'n')).left]).toEqual([
      text,
      [expect.objectContaining({ action, outcome: 'refused', code: 'not_confirmed' })],
    ]);
  }
});

it('a command that fails for its words alone leaves none', async () => {
  for (const text of wrongWords) expect([text, (await leftBy(text)).left]).toEqual([text, []]);
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

it('a command for an ended or deleted object leaves an entry', async () => {
  await portage.database.db.execute(
    sql`update consents set state = 'expired', ended_at = now() where id = ${ids['CONSENT']}`,
  );
  await portage.database.db.execute(sql`update exports set data_deletion_at = now() where id = ${ids['EXPORT']}`);
  for (const [text, action, code] of [
    ['consents pause CONSENT', 'consent.paused', 'CONSENT_ENDED'],
    ['verify EXPORT', 'export.verified', 'DATA_DELETED'],
  ] as const) {
    expect([text, (await leftBy(text)).left]).toEqual([
      text,
      [expect.objectContaining({ action, outcome: 'refused', code })],
    ]);
  }
});
