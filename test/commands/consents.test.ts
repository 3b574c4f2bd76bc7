// `portage consents`: the output about consents and the messages to them, with every part running.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';

import { Client, Connection } from '@temporalio/client';
import type { Command } from 'commander';

import { consentsCommand } from '../../src/commands/consents';
import { processTerminal, type CommandTerminal } from '../../src/commands/command-terminal';
import { confirmed, createOperator } from '../../src/commands/operator';
import { loadConfig } from '../../src/config';
import { PortageError } from '../../src/domain/error-codes';
import type { ConsentDecision } from '../../src/emulator';
import { openPortage } from '../../src/portage';
import { createDataConverter } from '../../src/temporal/data-converter';
import { consentWorkflowId, exportWorkflowId } from '../../src/workflows/ids';
import { createStage } from '../database/databases';
import { databaseSettings } from '../support/database';
import { startTestPortage, testVaultKeys, temporalAddress, type TestPortage } from '../support/portage';
import { runCommand } from '../support/command';
import { until } from '../support/program';
import { longIt } from '../support/long';

const search = 'myactivity.search';
const subscriptions = 'youtube.subscriptions';
const places = 'maps.starred_places';

interface Surroundings {
  readonly width?: number;
  /** The input, where there is a terminal. */
  readonly typed?: string;
  readonly client?: Client;
  readonly answerWithinMs?: number;
}

/** Runs a command as the executable does, with its output caught and the database that the running Portage has open. */
async function operate(test: TestPortage, args: readonly string[], surroundings: Surroundings = {}) {
  const { width, typed, client = test.temporal, answerWithinMs = 10_000 } = surroundings;
  const [out, remarks] = [new PassThrough(), new PassThrough()];
  let code: number | undefined;
  let error: unknown;
  const terminal: CommandTerminal = {
    out,
    remarks,
    width,
    answers: typed === undefined ? undefined : Readable.from([typed]),
  };
  const command = consentsCommand(
    {
      environment: {},
      terminal,
      async untilSignalled(work) {
        try {
          code = await work(new AbortController().signal);
        } catch (thrown) {
          error = thrown;
        }
      },
    },
    (work) => work(createOperator(test.portage, client, answerWithinMs)),
  );
  await command.parseAsync(args, { from: 'user' });
  const text = (stream: PassThrough) => (stream.read() as Buffer | null)?.toString() ?? '';
  return { code, error, out: text(out), remarks: text(remarks) };
}

interface Json {
  readonly consents: Record<string, unknown>[];
  readonly loops: Record<string, unknown>[];
  readonly steps: Record<string, unknown>[];
  readonly events: unknown[];
  readonly temporal: { readonly workflow: string };
  readonly dataDeletedAt: string | null;
}
async function json(test: TestPortage, args: readonly string[], surroundings?: Surroundings) {
  const { code, error, out } = await operate(test, [...args, '--json'], surroundings);
  if (error instanceof Error) throw error;
  return { code, ...(JSON.parse(out) as Json) };
}

const anyTime = expect.any(String) as string;

let users = 0;
/** A user with a Google account of their own, who consents to some resources. */
async function connect(
  test: TestPortage,
  resources: readonly string[],
  decision: ConsentDecision = { access: '180d' },
) {
  users += 1;
  const userId = `user-${users}`;
  const account = `${userId}@example.com`;
  test.emulator.control.addAccount({ email: account, name: `User ${users}` });
  const { consentId } = await test.connect({ resources, userId, decision: { ...decision, account } });
  if (consentId === undefined) throw new Error('the user did not get to a consent');
  return consentId;
}

/** Waits until every loop has an export behind it. */
const exported = (test: TestPortage, consentId: string, count: number) =>
  until('the first exports', async () => {
    const { exports } = await test.api.getConsent(consentId);
    return exports.length === count && exports.every(({ state }) => state === 'ready') ? true : undefined;
  });

const codeOf = (error: unknown) => (error instanceof PortageError ? error.code : error);

describe('an operator', () => {
  let test: TestPortage;
  beforeAll(async () => {
    test = await startTestPortage();
  });
  afterAll(() => test.stop());

  it('lists consents, newest first, page by page, as a table or in blocks', async () => {
    const once = await connect(test, [search], { access: 'once' });
    await test.ended(once);
    const daily = await connect(test, [search, subscriptions]);
    await exported(test, daily, 2);

    const { out, code } = await operate(test, ['list'], { width: 150 });
    expect(code).toBe(0);
    const [head = '', first = '', second = '', rest] = out.split('\n');
    expect(head).toMatch(/^ID +USER +ACCESS +STATE +ENDS +LAST EXPORT +NEXT EXPORT$/);
    expect(first).toMatch(
      new RegExp(`^${daily}  user-2  time_based  active     \\d{4}-\\d\\d-\\d\\d  ready \\S+ \\S+  \\S+ \\S+$`),
    );
    expect(second).toMatch(new RegExp(`^${once}  user-1  one_time    completed              ready \\S+ \\S+$`));
    expect(rest).toBe('');
    for (const column of ['USER', 'STATE', 'ENDS']) {
      expect(first.charAt(head.indexOf(column) - 1)).toBe(' ');
      expect(first.charAt(head.indexOf(column))).not.toBe(' ');
    }

    const narrow = await operate(test, ['list'], { width: 44 });
    expect(narrow.out.split('\n').every((line) => line.length <= 44)).toBe(true);
    expect(narrow.out).toContain(`${once}\n  user user-1, access one_time\n  state completed\n`);

    const page = await json(test, ['list', '--limit', '1']);
    expect(page).toMatchObject({ code: 0, consents: [{ id: daily }], nextBefore: daily });
    const next = await json(test, ['list', '--limit', '1', '--before', daily]);
    expect(next).toMatchObject({ consents: [{ id: once, state: 'completed' }], nextBefore: null });
    expect((await operate(test, ['list', '--limit', '1'])).remarks).toBe(`More: add --before ${daily}\n`);
    const mine = await json(test, ['list', '--user', 'user-1', '--state', 'completed']);
    expect(mine).toMatchObject({ consents: [{ id: once, accessType: 'one_time' }] });
    expect(await operate(test, ['list', '--user', 'user-1', '--state', 'revoked'])).toMatchObject({
      code: 0,
      out: '',
      remarks: 'There is no consent with these options.\n',
    });
    const [row] = page.consents;
    expect(Object.keys(row ?? {})).toEqual([
      ...['id', 'hostAppId', 'userId', 'accessType', 'state', 'errorCode', 'createdAt', 'endsAt', 'pausedAt'],
      ...['endedAt', 'grantedResources', 'lastExport', 'nextExportAt'],
    ]);
  });

  it('sees no character of a user id that a terminal would obey', async () => {
    const stage = createStage(test.portage.database.db, test.portage.vault);
    const hostile = '\u001b]0;title\u0007\u009b31m\u202Eresu';
    await stage.consent({ session: await stage.session({ userId: hostile }) });
    const args = ['list', '--limit', '1'];
    for (const { out } of [await operate(test, args), await operate(test, [...args, '--json'])]) {
      expect(out).toContain('title');
      expect(out).toContain('resu');
      expect(out).not.toMatch(/[^\P{Cc}\n]|\u202E/u);
    }
    expect(await json(test, args)).toMatchObject({ consents: [{ userId: hostile }] });
  });

  it('shows one consent: its loops as Temporal reports them, exports with verdicts, events; no secret', async () => {
    const id = await connect(test, [search, subscriptions]);
    await exported(test, id, 2);
    const sleeping = { state: 'sleeping', since: anyTime, nextAt: anyTime, source: 'temporal' };
    const report = await until('sleeping loops', async () => {
      const report = await json(test, ['show', id]);
      return report.loops.every(({ state }) => state === 'sleeping') ? report : undefined;
    });
    expect(report).toMatchObject({
      id,
      hostApp: 'Test host app',
      accessType: 'time_based',
      temporal: { workflow: 'running', error: null },
      exports: [{ verdict: 'complete' }, { verdict: 'complete', cycle: 1, state: 'ready', findings: [] }],
    });
    expect(report.loops).toEqual(
      expect.arrayContaining([search, subscriptions].map((loop) => ({ loop, resources: [loop], ...sleeping }))),
    );
    expect((report.events as { type: string }[]).map(({ type }) => type).toSorted()).toEqual([
      'consent.connected',
      ...['export.ready', 'export.ready', 'export.started', 'export.started'],
      ...['records.available', 'records.available'],
    ]);

    const { out } = await operate(test, ['show', id], { width: 200 });
    expect(out).toContain(`Consent ${id}\n  user        user-3 of Test host app\n  state       active\n`);
    expect(out).toContain(`Temporal runs its workflow, consent/${id}.`);
    expect(out).toMatch(new RegExp(`\\n${search} +sleeping( +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d){2} +temporal\\n`));
    expect(out).toMatch(new RegExp(`\\nexp_\\w+ +${search} +1 +ready +complete +\\d+ +\\d+ +[\\d.]+ (KiB|bytes)`));
    expect(out).toMatch(/\n\S+ \S+ +export\.ready +exp_\w+ +.*verdict complete\n/);
    const tokens = await test.portage.tokens.find(id);
    for (const secret of [tokens?.accessToken, tokens?.refreshToken]) {
      expect(secret).toBeDefined();
      expect(out + JSON.stringify(report)).not.toContain(secret);
    }
  });

  it('pauses and resumes, any number of times, and reports that a paused or locked loop starts nothing', async () => {
    const id = await connect(test, [search, subscriptions]);
    await exported(test, id, 2);
    const locked = await until('locked loops', async () => {
      const report = await json(test, ['export-now', id]);
      return report.loops.every(({ answer }) => answer === 'locked') ? report : undefined;
    });
    expect(locked).toMatchObject({ code: 1, consentId: id });
    for (const { lockedUntil } of locked.loops) {
      expect(Date.parse(String(lockedUntil))).toBeGreaterThan(Date.now() + 23 * 3_600_000);
    }
    expect((await operate(test, ['export-now', id, search])).out).toMatch(
      new RegExp(`^LOOP +ANSWER +DETAIL\\n${search} +locked +until \\S+Z; then the export starts\\n$`),
    );

    for (let times = 0; times < 2; times += 1) {
      expect(await operate(test, ['pause', id])).toMatchObject({
        code: 0,
        out: `${id} is paused: no new export starts.\n`,
      });
    }
    // The loops get a signal from the consent's workflow, a moment after the database.
    const paused = await until('paused loops', async () => {
      const report = await json(test, ['export-now', id]);
      return report.loops.every(({ answer }) => answer === 'paused') ? report : undefined;
    });
    expect(paused).toMatchObject({
      code: 1,
      loops: [{ answer: 'paused' }, { answer: 'paused', exportId: null, lockedUntil: null }],
    });
    expect((await json(test, ['show', id])).loops).toMatchObject([
      { state: 'paused' },
      { state: 'paused', nextAt: null },
    ]);
    expect((await operate(test, ['list', '--limit', '1'])).out).toMatch(/ paused\n$/);
    expect((await json(test, ['list', '--limit', '1'])).consents).toMatchObject([{ id, nextExportAt: null }]);
    for (let times = 0; times < 2; times += 1) {
      expect(await json(test, ['resume', id])).toMatchObject({
        code: 0,
        id,
        done: true,
        state: 'active',
        pausedAt: null,
      });
    }
    const types = (await test.portage.consents.listEvents(id)).map(({ type }) => type);
    expect(types.filter((type) => /paused|resumed/.test(type))).toEqual(['consent.paused', 'consent.resumed']);
  });

  it('reports which export a request belongs to, cancels during it, and deletes after the end', async () => {
    test.emulator.control.setJobs({ durationMs: 3_600_000 });
    const id = await connect(test, [places]);
    const row = await until('a waiting export', async () => {
      const [waiting] = (await test.api.getConsent(id)).exports;
      return waiting?.state === 'waiting' ? waiting : undefined;
    });
    expect(await json(test, ['export-now', id])).toMatchObject({
      code: 0,
      loops: [{ loop: places, answer: 'started', exportId: row.id }],
    });
    expect((await json(test, ['show', id])).loops).toMatchObject([{ loop: places, state: 'waiting', nextAt: null }]);
    test.emulator.control.setJobs({ durationMs: 500 });

    expect(await operate(test, ['cancel', id])).toMatchObject({ code: 1, out: '' });
    const asked = await operate(test, ['cancel', id], { typed: 'n\n' });
    expect(asked).toMatchObject({ code: 1, out: '' });
    expect(asked.remarks).toMatch(
      new RegExp(`^Consent ${id} of user \\S+: this stops .* Continue\\? \\[y/N\\] Nothing was done`),
    );
    expect((await test.api.getConsent(id)).state).toBe('active');

    const words = `${id} has ended as cancelled; stored data stays.\n`;
    expect(await operate(test, ['cancel', id], { typed: 'yes\n' })).toMatchObject({ code: 0, out: words });
    expect(await operate(test, ['cancel', id, '--yes'])).toMatchObject({ code: 0, out: words });
    const grants = test.emulator.control.requests().filter(({ method }) => method === 'revoke');
    for (const late of [
      ['pause', id],
      ['resume', id],
      ['export-now', id],
    ]) {
      const { error, code } = await operate(test, late);
      expect([codeOf(error), code]).toEqual(['CONSENT_ENDED', undefined]);
    }
    // The consent has ended in the database a moment before its workflow returns.
    const shown = await until('a closed workflow', async () => {
      const report = await json(test, ['show', id]);
      return report.temporal.workflow === 'closed' ? report : undefined;
    });
    expect(shown).toMatchObject({ state: 'cancelled', loops: [] });

    for (let times = 0; times < 2; times += 1) {
      const deleted = await json(test, ['delete', id, '--yes']);
      expect(deleted).toMatchObject({ code: 0, done: true, state: 'cancelled' });
      expect(deleted.dataDeletedAt).not.toBeNull();
    }
    expect(test.emulator.control.requests().filter(({ method }) => method === 'revoke')).toEqual(grants);
    expect((await operate(test, ['cancel', '--yes', id])).code).toBe(0);
  });

  longIt('reports that Google has not answered a request in time, and later which export it was', async () => {
    test.emulator.control.addFault({ method: 'initiate', resource: places, times: 1_000, status: 503 });
    const id = await connect(test, [places]);
    let answerWithinMs = 500;
    const pending = await until('a loop that has the request', async () => {
      // On a busy machine Temporal and the worker may need longer to answer at all.
      answerWithinMs *= 2;
      const { error, code, out } = await operate(test, ['export-now', id, '--json'], { answerWithinMs });
      if (['NO_WORKER', 'TEMPORAL_UNAVAILABLE'].includes(String(codeOf(error)))) return undefined;
      if (error instanceof Error) throw error;
      const report = { code, ...(JSON.parse(out) as Json) };
      return report.loops[0]?.['answer'] === 'pending' ? report : undefined;
    });
    expect(pending).toMatchObject({ code: 0, loops: [{ loop: places, exportId: null, lockedUntil: null }] });
    const words = 'Google did not answer';
    const step = await until('the second try', async () => {
      const [step] = (await json(test, ['show', id])).steps;
      return step !== undefined && Number(step['attempts']) > 1 && step['lastError'] !== null ? step : undefined;
    });
    expect(step).toMatchObject({ loop: places, step: 'initiateExport', lastError: { code: 'GOOGLE_UNAVAILABLE' } });
    const { out } = await operate(test, ['show', id]);
    expect(out).toMatch(new RegExp(`\\n${places} +initiateExport +\\d+ +GOOGLE_UNAVAILABLE +\\S.* ${words}`));
    const stuck = await json(test, ['list', '--stuck']);
    const mine = stuck.consents.find((each) => each['id'] === id);
    expect(mine).toMatchObject({ why: 'failing step', steps: [{ loop: places, phase: 'initiating', since: anyTime }] });
    expect((await operate(test, ['list', '--stuck'])).out).toMatch(
      new RegExp(`${id} +user-\\d+ +${places} +initiating +\\S+ \\S+ +initiateExport +\\d+ +GOOGLE_UNAVAILABLE +\\S`),
    );
    const request = json(test, ['export-now', id]);
    test.emulator.control.clearFaults();
    const report = await request;
    const [row] = (await test.api.getConsent(id)).exports;
    expect(report).toMatchObject({ code: 0, loops: [{ loop: places, answer: 'started', exportId: row?.id }] });
    expect((await json(test, ['list', '--stuck'])).consents.map((each) => each['id'])).not.toContain(id);
  });

  it('deletes a live consent and its stored data', async () => {
    const id = await connect(test, [search]);
    await exported(test, id, 1);
    const prefix = `consents/${id}/`;
    const stored = async () => {
      let objects = 0;
      for await (const object of test.portage.storage.list(prefix)) objects += object.bytes > 0 ? 1 : 0;
      return objects;
    };
    expect(await stored()).toBeGreaterThan(0);
    expect(await operate(test, ['delete', id, '--yes'])).toMatchObject({
      code: 0,
      out: `${id} has ended as deleted, and its data is deleted.\n`,
    });
    expect(await stored()).toBe(0);
    expect((await operate(test, ['show', id])).out).toMatch(/data +deleted \d{4}-/);
  });

  longIt('gets the batch’s answer for its resources', async () => {
    test.emulator.control.setSwitches({ Q1: 'B' });
    const id = await connect(test, [search, subscriptions, places]);
    const report = await until('a batch that has all resources', async () => {
      const report = await json(test, ['show', id]);
      const [loop] = report.loops;
      return report.loops.length === 1 && loop?.['loop'] === 'batch' ? report : undefined;
    });
    test.emulator.control.setSwitches({ Q1: 'A' });
    expect(report.loops).toMatchObject([{ state: 'sleeping', source: 'temporal' }]);
    expect((report.loops[0]?.['resources'] as string[]).sort()).toEqual([places, search, subscriptions]);
    expect(await json(test, ['export-now', id])).toMatchObject({
      code: 1,
      loops: [{ loop: 'batch', answer: 'locked' }],
    });
    const { loops } = await json(test, ['export-now', id, places]);
    expect(loops).toMatchObject([{ loop: 'batch', answer: 'locked' }]);
    expect((await operate(test, ['show', id])).out).toMatch(/batched +since .*: all resources share one export a day/);
  });

  longIt('reaches a consent whose workflow is gone, and reports so where that cannot help', async () => {
    const id = await connect(test, [search]);
    await exported(test, id, 1);
    for (const workflow of [consentWorkflowId(id), exportWorkflowId(id, search)]) {
      await test.temporal.workflow.getHandle(workflow).terminate();
    }
    expect(codeOf((await operate(test, ['export-now', id])).error)).toBe('WORKFLOW_MISSING');
    const report = await json(test, ['show', id]);
    expect(report).toMatchObject({ temporal: { workflow: 'closed' }, loops: [{ loop: search, source: 'database' }] });
    expect((await operate(test, ['show', id])).out).toContain('the housekeeping starts it');
    expect(await json(test, ['pause', id])).toMatchObject({ code: 0, done: true });
    expect(await json(test, ['show', id])).toMatchObject({ temporal: { workflow: 'running' } });
  });

  it.each([[['show']], [['pause']], [['resume']], [['cancel', '--yes']], [['delete', '--yes']], [['export-now']]])(
    'reports with %j that there is no such consent',
    async (args) => {
      const { error } = await operate(test, [...args, 'con_00000000000000000000000000']);
      expect(codeOf(error)).toBe('CONSENT_UNKNOWN');
    },
  );

  it('reports which resource was not granted', async () => {
    const id = await connect(test, [search]);
    const { error } = await operate(test, ['export-now', id, 'chrome.history']);
    expect(codeOf(error)).toBe('SCOPE_MISSING');
    expect(String(error)).toContain('chrome.history');
  });

  longIt('reports that Temporal is unreachable, and still shows the state in the database', async () => {
    const id = await connect(test, [search]);
    await exported(test, id, 1);
    const connection = Connection.lazy({ address: '127.0.0.1:9' });
    const away = { client: new Client({ connection }), answerWithinMs: 500 };
    try {
      for (const args of [['pause'], ['resume'], ['cancel', '--yes'], ['delete', '--yes'], ['export-now']]) {
        const { error, out } = await operate(test, [...args, id], away);
        expect([args, codeOf(error), out]).toEqual([args, 'TEMPORAL_UNAVAILABLE', '']);
      }
      expect(await operate(test, ['list'], away)).toMatchObject({ code: 0, error: undefined });
      expect(await json(test, ['show', id], away)).toMatchObject({
        code: 0,
        state: 'active',
        temporal: { workflow: 'unknown', error: { code: 'TEMPORAL_UNAVAILABLE' } },
        loops: [{ loop: search, state: 'sleeping', nextAt: expect.any(String) as string, source: 'database' }],
        exports: [{ verdict: 'complete' }],
      });
      const { out } = await operate(test, ['show', id], away);
      expect(out).toContain('Temporal does not answer');
      expect(out).toContain('Check TEMPORAL_ADDRESS');
      expect(out).toContain('The report shows the state in the database.');
    } finally {
      await connection.close();
    }
    expect((await test.api.getConsent(id)).state).toBe('active');
  });

  it('reports when the namespace does not exist', async () => {
    const id = await connect(test, [search]);
    const client = new Client({ connection: test.temporal.connection, namespace: 'nowhere' });
    const { error } = await operate(test, ['pause', id], { client });
    expect([codeOf(error), String(error)]).toEqual(['TEMPORAL_UNAVAILABLE', expect.stringContaining('nowhere')]);
  });

  longIt('reports when the keys do not open Temporal’s payloads', async () => {
    const id = await connect(test, [search]);
    await exported(test, id, 1);
    const { connection } = test.temporal;
    const dataConverter = createDataConverter({
      ...test.config,
      vaultKeys: [{ id: 'other', key: Buffer.alloc(32, 8) }],
    });
    const client = new Client({ connection, namespace: test.config.temporal.namespace, dataConverter });
    expect(await json(test, ['show', id], { client })).toMatchObject({
      code: 0,
      temporal: { workflow: 'unknown', error: { code: 'VAULT_KEY_MISSING' } },
      exports: [{ verdict: 'complete' }],
    });
  });
});

describe('without a worker', () => {
  longIt(
    'an export request fails in time, a message is kept until one runs, and the state is read from the database',
    async () => {
      const test = await startTestPortage({ worker: false });
      try {
        const worker = await test.startWorker();
        const id = await connect(test, [search]);
        await exported(test, id, 1);
        await worker.stop();
        const quick = { answerWithinMs: 3_000 };

        const { error, code } = await operate(test, ['export-now', id], quick);
        expect([codeOf(error), code]).toEqual(['NO_WORKER', undefined]);
        expect(await json(test, ['show', id], quick)).toMatchObject({
          temporal: { workflow: 'unknown', error: { code: 'NO_WORKER' } },
          loops: [{ loop: search, state: 'sleeping', source: 'database' }],
        });
        const shown = await operate(test, ['show', id], quick);
        expect(shown).toMatchObject({
          code: 0,
          out: expect.stringContaining('Check that "portage worker" runs') as string,
        });
        const paused = await operate(test, ['pause', id], quick);
        expect(paused).toMatchObject({ code: 0, remarks: '' });
        expect(paused.out).toBe(`${id} is paused: no new export starts.\n`);
        expect((await test.portage.consents.find(id))?.pausedAt).not.toBeNull();
        await operate(test, ['delete', id, '--yes'], quick);
        const report = await operate(test, ['show', id], quick);
        expect(report.out).toContain('  requested   to end the grant and to delete the stored data\n');

        await test.startWorker();
        expect(await test.ended(id)).toMatchObject({ state: 'deleted' });
      } finally {
        await test.stop();
      }
    },
  );
});

describe('the question before an irreversible action', () => {
  const never = new AbortController().signal;
  const ask = (typed: string) =>
    confirmed('Sure?', { answers: Readable.from([typed]), remarks: new PassThrough() }, never);

  it('is affirmed by y and yes alone', async () => {
    for (const typed of ['y\n', 'Yes\n', ' y \n']) expect([typed, await ask(typed)]).toEqual([typed, true]);
    for (const typed of ['\n', 'n\n', 'yep\n', 'no y\n', '']) expect([typed, await ask(typed)]).toEqual([typed, false]);
  });

  it('is given up at a signal', async () => {
    const controller = new AbortController();
    const asked = confirmed('Sure?', { answers: new PassThrough(), remarks: new PassThrough() }, controller.signal);
    controller.abort();
    await expect(asked).rejects.toThrow();
  });
});

describe('a command line', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'portage-test-consents-'));
  let database: { readonly settings: Readonly<Record<string, string>>; remove(): Promise<void> };
  const environment = {
    DATA_DIR: dataDir,
    VAULT_KEYS: testVaultKeys,
    GOOGLE_CLIENT_ID: 'an-id',
    GOOGLE_CLIENT_SECRET: 'a-secret',
  };
  let consentId = '';
  const run = async (args: readonly string[], more: Record<string, string> = {}) => {
    const settings = { ...environment, ...database.settings, TEMPORAL_ADDRESS: await temporalAddress(), ...more };
    return runCommand(['consents', ...args], settings);
  };
  beforeAll(async () => {
    database = await databaseSettings({ migrated: false });
    const { code, output } = await run(['list']);
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining('Run "portage migrate" first.') as string,
    });
    const portage = await openPortage(loadConfig({ ...environment, ...database.settings }));
    await portage.database.migrate();
    consentId = await createStage(portage.database.db, portage.vault).consent();
    await portage.database.close();
  });
  afterAll(async () => {
    await database.remove();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('lists, and ends with 0', async () => {
    const { code, output } = await run(['list']);
    expect({ code, first: output.split('\n')[1] }).toEqual({
      code: 0,
      first: `${consentId}  user-1  unknown  active  none`,
    });
  });

  it('prints the fault and the remedy, without a stack, and ends with 1', async () => {
    expect(await run(['show', 'con_none'])).toEqual({
      code: 1,
      output: 'There is no such consent: con_none.\nLook for its id with "portage consents list".\n',
    });
    expect(await run(['pause', consentId], { TEMPORAL_ADDRESS: '127.0.0.1:9' })).toEqual({
      code: 1,
      output: 'Temporal does not answer: 127.0.0.1:9.\nCheck TEMPORAL_ADDRESS, and check that Temporal runs.\n',
    });
    for (const wrong of [['list', '--state', 'asleep'], ['list', '--limit', '0'], ['show'], ['halt']]) {
      expect([wrong, (await run(wrong)).code]).toEqual([wrong, 1]);
    }
  });

  it('cancels and deletes nothing without a terminal that can confirm it', async () => {
    for (const name of ['cancel', 'delete']) {
      expect(await run([name, consentId])).toEqual({
        code: 1,
        output: 'There is no terminal for the question, so nothing was done. Add --yes to confirm.\n',
      });
    }
  });
});

describe('docs/operating.md', () => {
  const text = readFileSync(join(__dirname, '../../docs/operating.md'), 'utf8');
  const section = /## Commands for consents\n([\s\S]*?)\n## /.exec(text)?.[1] ?? '';
  const group: Command = consentsCommand({
    environment: {},
    terminal: processTerminal(),
    untilSignalled: () => Promise.resolve(),
  });
  const named = [...section.matchAll(/`portage consents ([^`]+)`/g)].map(([, usage = '']) => usage);

  it('names every command as it is used, and no other', () => {
    const words = (usage: string) => usage.split(/\s+/)[0];
    expect([...new Set(named.map(words))].sort()).toEqual(group.commands.map((one) => one.name()).sort());
    for (const one of group.commands) {
      const usage = named.find((each) => words(each) === one.name()) ?? '';
      for (const argument of one.registeredArguments) expect(usage).toContain(argument.name());
    }
  });

  it('names every option, and no other', () => {
    const options = new Set(group.commands.flatMap((one) => one.options.map(({ long }) => long)));
    expect(new Set(section.match(/(?<!-)--[a-z][a-z-]*/g))).toEqual(options);
  });
});
