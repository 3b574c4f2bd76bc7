// My Activity as JSON and as HTML: from a stored archive to keyed, compressed records, against the parsing alone of the
// same file by the Python package google_takeout_parser.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare } from './compare.mjs';
import { activity } from './entries.mjs';
import { packArchive, writeFile } from './reading/archive-file.mjs';
import { call, oneCore, readArchive, root } from './reading/read-archive.mjs';

const date = (time) =>
  new Date(time)
    .toLocaleString('en-US', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' })
    .replace(/\s(?=[AP]M$)/, '\u202f');

/** An entry of My Activity, as its page shows it. */
function activityPage(number) {
  const { header, title, titleUrl, subtitles, time, products, activityControls } = activity(number);
  const channel = subtitles[0];
  return (
    '<div class="outer-cell mdl-cell mdl-cell--12-col mdl-shadow--2dp"><div class="mdl-grid">' +
    `<div class="header-cell mdl-cell mdl-cell--12-col"><p class="mdl-typography--title">${header}<br></p></div>` +
    '<div class="content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1">' +
    `Watched\u00a0<a href="${titleUrl}">${title.replace('Watched ', '')}</a><br>` +
    `<a href="${channel.url}">${channel.name}</a><br>${date(time)} UTC</div>` +
    '<div class="content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1 mdl-typography--text-right"></div>' +
    '<div class="content-cell mdl-cell mdl-cell--12-col mdl-typography--caption">' +
    `<b>Products:</b><br>&emsp;${products[0]}<br><b>Why is this here?</b><br>&emsp;${activityControls[0]}<br></div>` +
    '</div></div>'
  );
}

const files = [
  {
    ...{ what: 'My Activity JSON', name: 'MyActivity.json', head: '[', tail: '\n]\n' },
    text: (n) => `${n ? ',' : ''}\n${JSON.stringify(activity(n), null, 2)}`,
    parse: 'from google_takeout_parser.parse_json import _parse_json_activity as parse',
  },
  {
    ...{ what: 'My Activity HTML', name: 'MyActivity.html', tail: '</div></body></html>', text: activityPage },
    head: '<html><head><title>My Activity History</title></head><body><div class="mdl-grid">',
    parse: 'from google_takeout_parser.parse_html.activity import _parse_html_activity as parse',
  },
];

const timed = (parse) =>
  `${parse}\nimport sys,time\nfrom pathlib import Path\nt=time.time()\nn=sum(not isinstance(r,Exception) for r in parse(Path(sys.argv[1])))\nprint(time.time()-t,n)`;

/** @param args size of each file in MB, 20 by default: the rival needs about 20 times that in memory */
export async function bench([megabytes = '20']) {
  const python = rivalsPython();
  const pin = oneCore();
  const folder = mkdtempSync(join(tmpdir(), 'portage-takeout-'));
  try {
    for (const file of files) await one(file, Number(megabytes) * 1e6, { folder, pin, python });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function one({ what, name, parse, ...entries }, size, { folder, pin, python }) {
  const plain = join(folder, name);
  const zip = join(folder, 'archive.zip');
  await writeFile(plain, entries, size);
  await packArchive(plain, zip, `Portability/My Activity/YouTube/${name}`);
  const { size: bytes } = statSync(plain);
  const read = { ours: 0, rival: 0 };
  await compare(`${(bytes / 1e6).toFixed(0)} MB of ${what}`, 'MB/s', 3, {
    ours: () => {
      const { seconds, records } = readArchive(root, {
        ...{ zip, pin, resource: 'myactivity.youtube', out: join(folder, 'out') },
      });
      read.ours = records;
      return bytes / 1e6 / seconds;
    },
    rival: () => {
      const [seconds, records] = call(pin, python, ['-c', timed(parse), plain])
        .trim()
        .split(' ')
        .map(Number);
      read.rival = records;
      return bytes / 1e6 / seconds;
    },
    rivalName: 'google_takeout_parser',
  });
  console.log(`records: ours ${read.ours}, google_takeout_parser ${read.rival}`);
}

/** Installs the rival once, into a folder of the build's output, which git ignores. */
function rivalsPython() {
  const home = join(root, 'dist/google-takeout-parser');
  const python = join(home, 'bin/python');
  if (existsSync(join(home, 'installed'))) return python;
  const requirements = join(root, 'tools/google-takeout-parser/requirements.txt');
  execFileSync('python3', ['-m', 'venv', home], { stdio: 'inherit' });
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--requirement', requirements], { stdio: 'inherit' });
  execFileSync('touch', [join(home, 'installed')]);
  return python;
}
