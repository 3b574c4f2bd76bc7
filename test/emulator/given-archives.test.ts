/** Archives that a person gives: a tree, folders or ZIP files (docs/google-api.md §A1, §A2). */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ArchivesUnusable } from '../../src/emulator/archives/given/archives-unusable';
import { zipOf } from '../archive/zip';
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
      'README.md': 'next to the tree',
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

  it('recognizes localised names and accepts a folder that is the tree itself', async () => {
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

  const unpackedFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('emulator-unpacked-'));
  /** The files that are used of the folder, and the files that are left out. */
  const opened = async () => {
    const emulator = await startTestEmulator({ archivesDir: folder });
    await emulator.stop();
    return { taken: emulator.givenResources, left: emulator.givenLeft };
  };
  /** A Takeout as a person gets it, in German. */
  const takeout = {
    'YouTube und YouTube Music/Abos/Abos.csv': 'Kanal-ID\n',
    'YouTube und YouTube Music/Verlauf/Wiedergabeverlauf.html': '<html></html>',
    'YouTube und YouTube Music/Playlists/Später ansehen-Videos.csv': 'Video-ID\n',
    'YouTube und YouTube Music/Neues/etwas.csv': 'a\n',
    'Meine Aktivitäten/Google Suche/MeineAktivitäten.html': '<html></html>',
    'Mein Google-Aktivitäten-Verlauf/Maps/MeineAktivitäten.json': '[]',
    'Chrome/Verlauf.json': '{}',
    'Chrome/Gerätedaten.json': '{}',
    'Maps (Meine Orte)/Gespeicherte Orte.json': '{"features": []}',
    'Google Fotos/Fotos von 2019/1.jpg': 'a',
    'Google Fotos/Fotos von 2019/2.jpg': 'b',
    'Google Fotos/Fotos von 2020/3.jpg': 'c',
    'Google Fotos/Fotos von 2020/4.jpg': 'd',
    'E-Mail/Alle Nachrichten.mbox': 'From',
    'archive_browser.html': '<html></html>',
  };
  const ofTakeout = [
    'chrome.history',
    'maps.starred_places',
    'myactivity.maps',
    'myactivity.search',
    'myactivity.youtube',
    'youtube.public_playlists',
    'youtube.subscriptions',
  ];
  const leftOfTakeout = (prefix: string) =>
    [
      'Chrome/Gerätedaten.json',
      'E-Mail/Alle Nachrichten.mbox',
      'Google Fotos/ (4 files)',
      'YouTube und YouTube Music/Neues/etwas.csv',
    ].map((path) => `${prefix}${path}`);
  const below = (root: string) =>
    Object.fromEntries(Object.entries(takeout).map(([path, text]) => [`${root}${path}`, text]));

  it('uses known files of a whole Takeout, and names the files that it leaves out', async () => {
    write(below('Takeout/'));
    expect(await opened()).toEqual({ taken: ofTakeout, left: leftOfTakeout('Takeout/') });
    const path = 'Maps (Meine Orte)/Gespeicherte Orte.json';
    expect(String((await filesOf('maps.starred_places')).get(`Portability/${path}`))).toBe(takeout[path]);
  });

  it('takes a Takeout in a folder of its own, and a folder that is it', async () => {
    write(below('takeout-20260101T000000Z-001/Takeout/'));
    expect((await opened()).taken).toEqual(ofTakeout);
    const parent = folder;
    folder = join(folder, 'takeout-20260101T000000Z-001', 'Takeout');
    const all = await opened();
    folder = parent;
    expect(all).toEqual({ taken: ofTakeout, left: leftOfTakeout('') });
  });

  it('takes the ZIPs that a Takeout comes in, in any distribution over parts, and each file once', async () => {
    const files = Object.entries(below('Takeout/')).map(([name, content]) => ({ name, content }));
    const unpacked = 'Takeout/Chrome/Verlauf.json';
    write({
      'takeout-20260101T000000Z-001.zip': await zipOf(files.filter((_file, index) => index % 2 === 0)),
      'takeout-20260101T000000Z-002.zip': await zipOf(files.filter((_file, index) => index % 2 === 1)),
      'other.zip': await zipOf([{ name: 'notes.txt', content: 'no export' }]),
      [unpacked]: '{"there": "already"}',
    });
    const unpackedBefore = unpackedFolders();
    const { taken, left } = await opened();
    expect(taken).toEqual(ofTakeout);
    expect([...left].sort()).toEqual([...leftOfTakeout('Takeout/'), 'other.zip'].sort());

    const path = 'YouTube und YouTube Music/Abos/Abos.csv';
    expect(String((await filesOf('youtube.subscriptions')).get(`Portability/${path}`))).toBe(takeout[path]);
    const history = await filesOf('chrome.history');
    expect(String(history.get('Portability/Chrome/Verlauf.json'))).toBe('{"there": "already"}');
    expect(history.size).toBe(2);
    expect(unpackedFolders()).toEqual(unpackedBefore);
  });

  it('recognizes French, Spanish, Italian and Portuguese names', async () => {
    write({
      'Takeout/Mon activité/Recherche/MonActivité.json': '[]',
      'Takeout/YouTube y YouTube Music/suscripciones/suscripciones.csv': 'a\n',
      'Takeout/YouTube e YouTube Music/cronologia/cronologia visualizzazioni.json': '[]',
      'Takeout/Chrome/Histórico.json': '{}',
      'Takeout/Maps (vos adresses)/Avis.json': '{}',
    });
    expect(await opened()).toEqual({
      taken: ['chrome.history', 'maps.reviews', 'myactivity.search', 'myactivity.youtube', 'youtube.subscriptions'],
      left: [],
    });
  });

  it('names at most 20 files and folders that it leaves, and counts the rest', async () => {
    write({ 'Takeout/Chrome/History.json': '{}' });
    for (let number = 10; number < 40; number += 1) write({ [`Takeout/Service ${number}/file.json`]: '{}' });
    const { left } = await opened();
    expect(left).toHaveLength(21);
    expect([left[0], left[20]]).toEqual(['Takeout/Service 10/file.json', 'and 10 more']);
  });

  it('reports that nothing is known, or that a ZIP cannot be read', async () => {
    write({ 'Takeout/Google Fotos/cat.jpg': 'meow' });
    await expect(refusal()).rejects.toThrow(/holds no archives[^]*Takeout\/Google Fotos\/cat\.jpg\nPut /);
    write({ 'Takeout/Chrome/History.json': '{}', 'takeout-001.zip': 'half a download' });
    await expect(refusal()).rejects.toThrow(/takeout-001\.zip is no readable ZIP \(.*\)\. Download it again/);
    await expect(refusal()).rejects.toThrow(ArchivesUnusable);
  });

  it('reports that the folder is empty or missing', async () => {
    await expect(refusal()).rejects.toThrow(new RegExp(`${folder} holds no archives`));
    folder = join(folder, 'nowhere');
    await expect(refusal()).rejects.toThrow(/There is no folder .*nowhere/);
    folder = dirname(folder);
  });
});
