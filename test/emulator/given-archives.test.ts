/** Archives that a person gives: a tree, folders or ZIP files (docs/google-api.md §A1, §A2). */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fetchBytes, unzipAll } from './archive-reader';
import { consent, hour, linksOf, start, startTestEmulator } from './harness';

const activity = (title: string) =>
  JSON.stringify([{ header: 'Search', title, time: '2026-01-01T00:00:00.000Z', products: ['Search'] }]);

describe('given archives', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'emulator-given-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (files: Record<string, string | Buffer>) => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
  };
  const filesOf = async (resource: string) => {
    const emulator = await startTestEmulator({ archivesDir: folder });
    try {
      const { access_token: token } = await consent(emulator, [resource]);
      const jobId = await start(emulator, token, resource);
      emulator.control.clock.advance(hour / 2);
      return await unzipAll(await linksOf(emulator, token, jobId));
    } finally {
      await emulator.stop();
    }
  };
  const refusal = async () => {
    const emulator = await startTestEmulator({ archivesDir: folder });
    await emulator.stop();
  };

  it('assigns the folders of one tree to resources and hands the files out byte for byte', async () => {
    const tree = {
      'Portability/My Activity/Search/MyActivity.json': activity('one'),
      'Portability/My Activity/Google Lens/MyActivity.json': activity('two'),
      'Portability/My Activity/Shopping/MyActivity.json': activity('three'),
      'Portability/Chrome/History.json': '{"Browser History": []}',
      'Portability/Chrome/OS Settings.json': '{}',
      'Portability/YouTube and YouTube Music/subscriptions/subscriptions.csv': 'Channel Id\n',
      'Portability/Maps (your places)/Saved Places.json': '{"features": []}',
      'Portability/Saved/Want to go.csv': '\uFEFFTitle,Note\r\n',
      'Portability/archive_browser.json': '{}',
      'README.md': 'beside the tree',
    };
    write(tree);
    const emulator = await startTestEmulator({ archivesDir: folder });
    expect(emulator.givenResources).toEqual([
      'chrome.history',
      'chrome.settings',
      'maps.starred_places',
      'myactivity.search',
      'myactivity.shopping',
      'saved.collections',
      'youtube.subscriptions',
    ]);
    await emulator.stop();
    const files = await filesOf('myactivity.search');
    const lens = 'Portability/My Activity/Google Lens/MyActivity.json';
    const search = 'Portability/My Activity/Search/MyActivity.json';
    expect([...files.keys()].sort()).toEqual([lens, search, 'Portability/archive_browser.json']);
    expect(String(files.get(lens))).toBe(tree[lens]);
    expect(String(files.get(search))).toBe(tree[search]);
    const manifest = JSON.parse(String(files.get('Portability/archive_browser.json'))) as { totalSize: string };
    expect(manifest.totalSize).toBe(String(Buffer.byteLength(tree[lens]) + Buffer.byteLength(tree[search])));
  });

  it('knows localised names and takes a folder that is the tree itself', async () => {
    write({
      ['Meine Aktivitäten/Bildersuche/MeineAktivitäten.json'.normalize('NFD')]: '[]',
      'Chrome/Verlauf.json': '{}',
      'Gespeichert/Liste.csv': 'Titel\n',
      'YouTube en YouTube Music/abonnementen/abonnementen.csv': 'Kanaal-ID\n',
    });
    const emulator = await startTestEmulator({ archivesDir: folder });
    await emulator.stop();
    expect(emulator.givenResources).toEqual([
      'chrome.history',
      'myactivity.search',
      'saved.collections',
      'youtube.subscriptions',
    ]);
  });

  it('takes folders named after resources', async () => {
    write({
      'chrome.dictionary/Dictionary.csv': 'word\n',
      'fitbit.device_events/Portability/Fitbit/events.json': '[]',
    });
    expect([...(await filesOf('chrome.dictionary')).keys()]).toContain('Portability/Chrome/Dictionary.csv');
    expect([...(await filesOf('fitbit.device_events')).keys()]).toContain('Portability/Fitbit/events.json');
  });

  it('hands a ready ZIP out as the part it is, and several in one folder as several parts', async () => {
    const bytes = Buffer.from('PK\x05\x06'.padEnd(22, '\0'), 'latin1');
    write({ 'chrome.history.zip': bytes, 'myactivity.maps/1.zip': bytes, 'myactivity.maps/2.zip': bytes });
    const emulator = await startTestEmulator({ archivesDir: folder });
    const { access_token: token } = await consent(emulator, ['chrome.history', 'myactivity.maps']);
    const jobs = [await start(emulator, token, 'chrome.history'), await start(emulator, token, 'myactivity.maps')];
    emulator.control.clock.advance(hour / 2);
    const [one, two] = await Promise.all(jobs.map((jobId) => linksOf(emulator, token, jobId)));
    expect(one).toHaveLength(1);
    expect(two).toHaveLength(2);
    expect(await fetchBytes(String(one?.[0]))).toEqual(bytes);
    await emulator.stop();
  });

  it('names files that belong to no resource, and what to do with them', async () => {
    write({ 'Portability/My Activity/Search/MyActivity.json': '[]', 'Portability/Photos/cat.jpg': 'meow' });
    await expect(refusal()).rejects.toThrow(/Photos\/cat\.jpg[^]*folder named after their resource/);
  });

  it('says so when the folder is empty or missing', async () => {
    await expect(refusal()).rejects.toThrow(new RegExp(`${folder} holds no archives`));
    folder = join(folder, 'nowhere');
    await expect(refusal()).rejects.toThrow(/There is no folder .*nowhere/);
    folder = dirname(folder);
  });
});
