// Reads the records of one archive in a process of its own, as a worker does: on a thread, keyed, sorted, compressed, written.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');

const reading = `
const { createReadStream, statSync, mkdirSync, writeFileSync, readFileSync, readdirSync, rmSync, existsSync } = require('node:fs');
const { dirname, join, relative } = require('node:path');
const [script, zip, resource, out] = process.argv.slice(1);
const { readRecordsInThread } = require(script);
const at = (key) => join(out, key);
const store = {
  put: async (key, bytes) => { mkdirSync(dirname(at(key)), { recursive: true }); writeFileSync(at(key), bytes); },
  get: async (key) => readFileSync(at(key)),
  list: async (prefix) => !existsSync(out) ? [] : readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile()).map((entry) => relative(out, join(entry.parentPath, entry.name)))
    .filter((key) => key.startsWith(prefix)).sort(),
  delete: async (key) => rmSync(at(key), { force: true }),
};
const part = { number: 1, bytes: statSync(zip).size, read: (start, end) => createReadStream(zip, { start, end: end - 1, highWaterMark: 1 << 20 }) };
const startedAt = performance.now();
readRecordsInThread({ consentId: 'con', exportId: 'exp', resources: [{ name: resource, known: 'known' }], isWindowed: true, isVerified: true, folder: 'r', parts: [part], store })
  .then(({ records, verdict }) => console.log(JSON.stringify({ seconds: (performance.now() - startedAt) / 1000, records, verdict,
    peak: Math.round(process.resourceUsage().maxRSS / 1024) })));
`;

/**
 * @param checkout folder of the build that reads
 * @param out folder for the output; emptied first
 * @returns seconds, records, verdict, and peak memory in MiB
 */
export function readArchive(checkout, { zip, resource, out, pin }) {
  rmSync(out, { recursive: true, force: true });
  const script = join(checkout, 'dist/records/read/reading-thread.js');
  const read = JSON.parse(call(pin, process.execPath, ['-e', reading, script, zip, resource, out]));
  if (read.verdict !== 'complete') throw new Error(`The archive was not read completely by ${checkout}.`);
  return read;
}

/** @returns the output of a process */
export function call(pin, command, args) {
  const [first, ...rest] = [...pin, command, ...args];
  return execFileSync(first, rest, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

/** @returns the words before a command that keep it on one core; none without taskset */
export function oneCore() {
  try {
    execFileSync('taskset', ['-c', '0', 'true'], { stdio: 'ignore' });
    console.log('both on one core');
    return ['taskset', '-c', '0'];
  } catch {
    console.log('taskset is missing: not pinned to one core');
    return [];
  }
}
