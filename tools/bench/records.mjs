// Records: from a stored archive to keyed, compressed records, against Python's parsing alone of the same file, or
// against another checkout of Portage.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { compare } from './compare.mjs';
import { activity, at, visit } from './entries.mjs';
import { packArchive, writeFile } from './reading/archive-file.mjs';
import { call, oneCore, readArchive, root } from './reading/read-archive.mjs';

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

/**
 * @param args size of the JSON files in MB for a shorter run, and the folder of another built checkout as the rival in
 *   place of Python: for example `records 100` or `records 100 ../older`
 */
export async function bench([megabytes, checkout]) {
  const size = (megabytes === undefined ? 1_000 : Number(megabytes)) * 1e6;
  const pin = oneCore();
  const folder = mkdtempSync(join(tmpdir(), 'portage-records-'));
  try {
    for (const file of files) await one(file, size * file.share, { folder, pin, checkout });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function one(file, size, { folder, pin, checkout }) {
  const plain = join(folder, 'plain');
  const zip = join(folder, 'archive.zip');
  const out = join(folder, 'out');
  await writeFile(plain, file, size);
  await packArchive(plain, zip, `Portability/${file.path}`);
  const { size: bytes } = statSync(plain);
  const small = join(folder, 'small');
  await writeFile(small, file, size / 20);
  await packArchive(small, `${small}.zip`, `Portability/${file.path}`);
  const { resource } = file;
  const few = readArchive(root, { zip: `${small}.zip`, resource, out, pin });
  let last = few;
  const speed = (seconds) => bytes / 1e6 / seconds;
  const python3 = () => Number(call(pin, 'python3', ['-c', python[file.python], plain]));
  const parser = file.python === 'json' ? 'Python’s json.load' : 'Python’s csv.reader';
  await compare(`${(bytes / 1e6).toFixed(0)} MB of ${file.what}`, 'MB/s', 3, {
    ours: () => {
      last = readArchive(root, { zip, resource, out, pin });
      return speed(last.seconds);
    },
    rival: () =>
      speed(checkout === undefined ? python3() : readArchive(resolve(checkout), { zip, resource, out, pin }).seconds),
    rivalName: checkout ?? parser,
  });
  console.log(
    `${Math.round(last.records / last.seconds)} records/s; peak memory ${last.peak} MiB, ${few.peak} MiB at a twentieth`,
  );
}
