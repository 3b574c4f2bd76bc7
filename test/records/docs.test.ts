/**
 * docs/records.md against the code: its tables are made from the kinds, and from records of the emulator's archives.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { documented } from '../../src/records/documented';
import { kinds, type KindName } from '../../src/records/kinds';
import { verbs } from '../../src/records/kinds/activity';
import { readers } from '../../src/records/readers';
import { unzip } from '../emulator/archive-reader';
import { startTestEmulator } from '../emulator/harness';
import { accounts, exportAll, resourceNames } from './emulator';
import { readZips } from './fixtures';
import { allTests } from '../support/long';

const page = join(__dirname, '..', '..', 'docs', 'records.md');

/** Files of a resource, with names that a person chose left out. */
const plainName = (path: string) =>
  path
    .split('/')
    .slice(2)
    .join('/')
    .replace(/\d[\d-]*(?=\.)/, '*')
    .replace(/^.*(-videos\.csv)$/, '*$1');

/**
 * The kinds of all readers of a resource, and `file` where its archive has such. Of a reader that reads files of several
 * resources, as that of Play does, only the kinds found in this one's archive, unless it has none of them.
 */
function kindsOf(resource: string, archived: ReadonlySet<KindName>): KindName[] {
  const listed = Object.values(readers).flatMap(({ resources, kinds: own }) => {
    if (!resources.includes(resource)) return [];
    const present = own.filter((kind) => archived.has(kind));
    return resources.length > 1 && present.length > 0 ? present : own;
  });
  return [...new Set([...listed, ...(archived.has('file') ? (['file'] as const) : [])])];
}

/** The page that describes the fields, and how much of it is known. */
function pageOf(resource: string): string {
  const { page, known, hasFields } = documented[resource] ?? { known: 'nothing', hasFields: false };
  if (page === undefined) return 'no page found';
  return `${hasFields ? 'yes' : 'no fields'}: \`${page}\`, ${known}`;
}

async function resourceTable(): Promise<string> {
  const emulator = await startTestEmulator({ jobs: { mediaBytes: 100, mediaFiles: 1 }, longestAuthorizeUrl: 0 });
  const rows: string[] = [];
  for (const [name, zips] of await exportAll(emulator, accounts.en)) {
    const files = new Set<string>();
    for (const zip of zips) {
      for (const path of (await unzip(zip)).keys()) {
        if (path.endsWith('archive_browser.json')) continue;
        if (name === 'saved.collections') files.add('*.csv');
        else if (name === 'mymaps.maps') files.add('*.kmz');
        else files.add(/^Portability\/YouTube[^/]*\/videos\//.test(path) ? 'videos/*' : plainName(path));
      }
    }
    const { records } = await readZips(zips, { resources: [name] });
    const listed = kindsOf(name, new Set(records.map(({ kind }) => kind)))
      .map((kind) => `\`${kind}\``)
      .join(', ');
    const isRaw = !Object.values(readers).some(({ resources }) => resources.includes(name));
    const list = [...files]
      .toSorted()
      .map((file) => `\`${file}\``)
      .join(', ');
    rows.push(`| \`${name}\` | ${pageOf(name)} | ${list} | ${isRaw ? `raw: ${listed}` : listed} |`);
  }
  return ['| Resource | Documented | Files | Kinds |', '| --- | --- | --- | --- |', ...rows.toSorted()].join('\n');
}

function kindTable(): string {
  const rows = Object.entries(kinds).map(([name, { title, schema, mapping }]) => {
    const fields = Object.keys(schema.shape)
      .map((field) => `\`${field}\``)
      .join(', ');
    return `| \`${name}\` | ${title} | ${fields === '' ? 'as Google writes them' : fields} | ${mapping ?? ''} |`;
  });
  return ['| Kind | What it is | Fields of `data` | Corresponds to |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function verbTable(): string {
  const rows = Object.entries(verbs).map(
    ([name, { meaning, activityStreams, schemaOrg }]) =>
      `| \`${name}\` | ${meaning} | \`${activityStreams}\` | \`${schemaOrg}\` |`,
  );
  return ['| Verb | Meaning | ActivityStreams 2.0 | schema.org |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** Column widths are the formatter's business. */
const plain = (markdown: string) => markdown.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---').trim();

it('every resource is listed, and one whose fields are documented is never raw', () => {
  expect(Object.keys(documented).toSorted()).toEqual([...resourceNames].toSorted());
  const readable = new Set(Object.values(readers).flatMap(({ resources }) => resources));
  const raw = Object.entries(documented).filter(([name, { hasFields }]) => hasFields && !readable.has(name));
  expect(raw).toEqual([]);
});

/** That of the resources takes the archives of all of them. */
const tables: [string, () => Promise<string>][] = [
  ['kinds', () => Promise.resolve(kindTable())],
  ['verbs', () => Promise.resolve(verbTable())],
  ...(allTests || process.env['UPDATE_DOCS'] === '1'
    ? [['resources', resourceTable] as [string, typeof resourceTable]]
    : []),
];

it.each(tables)('docs/records.md holds the table of %s (UPDATE_DOCS=1 writes it)', async (name, table) => {
  const between = new RegExp(`(<!-- ${name} -->\n)([^]*?)(<!-- end of ${name} -->)`);
  const expected = await table();
  if (process.env['UPDATE_DOCS'] === '1') {
    const text = readFileSync(page, 'utf8');
    writeFileSync(
      page,
      text.replace(between, (_all, start: string, _old, end: string) => `${start}\n${expected}\n\n${end}`),
    );
  }
  expect(plain(between.exec(readFileSync(page, 'utf8'))?.[2] ?? '')).toBe(plain(expected));
});
