/**
 * One byte of one file is changed: the file is read, or its loss is reported with its place. Records are gone only
 * where as many records came in its place: a byte of a title is another title.
 */
import fc from 'fast-check';

import { readers } from '../../src/records/readers';
import { unzip } from '../emulator/archive-reader';
import { startTestEmulator } from '../emulator/harness';
import { testSeed } from '../support/seed';
import { accounts, exportAll } from './emulator';
import { memoryStore, readFile, type MemoryStore, type Reading } from './fixtures';

interface Subject {
  readonly resource: string;
  readonly path: string;
  readonly bytes: Buffer;
}

/** Lines of a table, and entries of a list, that are kept of a file of the emulator's. */
const kept = 6;

function shortened(path: string, bytes: Buffer): Buffer | undefined {
  const text = bytes.toString();
  if (path.endsWith('.csv')) return Buffer.from(`${text.split('\n').slice(0, kept).join('\n').trimEnd()}\n`);
  if (path.endsWith('.json')) {
    const few = (_key: string, value: unknown) => (Array.isArray(value) ? value.slice(0, kept) : value);
    return Buffer.from(JSON.stringify(JSON.parse(text, few), null, 2));
  }
  return bytes.length < 10_000 ? bytes : undefined;
}

const block = (title: string, time: string) =>
  `<div class="outer-cell mdl-cell"><div class="mdl-grid"><div class="header-cell mdl-cell"><p>YouTube<br></p></div><div class="content-cell mdl-cell mdl-typography--body-1">${title}<br>${time}<br></div><div class="content-cell mdl-cell mdl-typography--body-1 mdl-typography--text-right"></div><div class="content-cell mdl-cell mdl-typography--caption"><b>Products:</b><br>&emsp;YouTube<br></div></div></div>`;
const times = ['Oct 30, 2025, 1:05:00 PM PDT', 'Oct 29, 2025, 1:05:00 PM PDT', 'Oct 28, 2025, 1:05:00 PM PDT'];

/** Forms that the emulator does not write. */
const handMade: readonly Subject[] = [
  {
    ...{ resource: 'myactivity.youtube', path: 'My Activity/YouTube/MyActivity.html' },
    bytes: Buffer.from(
      `<html><head><style>body{}</style></head><body>${times.map((each, at) => block(`Watched ${at}`, each)).join('')}</body></html>`,
    ),
  },
  {
    ...{ resource: 'chrome.bookmarks', path: 'Chrome/Bookmarks.html' },
    bytes: Buffer.from(
      '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<DL><p>\n<DT><H3>Oven</H3>\n<DL><p>\n<DT><A HREF="https://example.org/1" ADD_DATE="1700000000">One</A>\n<DT><A HREF="https://example.org/2" ADD_DATE="1700000001">Two</A>\n<DD>A note\n</DL><p>\n<DT><A HREF="https://example.org/3" ADD_DATE="1700000002">Three</A>\n</DL><p>\n',
    ),
  },
  {
    ...{ resource: 'youtube.private_playlists', path: 'YouTube/playlists/Bread.csv' },
    bytes: Buffer.from(
      'Playlist Id,Channel Id,Time Created,Time Updated,Title,Description,Visibility\nPLaaaaaaaaaa,UCaaaaaaaaaaaaaaaaaaaaaa,2020-01-01 10:00:00 UTC,2020-01-02 10:00:00 UTC,Bread,"All, of it",Private\n\nVideo Id,Time Added\naaaaaaaaaa1,2020-01-01 10:00:00 UTC\naaaaaaaaaa2,2020-01-02 10:00:00 UTC\n',
    ),
  },
];

/** A file of each form of each resource that is read into records. */
export async function subjects(): Promise<Subject[]> {
  const emulator = await startTestEmulator({ jobs: { mediaBytes: 100, mediaFiles: 1 }, longestAuthorizeUrl: 0 });
  const names = [...new Set(Object.values(readers).flatMap(({ resources }) => resources))];
  const collected = [...handMade];
  for (const [resource, zips] of await exportAll(emulator, accounts.en, names)) {
    for (const zip of zips) {
      for (const [member, whole] of await unzip(zip)) {
        const path = member.replace('Portability/', '');
        if (!/\.(?:csv|json|html)$/.test(path) || path.endsWith('archive_browser.json')) continue;
        const bytes = shortened(path, whole);
        if (bytes !== undefined) collected.push({ resource, path, bytes });
      }
    }
  }
  return collected;
}

/** A spell checker's file has one word a line, without a form: two joined words are a word. */
const isOneColumn = ({ resource }: Subject) => resource === 'chrome.dictionary';

function expectReported(subject: Subject, before: Reading, { summary, records }: Reading): void {
  expect(summary.problemCounts['reader_failed']).toBeUndefined();
  expect(records.length).toBe(summary.records);
  // A problem names the file, and where it is one of an entry, the entry.
  for (const problem of summary.problems) expect(problem).toMatchObject({ part: 1, entry: 1 });
  if (summary.verdict === 'partial' || isOneColumn(subject)) {
    if (summary.verdict === 'partial') expect(summary.gone).toBeUndefined();
    return;
  }
  expect(summary.records).toBeGreaterThanOrEqual(before.summary.records);
  expect(summary.gone ?? 0).toBeLessThanOrEqual(summary.new + summary.changed);
}

/**
 * Changes one byte at a time. A failure prints seed and path; `TEST_SEED=…` draws others.
 *
 * @param runs how many
 */
export async function mutate(runs: number): Promise<void> {
  const files = await subjects();
  const unchanged = new Map<Subject, { readonly before: Reading; readonly store: MemoryStore }>();
  const readUnchanged = async (subject: Subject) => {
    const store = memoryStore();
    const before = await readFile(subject.resource, subject.path, subject.bytes, { folder: 'before' }, store);
    const reading = { before, store };
    unchanged.set(subject, reading);
    return reading;
  };
  const mutation = fc.record({
    file: fc.nat({ max: files.length - 1 }),
    at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    byte: fc.oneof(fc.constantFrom(...Buffer.from('",\n{}[]<>:\\&\r\0 ')), fc.integer({ min: 0, max: 255 })),
  });
  process.stdout.write(`mutations: seed ${testSeed}, ${files.length} files\n`);
  await fc.assert(
    fc.asyncProperty(mutation, async ({ file, at, byte }) => {
      const subject = files[file] as Subject;
      const { before, store } = unchanged.get(subject) ?? (await readUnchanged(subject));
      const bytes = Buffer.from(subject.bytes);
      const place = Math.floor(at * bytes.length);
      bytes[place] = byte;
      const options = { previousFolder: 'before', folder: 'after' };
      const after = await readFile(subject.resource, subject.path, bytes, options, store);
      try {
        expectReported(subject, before, after);
      } catch (error) {
        const around = bytes.subarray(Math.max(0, place - 60), place + 60).toString();
        throw new Error(`${subject.resource} ${subject.path}, byte ${place}:\n${around}`, { cause: error });
      }
    }),
    { numRuns: runs },
  );
}
