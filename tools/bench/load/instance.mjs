// A whole instance of Portage in its own process, with a database, its Temporal, and an emulator in another process.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startGoogle } from '../lifecycle/google.mjs';
import { countMessages } from './durations.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const client = { id: 'bench', secret: 'bench-secret' };

/** So high that a benchmark never measures a limit on requests. */
const noLimits = { API_REQUESTS_PER_MINUTE: '10000000', PAGE_REQUESTS_PER_MINUTE: '1000000' };

/**
 * @param databaseUrl an empty PostgreSQL database; undefined for PGlite
 * @param jobDuration how long an archive job takes at the emulator, such as `1h`
 * @param environment more variables
 */
export async function startInstance({ databaseUrl, jobDuration, environment = {} }) {
  const folder = mkdtempSync(join(tmpdir(), 'portage-bench-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const google = await startGoogle({ root, client, jobDuration, redirectUri: `${url}/oauth/callback` });
  const child = spawn(process.execPath, [join(root, 'dist/main.js'), 'dev', '--no-sample'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      ...{ DATA_DIR: folder, PORT: String(port), PUBLIC_URL: url, DATABASE_URL: databaseUrl ?? '' },
      ...{ GOOGLE_CLIENT_ID: client.id, GOOGLE_CLIENT_SECRET: client.secret, GOOGLE_EMULATOR_URL: google.url },
      ...noLimits,
      ...environment,
    },
  });
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill();
    await exited;
    await google.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await started(child, exited);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    google,
    apiKey: readFileSync(join(folder, 'api.key'), 'utf8').trim(),
    /** Process ids by name, for the CPU that each takes. */
    pids: { 'Portage’s process': child.pid, ...temporalOf(child.pid), emulator: google.pid },
    /** The warnings in its log, with the number of each. */
    warnings: () => countMessages(warningsIn(join(folder, 'portage.log'))),
    stop,
  };
}

/** Waits for the last line of the start's output. @throws Error with the output, when the process ends before it */
async function started(child, exited) {
  let output = '';
  const ready = new Promise((resolve) => {
    child.stderr.on('data', (data) => {
      output += data;
      if (output.includes('Ctrl-C stops everything')) resolve('ready');
    });
  });
  if ((await Promise.race([ready, exited])) !== 'ready') throw new Error(`Portage did not start:\n${output}`);
}

/** Its Temporal server is a child process. Linux only; elsewhere Temporal's CPU time is not reported. */
function temporalOf(pid) {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    const server = children.find((each) => readFileSync(`/proc/${each}/comm`, 'utf8').startsWith('temporal'));
    return server === undefined ? {} : { 'Temporal’s server': Number(server) };
  } catch {
    return {};
  }
}

/** pino's level of warnings. */
const warning = 40;

function warningsIn(logFile) {
  const lines = readFileSync(logFile, 'utf8').trim().split('\n');
  const entries = lines.map((line) => JSON.parse(line)).filter(({ level }) => level >= warning);
  const words = entries.map(({ msg, err }) => [msg, err?.code ?? err?.message].filter(Boolean).join(': '));
  // The same warning from different workflow runs counts as one message.
  return words.map((each) => each.replace(/[\da-f]{8}-[\da-f-]{27}/g, '…'));
}

async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
