// A running instance carries out commands typed meanwhile, since only one process can open the embedded database.
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';

import type { CommandTerminal } from '../../src/commands/command-terminal';
import { commandSocketPath, instanceLine, outputOver, readLines } from '../../src/commands/instance-socket';
import { sendToInstance } from '../../src/commands/send-to-instance';
import { serveCommands, type ServingCommands } from '../../src/commands/serve-commands';
import { loadConfig } from '../../src/config';
import { holdInstance } from '../../src/instance';
import { createLogger } from '../../src/log';
import { openPortage, type Portage } from '../../src/portage';
import { createStage } from '../database/databases';
import { fillDataFolder } from '../support/database';
import { until } from '../support/program';

const never = new AbortController().signal;
const logLines: string[] = [];
const logger = createLogger('debug', { write: (line: string) => void logLines.push(line) });
/** Processes of a test, stopped after it also when it failed: an open socket would keep the run from ending. */
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop();
});

function folder(name: string): string {
  const path = mkdtempSync(join(tmpdir(), `portage-test-${name}-`));
  stops.push(() => rmSync(path, { recursive: true }));
  return path;
}

async function serve(where: string): Promise<ServingCommands | undefined> {
  const started = await serveCommands(where, { portage, environment: {}, logger });
  stops.push(() => started?.stop());
  return started;
}

async function hold(where: string): Promise<void> {
  const instance = await holdInstance(where);
  stops.push(() => instance.release());
}

async function listen(path: string, onConnection: (socket: Socket) => unknown): Promise<Server> {
  const server = createServer((socket) => void onConnection(socket));
  await new Promise<void>((listening) => server.listen(path, listening));
  stops.push(() => server.close());
  return server;
}

interface Typing {
  readonly dataDir?: string;
  readonly typed?: PassThrough;
  readonly signal?: AbortSignal;
  readonly withStacks?: boolean;
  readonly startWithinMs?: number;
}

let dataDir: string;
let portage: Portage;
let serving: ServingCommands | undefined;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'portage-test-serve-commands-'));
  const environment = {
    VAULT_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
    GOOGLE_CLIENT_ID: 'an-id',
    GOOGLE_CLIENT_SECRET: 'a-secret',
  };
  await fillDataFolder(dataDir);
  portage = await openPortage(loadConfig({ ...environment, DATA_DIR: dataDir, TEMPORAL_ADDRESS: '127.0.0.1:9' }));
  serving = await serveCommands(dataDir, { portage, environment: {}, logger });
});
afterAll(async () => {
  await serving?.stop();
  await portage.close();
  rmSync(dataDir, { recursive: true });
});

/** Types a command in a terminal of its own; `remarks` is its output so far. */
function type(words: readonly string[], { typed, signal = never, ...where }: Typing = {}) {
  const [out, remarks] = [new PassThrough(), new PassThrough()];
  const terminal: CommandTerminal = { out, remarks, width: typed && 100, answers: typed };
  let written = '';
  remarks.on('data', (chunk: Buffer) => (written += chunk.toString()));
  const done = async () => {
    const command = { dataDir, terminal, arguments: words, withStacks: false, ...where };
    const code = await sendToInstance(command, signal).finally(() => out.end());
    return { code, out: await text(out), remarks: written };
  };
  return { remarks: () => written, ended: done() };
}
const run = (...words: string[]) => type(words).ended;

describe('a command during a running instance', () => {
  it('makes an API key that is good', async () => {
    const { code, out, remarks } = await run('api-keys', 'create', 'My app ✓\u2028');
    expect(code).toBe(0);
    expect(remarks).toMatch(
      /^Key \w+ of My app ✓\u2028 \(\w+\); it is not shown again:\nAnyone with the key can send users to any https address/,
    );
    expect(await portage.hostApps.findByApiKey(out.trim())).toBeDefined();
    expect((await run('api-keys', 'list')).out).toMatch(
      /active {2}connect,read {2}never expires {2}last used \S+ {2}My app ✓/,
    );
  });

  it('lists and shows consents, and ends with the command’s exit code', async () => {
    const consentId = await createStage(portage.database.db, portage.vault).consent();
    expect(await run('consents', 'list')).toMatchObject({ code: 0, out: expect.stringContaining(consentId) as string });
    expect(await run('records', consentId, '--counts')).toMatchObject({ code: 0 });
    expect(await run('verify', 'exp_none')).toEqual({ code: 1, out: '', remarks: 'There is no export exp_none.\n' });
    expect(await run('consents', 'show', 'con_none')).toEqual({
      code: 1,
      out: '',
      remarks: 'There is no such consent: con_none.\nLook for its id with "portage consents list".\n',
    });
  });

  it('prints its usage, and leaves the instance running', async () => {
    expect(await run('consents', '--help')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Usage: portage consents /) as string,
    });
    const wrong = await run('consents', 'list', '--limit', '0');
    expect(wrong).toMatchObject({ code: 1, out: '' });
    expect(wrong.remarks).toContain('It is not a whole number from 1 to 1000.');
    expect((await run('consents')).code).toBe(1);
  });

  it('may be "migrate", which finds nothing to do', async () => {
    const { code, out, remarks } = await run('migrate');
    expect([code, out]).toEqual([0, 'The database is up to date.\n']);
    // Temporal is not running; the command says so, and names the command to run.
    expect(remarks).toContain('(127.0.0.1:9 does not answer)');
    expect(remarks).toContain('temporal operator search-attribute create --address 127.0.0.1:9');
  });

  it('asks on the terminal where it was typed', async () => {
    const consentId = await createStage(portage.database.db, portage.vault).consent();
    const typed = new PassThrough();
    const command = type(['consents', 'delete', consentId], { typed });
    await until('the question', () => (command.remarks().includes('Continue? [y/N]') ? true : undefined));
    typed.write('n\n');
    expect(await command.ended).toMatchObject({
      code: 1,
      remarks: expect.stringContaining('Nothing was done.') as string,
    });
    expect(await run('consents', 'delete', consentId)).toMatchObject({
      code: 1,
      remarks: 'There is no terminal for the question, so nothing was done. Add --yes to confirm.\n',
    });
  });

  it('is given up with the process that it was typed in', async () => {
    const consentId = await createStage(portage.database.db, portage.vault).consent();
    const controller = new AbortController();
    const command = type(['consents', 'delete', consentId], { typed: new PassThrough(), signal: controller.signal });
    await until('the question', () => (command.remarks().includes('Continue? [y/N]') ? true : undefined));
    controller.abort(new Error('SIGINT'));
    await expect(command.ended).rejects.toThrow('SIGINT');
    expect((await portage.consents.find(consentId))?.state).toBe('active');
    expect((await run('migrate')).code).toBe(0);
  });

  it('prints a failure without its stack, unless requested', async () => {
    const words = 'There is no such consent: con_none.\nLook for its id with "portage consents list".\n';
    expect(await run('consents', 'pause', 'con_none')).toEqual({ code: 1, out: '', remarks: words });
    const long = await type(['consents', 'pause', 'con_none'], { withStacks: true }).ended;
    expect(long.remarks.startsWith(words)).toBe(true);
    expect(long.remarks).toMatch(/\n +at /);
  });
});

describe('the socket of an instance', () => {
  it('is this user’s alone, for any umask, and replaces one that was left behind', async () => {
    const own = folder('socket');
    writeFileSync(join(own, 'commands.sock'), 'left behind');
    const before = process.umask(0);
    await serve(own).finally(() => process.umask(before));
    expect(statSync(join(own, 'commands.sock')).mode & 0o777).toBe(0o600);
    expect((await type(['migrate'], { dataDir: own }).ended).code).toBe(0);
  });

  it('does without in a folder whose path is too long', async () => {
    const long = join(folder('long'), 'x'.repeat(100));
    mkdirSync(long);
    expect(await serve(long)).toBeUndefined();
    await hold(long);
    await expect(type(['migrate'], { dataDir: long }).ended).rejects.toThrow(/too long for a socket/);
    // From inside, the way is short.
    expect(commandSocketPath(join(process.cwd(), '.portage'))).toBe('.portage/commands.sock');
  });

  it('closes a connection that sends something else, and continues', async () => {
    const path = commandSocketPath(dataDir) ?? '';
    for (const written of ['GET / HTTP/1.1\r\n\r\n', `${'x'.repeat(300_000)}\n`, '{"arguments":["migrate"]}\n']) {
      const socket = connect(path);
      socket.on('error', () => undefined);
      socket.write(written);
      expect(await text(socket).catch(() => '')).toBe('');
    }
    expect(logLines.filter((line) => line.includes('a command was not understood'))).toHaveLength(3);
    expect((await run('migrate')).code).toBe(0);
  });

  it('carries any bytes, in pieces, as they are', async () => {
    const bytes = randomBytes(300_000);
    const path = join(folder('bytes'), 'bytes.sock');
    await listen(path, (socket) => outputOver(socket, 'out').end(bytes, () => socket.end()));
    const lines: Buffer[] = [];
    for await (const line of readLines(connect(path))) {
      const parsed = instanceLine.parse(JSON.parse(line));
      if ('out' in parsed) lines.push(Buffer.from(parsed.out, 'base64'));
    }
    expect(lines.length).toBeGreaterThan(1);
    expect(Buffer.concat(lines).equals(bytes)).toBe(true);
  });
});

describe('without an instance that listens', () => {
  let own: string;
  beforeEach(() => {
    own = folder('no-instance');
  });

  it('a command is left to the process that it was typed in: no folder, no instance, one that was killed', async () => {
    expect((await type(['migrate'], { dataDir: join(own, 'nowhere') }).ended).code).toBeUndefined();
    expect((await type(['migrate'], { dataDir: own }).ended).code).toBeUndefined();
    // A server removes its socket by its first name; under another one it stays, as that of an instance that was killed.
    const killed = await listen(join(own, 'first-name.sock'), () => undefined);
    renameSync(join(own, 'first-name.sock'), join(own, 'commands.sock'));
    killed.close();
    writeFileSync(join(own, 'instance.json'), JSON.stringify({ pid: 2 ** 22 + 1, urls: {}, temporalAddress: null }));
    expect((await type(['migrate'], { dataDir: own }).ended).code).toBeUndefined();
  });

  it('it waits for an instance that is starting', async () => {
    await hold(own);
    const command = type(['migrate'], { dataDir: own });
    await until('the remark', () => (command.remarks().includes('is starting; waiting for it') ? true : undefined));
    await serve(own);
    expect(await command.ended).toMatchObject({ code: 0, out: 'The database is up to date.\n' });
  });

  it('it reports that the instance takes too long', async () => {
    await hold(own);
    const refused = type(['migrate'], { dataDir: own, startWithinMs: 0 }).ended;
    await expect(refused).rejects.toThrow(
      `Portage runs in the data folder ${own} (process ${process.pid}) and does not take commands yet.`,
    );
  });

  it('it reports that the instance ends before it', async () => {
    await listen(join(own, 'commands.sock'), (socket) => socket.once('data', () => socket.destroy()));
    await expect(type(['migrate'], { dataDir: own }).ended).rejects.toThrow(
      /ended before it had finished the command\. Repeat the command/,
    );
  });
});
