/** Broken and mutated members: records before the fault are kept, the fault has a place, and nothing is lost in silence. */
import fc from 'fast-check';

import { readers } from '../../src/records/readers';
import { unzip } from '../emulator/archive-reader';
import { startTestEmulator } from '../emulator/harness';
import { accounts, exportAll } from './emulator';
import { dataOf, readFile } from './fixtures';
import { allTests } from '../support/long';

const entry = (what: number) => ({
  header: 'Search',
  title: `Searched for "${what}" }, {`,
  time: new Date(1_770_000_000_000 + what * 1_000).toISOString(),
  products: ['Search'],
});
const entries = Array.from({ length: 6 }, (_, what) => entry(what));
const path = 'My Activity/Search/MyActivity.json';

describe('JSON that breaks', () => {
  it.each([0, 2])('D12: at any byte keeps all records before the fault and reports it (indent %d)', async (indent) => {
    const text = JSON.stringify(entries, null, indent);
    const ends: number[] = [];
    for (const [at] of entries.entries()) {
      const before = JSON.stringify(entries.slice(0, at + 1), null, indent);
      ends.push(before.lastIndexOf('}') + 1);
    }
    for (let cut = 1; cut < text.length; cut += allTests ? 1 : 29) {
      const { summary, records } = await readFile('myactivity.search', path, text.slice(0, cut));
      const whole = ends.filter((end) => end <= cut).length;
      expect([cut, dataOf(records.filter(({ kind }) => kind === 'activity'))]).toEqual([cut, entries.slice(0, whole)]);
      expect([cut, summary.verdict, summary.problems.length > 0]).toEqual([cut, 'partial', true]);
    }
  });

  it('within one entry loses that entry only, where the layout is safe', async () => {
    const text = JSON.stringify(entries, null, 2);
    const broken = text.replace('"Searched for \\"2\\" }, {"', '"Searched for');
    const { summary, records } = await readFile('myactivity.search', path, broken);
    expect(dataOf(records)).toEqual(entries.filter((_, what) => what !== 2));
    expect(summary).toMatchObject({ verdict: 'partial', problems: [{ kind: 'syntax', part: 1, entry: 1, index: 2 }] });
  });

  it('D12: in its encoding, or into another format, is no success', async () => {
    const text = JSON.stringify(entries);
    const latin = Buffer.from(text.replace('Searched', 'Köln'), 'latin1');
    for (const content of [Buffer.from(`\uFEFF${text}`, 'utf16le'), '<html><body>Sorry</body></html>', latin]) {
      const { summary, records } = await readFile('myactivity.search', path, content);
      expect(summary.verdict).toBe('partial');
      expect(summary.problems.length).toBeGreaterThan(0);
      // The file is described, or the other entries were read.
      expect(records.length).toBeGreaterThan(0);
    }
  });

  it('keeps every digit of an integer beyond 2^53', async () => {
    const text = `{"Browser History":[{"url":"https://example.org/9007199254740993","time_usec":1770000000000001,"client_id":9007199254740993}]}`;
    const { records } = await readFile('chrome.history', 'Chrome/History.json', text);
    expect(records[0]?.data).toEqual({
      ...{
        url: 'https://example.org/9007199254740993',
        time_usec: 1_770_000_000_000_001,
        client_id: '9007199254740993',
      },
    });
    expect(records[0]?.occurredAt).toBe('2026-02-02T02:40:00.000001Z');
  });
});

describe('only the requested kinds', () => {
  it('D55: is stored: kinds, fields and dates are dropped before anything is written', async () => {
    const keep = { fields: { activity: ['time'] }, from: entries[2]?.time ?? '', to: entries[4]?.time ?? '' };
    const { summary, records, store } = await readFile('myactivity.search', path, JSON.stringify(entries), { keep });
    expect(dataOf(records)).toEqual([{ time: entries[2]?.time }, { time: entries[3]?.time }]);
    expect(summary).toMatchObject({ records: 2, leftOut: 4 });
    const none = await readFile('myactivity.search', path, JSON.stringify(entries), { keep: { kinds: ['visit'] } });
    expect([...none.store.objects.keys()].filter((key) => key.includes('/lines/'))).toEqual([]);
    expect(store.objects.size).toBeGreaterThan(0);
  });
});

describe('mutated members of every resource', () => {
  it('are read to the end: every fault is reported, none throws', async () => {
    const emulator = await startTestEmulator({ jobs: { mediaBytes: 100, mediaFiles: 1 }, longestAuthorizeUrl: 0 });
    const names = [...new Set(Object.values(readers).flatMap(({ resources }) => resources))];
    const files: { name: string; path: string; bytes: Buffer }[] = [];
    for (const [name, zips] of await exportAll(emulator, accounts.de, names)) {
      for (const zip of zips) {
        for (const [member, bytes] of await unzip(zip)) {
          if (member.endsWith('archive_browser.json')) continue;
          files.push({ name, path: member.replace('Portability/', ''), bytes: bytes.subarray(0, 6_000) });
        }
      }
    }
    const mutation = fc.record({
      file: fc.nat({ max: files.length - 1 }),
      changes: fc.array(fc.tuple(fc.nat({ max: 5_999 }), fc.integer({ min: 0, max: 255 })), {
        minLength: 1,
        maxLength: 8,
      }),
      cut: fc.nat({ max: 6_000 }),
    });
    await fc.assert(
      fc.asyncProperty(mutation, async ({ file, changes, cut }) => {
        const { name, path: member, bytes } = files[file] ?? { name: '', path: '', bytes: Buffer.alloc(0) };
        const mutated = Buffer.from(bytes.subarray(0, Math.max(1, cut)));
        for (const [at, byte] of changes) if (at < mutated.length) mutated[at] = byte;
        const { summary, records } = await readFile(name, member, mutated);
        // A fault of a reader of ours is none of the archive's.
        expect([name, summary.problemCounts['reader_failed']]).toEqual([name, undefined]);
        expect([name, records.length]).toEqual([name, summary.records]);
        // A header alone, lists without entries, or nothing at all, is an empty file.
        const text = mutated.toString().trim();
        const isEmpty = text.split('\n').length < 2 || /^\{(?:\s*"[^"]*":\s*\[\s*\],?)*\s*\}$/.test(text);
        if (summary.records === 0) expect([name, summary.problems.length > 0 || isEmpty]).toEqual([name, true]);
      }),
      { numRuns: allTests ? 150 : 40, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: false },
    );
  });
});
