// Records: from a stored archive to keyed, compressed records, against Python's parsing alone of the same file.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compare } from './compare.mjs';
import { activity, at, visit } from './entries.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const { ZipFile } = createRequire(import.meta.url)('yazl');

const comment = (number) =>
  `Ug${number.toString(36).padStart(22, 'x')},UCaaaaaaaaaaaaaaaaaaaaaa,${at(number)},0,,,dQw4w9WgXcQ,"{""text"":""a comment, number ${number}""}",\n`;

const files = [
  {
    ...{ what: 'My Activity JSON', resource: 'myactivity.youtube', share: 1, python: 'json', head: '[', tail: '\n]\n' },
    ...{
      path: 'My Activity/YouTube/MyActivity.json',
      text: (n) => `${n ? ',' : ''}\n${JSON.stringify(activity(n), null, 2)}`,
    },
  },
  {
    ...{ what: 'history JSON', resource: 'chrome.history', share: 1, python: 'json', tail: '\n]}\n' },
    ...{
      head: '{"Browser History": [',
      path: 'Chrome/History.json',
      text: (n) => `${n ? ',' : ''}\n${JSON.stringify(visit(n), null, 2)}`,
    },
  },
  {
    ...{
      what: 'CSV',
      resource: 'youtube.comments',
      share: 0.5,
      python: 'csv',
      tail: '',
      path: 'YouTube/comments.csv',
      text: comment,
    },
    head: 'Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Post ID,Video ID,Comment Text,Top-Level Comment ID\n',
  },
];

const python = {
  json: 'import json,sys,time\nt=time.time()\njson.load(open(sys.argv[1]))\nprint(time.time()-t)',
  csv: 'import csv,sys,time\nt=time.time()\nlist(csv.reader(open(sys.argv[1],newline="")))\nprint(time.time()-t)',
};
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

/** @param args size of the JSON files in MB for a shorter run, for example `records 100` */
export async function bench([megabytes]) {
  const size = (megabytes === undefined ? 1_000 : Number(megabytes)) * 1e6;
  const pin = canPin() ? ['taskset', '-c', '0'] : [];
  console.log(pin.length > 0 ? 'both on one core' : 'taskset is missing: not pinned to one core');
  const folder = mkdtempSync(join(tmpdir(), 'portage-records-'));
  try {
    for (const file of files) await one(file, size * file.share, folder, pin);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function one(file, size, folder, pin) {
  const plain = join(folder, 'plain');
  const zip = join(folder, 'archive.zip');
  await write(plain, file, size);
  await pack(plain, zip, `Portability/${file.path}`);
  const { size: bytes } = statSync(plain);
  const small = join(folder, 'small');
  await write(small, file, size / 20);
  await pack(small, `${small}.zip`, `Portability/${file.path}`);
  const ours = (archive) => {
    const script = join(root, 'dist/records/read/reading-thread.js');
    const out = join(folder, 'out');
    rmSync(out, { recursive: true, force: true });
    return JSON.parse(call(pin, process.execPath, ['-e', reading, script, archive, file.resource, out]));
  };
  const few = ours(`${small}.zip`);
  let last = few;
  await compare(`${(bytes / 1e6).toFixed(0)} MB of ${file.what}`, 'MB/s', 3, {
    ours: () => {
      last = ours(zip);
      if (last.verdict !== 'complete') throw new Error('the archive was not read completely');
      return bytes / 1e6 / last.seconds;
    },
    rival: () => bytes / 1e6 / Number(call(pin, 'python3', ['-c', python[file.python], plain])),
    rivalName: file.python === 'json' ? 'Python’s json.load' : 'Python’s csv.reader',
  });
  console.log(
    `${Math.round(last.records / last.seconds)} records/s; peak memory ${last.peak} MiB, ${few.peak} MiB at a twentieth`,
  );
}

async function write(path, { head, tail, text }, size) {
  const out = createWriteStream(path);
  out.write(head);
  let written = 0;
  for (let number = 0; written < size;) {
    let block = '';
    for (let count = 0; count < 5_000 && written + block.length < size; count += 1, number += 1) block += text(number);
    written += block.length;
    if (!out.write(block)) await once(out, 'drain');
  }
  out.end(tail);
  await once(out, 'close');
}

async function pack(from, to, name) {
  const zip = new ZipFile();
  zip.addFile(from, name);
  zip.end();
  await once(zip.outputStream.pipe(createWriteStream(to)), 'close');
}

const call = (pin, command, args) => {
  const [first, ...rest] = [...pin, command, ...args];
  return execFileSync(first, rest, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
};

function canPin() {
  try {
    execFileSync('taskset', ['-c', '0', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
