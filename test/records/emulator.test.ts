/** Archives of the emulator, every resource in four languages: all entries are read, none is unknown. */
import { Ajv2020 } from 'ajv/dist/2020';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { isKind, kinds, type KindName } from '../../src/records/kinds';
import { readers } from '../../src/records/readers';
import { unzip } from '../emulator/archive-reader';
import { startTestEmulator } from '../emulator/harness';
import { accounts, exportAll } from './emulator';
import { readZips, type Reading } from './fixtures';
import { allTests, longIt } from '../support/long';

const small = { mediaBytes: 2_000, mediaFiles: 3 };
const readable = new Set(Object.values(readers).flatMap(({ resources }) => resources));

async function textOf(zips: readonly Buffer[]): Promise<string> {
  const files = await Promise.all(zips.map(unzip));
  return files.flatMap((each) => [...each.values()].map((bytes) => bytes.toString('utf8'))).join('\n');
}

/** How many entries the files of an archive hold, counted by other means. */
async function entriesIn(zips: readonly Buffer[]): Promise<number> {
  let count = 0;
  for (const zip of zips) {
    for (const [path, bytes] of await unzip(zip)) {
      if (path.endsWith('archive_browser.json')) continue;
      const text = bytes.toString('utf8');
      // An order is one object, whose lists are parts of it.
      if (/(Purchase|Reservation)_\d+\.json$/.test(path)) count += 1;
      else if (path.endsWith('.json')) count += entriesOf(JSON.parse(text));
      else if (path.endsWith('.html')) count += text.split('<DT>').length - 1;
      else if (path.endsWith('.csv')) count += rowsOf(text);
      else if (path.endsWith('.kmz')) count += await placesIn(bytes);
      // A text in place of an empty sheet holds no entry.
      else if (!path.endsWith('.txt')) count += 1;
    }
  }
  return count;
}

/** The map itself, its places, and each of its pictures. */
async function placesIn(map: Buffer): Promise<number> {
  const files = await unzip(map);
  const kml = files.get('doc.kml')?.toString('utf8') ?? '';
  return kml.split('<Placemark>').length - 1 + files.size;
}

function entriesOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + entriesWithin(each), 0);
  const lists = Object.values(value as object).filter(Array.isArray);
  // Autofill is one object, or the sentence in its place.
  const single = (value as { Autofill?: unknown }).Autofill;
  const singles = single === undefined || Array.isArray(single) ? 0 : 1;
  return lists.length === 0 ? 1 : lists.reduce((sum, list) => sum + entriesOf(list), singles);
}

/** A conversation holds its messages, and a review may be published and also have a draft. */
function entriesWithin(element: unknown): number {
  if (typeof element !== 'object' || element === null) return 1;
  const { messages, properties } = element as { messages?: unknown; properties?: object };
  if (Array.isArray(messages)) return messages.length;
  const names = Object.keys({ ...element, ...properties });
  const ends = ['_published', '_draft'].filter((end) => names.some((name) => name.endsWith(end)));
  return Math.max(1, ends.length);
}

/** Rows that are neither header, description nor empty; line breaks in cells do not end a row. */
function rowsOf(text: string): number {
  const rows = text.replaceAll(/"(?:[^"]|"")*"/g, 'cell').split(/\r?\n/);
  const header = rows.findIndex((row) => row.includes(','));
  return rows.slice(Math.max(header, 0) + 1).filter((row) => /[^,]/.test(row)).length;
}

const read = (name: string, zips: readonly Buffer[]) => readZips(zips, { resources: [name] });

/** One of the languages shows the same as all of them. */
const languages = allTests ? accounts : { de: accounts.de };

describe('archives of the emulator', () => {
  const validate = new Map<string, (record: object) => boolean>();
  const ajv = new Ajv2020({ strict: true, validateFormats: false });
  for (const kind of Object.keys(kinds)) {
    const schema = JSON.parse(readFileSync(join(__dirname, '../../docs/schemas', `${kind}.json`), 'utf8')) as object;
    validate.set(kind, ajv.compile(schema));
  }

  it.each(Object.entries(languages))(
    'D50: are read whole in %s, as typed records or described files',
    async (_name, account) => {
      const emulator = await startTestEmulator({ jobs: small, longestAuthorizeUrl: 0 });
      for (const [name, zips] of await exportAll(emulator, account)) {
        const { summary, records } = await read(name, zips);
        // An account with encrypted data has a sentence in place of the data, and an empty sheet may be a text instead.
        const isEncrypted = (await textOf(zips)).includes('Your data is encrypted and cannot be exported');
        expect([name, summary.verdict, Object.keys(summary.problemCounts)]).toEqual([
          name,
          ...(isEncrypted ? ['partial', ['encrypted']] : ['complete', []]),
        ]);
        expect(Object.keys(summary.noticeCounts).filter((notice) => notice !== 'no_data_text')).toEqual([]);
        if (isEncrypted) continue;
        const invalid = records.filter((record) => validate.get(record.kind)?.(record) !== true);
        expect([name, invalid.slice(0, 1)]).toEqual([name, []]);
        expect(new Set(records.map(({ key }) => key)).size).toBe(records.length);
        if (!readable.has(name)) {
          expect([name, new Set(records.map(({ kind }) => kind))]).toEqual([name, new Set(['file'])]);
          continue;
        }
        expect([name, records.length]).toEqual([name, await entriesIn(zips)]);
        const kindsOfResource = new Set<string>(
          Object.values(readers).flatMap((reader) => (reader.resources.includes(name) ? reader.kinds : [])),
        );
        for (const { kind, resource } of records) {
          expect(resource).toBe(name);
          if (kind !== 'file') expect([name, kind, kindsOfResource.has(kind)]).toEqual([name, kind, true]);
        }
      }
    },
  );

  longIt('D50: give the same kinds and fields in every language, with times where English has them', async () => {
    const shapes = new Map<string, string>();
    for (const [locale, account] of Object.entries(accounts)) {
      const emulator = await startTestEmulator({ jobs: small, longestAuthorizeUrl: 0 });
      for (const [name, zips] of await exportAll(emulator, account, [...readable])) {
        const { records } = await read(name, zips);
        const seen = new Map<string, { timed: boolean; fields: Set<string> }>();
        for (const { kind, occurredAt, data } of records) {
          const shape = seen.get(kind) ?? { timed: false, fields: new Set() };
          seen.set(kind, shape);
          shape.timed ||= occurredAt !== undefined;
          for (const field of kinds[kind].required) if (field in data) shape.fields.add(field);
        }
        // Not every account has every kind.
        for (const [kind, { timed, fields }] of seen) {
          const shape = JSON.stringify([timed, [...fields].toSorted()]);
          const known = shapes.get(`${name} ${kind}`);
          if (known === undefined) shapes.set(`${name} ${kind}`, shape);
          else expect([name, kind, locale, shape]).toEqual([name, kind, locale, known]);
        }
      }
      await emulator.stop();
    }
  });

  it('D52: that drifted are read as far as they can be, with a notice and the missing fields', async () => {
    const emulator = await startTestEmulator({ jobs: { ...small, content: 'drifted' } });
    const plain = await startTestEmulator({ jobs: small });
    const names = ['myactivity.youtube', 'chrome.history', 'maps.reviews', 'youtube.subscriptions', 'play.installs'];
    const expected = await exportAll(plain, accounts.en, names);
    for (const [name, zips] of await exportAll(emulator, accounts.en, names)) {
      const { summary, records } = await read(name, zips);
      expect([name, records.length]).toEqual([name, await entriesIn(expected.get(name) ?? [])]);
      expect([name, (summary.noticeCounts['drift'] ?? 0) > 0]).toEqual([name, true]);
      const lacking = name === 'myactivity.youtube' || name === 'chrome.history';
      expect([name, summary.verdict]).toEqual([name, lacking ? 'partial' : 'complete']);
      if (lacking) expect(summary.problemCounts['missing_field']).toBeGreaterThanOrEqual(records.length);
      // No value of the user is in the summary.
      const summaryText = JSON.stringify({ ...summary, counts: [] });
      for (const { data } of records.slice(0, 5)) {
        for (const value of Object.values(data))
          if (typeof value === 'string' && value.length > 3) expect(summaryText).not.toContain(value);
      }
    }
  });

  it('D12: with a broken member keep the entries before the fault and report its place', async () => {
    const emulator = await startTestEmulator({ jobs: { ...small, content: 'broken' } });
    for (const [name, zips] of await exportAll(emulator, accounts.en, [
      'myactivity.search',
      'chrome.history',
      'youtube.comments',
      'maps.reviews',
    ])) {
      const { summary, records } = await read(name, zips);
      expect([name, summary.verdict]).toEqual([name, 'partial']);
      expect([name, summary.problems.length]).toEqual([name, 1]);
      expect(summary.problems[0]?.kind).toBe('truncated');
      expect(typeof summary.problems[0]?.part).toBe('number');
      expect(typeof summary.problems[0]?.entry).toBe('number');
      expect(records.length).toBeGreaterThan(5);
    }
  });

  it('match videos and photos with their media', async () => {
    const emulator = await startTestEmulator({ jobs: small });
    const exported = await exportAll(emulator, accounts.de, ['youtube.public_videos', 'maps.photos_videos']);
    for (const [name, zips] of exported) {
      const { records } = await read(name, zips);
      const files = new Map(
        records
          .filter(({ kind, data }) => kind === 'file' && !(data['path'] as string).endsWith('.csv'))
          .map(({ source }) => [`${source.part}/${source.entry}`, source]),
      );
      expect(files.size).toBe(3);
      const described = records.filter(({ kind }) => kind === 'video' || kind === 'photo');
      expect(described).toHaveLength(3);
      const names = described.map(({ data }) => {
        const media = data['media'] as { files?: { part: number; entry: number }[]; part: number; entry: number };
        const { part, entry } = media.files?.[0] ?? media;
        return `${part}/${entry}`;
      });
      expect([name, names.toSorted()]).toEqual([name, [...files.keys()].toSorted()]);
    }
  });

  it('D47: an empty group is a success without records', async () => {
    const accountsOrder = [{ email: 'ada@example.com', name: 'Ada', emptyResources: ['maps.reviews'] }];
    const emulator = await startTestEmulator({ jobs: small, accounts: accountsOrder });
    const zips = (await exportAll(emulator, accounts.en, ['maps.reviews'])).get('maps.reviews') ?? [];
    const { summary }: Reading = await read('maps.reviews', zips);
    expect(summary).toMatchObject({ verdict: 'complete', records: 0, problems: [], members: 0 });
    expect((await readZips([], { resources: ['maps.reviews'] })).summary).toMatchObject({
      verdict: 'complete',
      records: 0,
    });
  });
});

it('names of kinds are distinguished from other words', () => {
  const all: KindName[] = ['activity', 'visit'];
  expect(all.every(isKind)).toBe(true);
  expect(isKind('toString')).toBe(false);
});
