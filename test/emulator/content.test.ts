/** Generated archives: reproducible, growing with the clock, in four languages, in documented shapes (§A1–§A9). */
import type { AccountOrder, Emulator, EmulatorOptions } from '../../src/emulator';
import { resourceOfPath } from '../../src/emulator/archives/given/assign';
import { resources } from '../../src/emulator/resources';
import { fetchBytes, unzipAll } from './archive-reader';
import { fact } from './fact';
import { consent, day, hour, linksOf, start, startTestEmulator } from './harness';
import { allTests } from '../support/long';

const small = { mediaBytes: 2000, mediaFiles: 2 };

/** The files of one export, by name, without the root folder. */
async function exportOf(emulator: Emulator, resource: string, account = 'ada@example.com', window: object = {}) {
  const { access_token: token } = await consent(emulator, [resource], { access: '180d', account });
  const jobId = await start(emulator, token, resource, window);
  emulator.control.clock.advance(hour / 2);
  const files = await unzipAll(await linksOf(emulator, token, jobId));
  return new Map([...files].map(([path, bytes]) => [path.replace(/^Portability\//, ''), bytes]));
}

interface Activity {
  title: string;
  time: string;
  header: string;
  products: string[];
}

const json = (files: Map<string, Buffer>, path: string): unknown => JSON.parse(String(files.get(path)));
const activityIn = (files: Map<string, Buffer>, path: string) => json(files, path) as Activity[];
const open = (options: Partial<EmulatorOptions> = {}) => startTestEmulator({ jobs: small, ...options });

describe('generated archives', () => {
  it('are the same byte for byte from the same seed, and others from another', async () => {
    const bytes = async (seed: string, resource: string) => {
      const emulator = await open({ seed });
      const { access_token: token } = await consent(emulator, [resource]);
      const jobId = await start(emulator, token, resource);
      emulator.control.clock.advance(hour / 2);
      const parts = await Promise.all((await linksOf(emulator, token, jobId)).map(fetchBytes));
      return parts.map((part) => part.toString('base64')).sort();
    };
    for (const resource of ['myactivity.youtube', 'youtube.public_videos']) {
      expect(await bytes('one', resource)).toEqual(await bytes('one', resource));
      expect(await bytes('one', resource)).not.toEqual(await bytes('two', resource));
    }
  });

  it('hold something for every resource, and the paths lead back to it, in every language', async () => {
    const emulator = await open({ longestAuthorizeUrl: 0 });
    const shared = /^youtube\.(private|unlisted)_(videos|playlists)$/;
    const accounts = ['bruno@example.de', 'ada@example.com', 'carlijn@example.nl', 'daiki@example.com'];
    for (const account of allTests ? accounts : accounts.slice(0, 1)) {
      const names = resources.map((entry) => entry.resource);
      const { access_token: token } = await consent(emulator, names, { account });
      const jobs: [string, string][] = [];
      for (const name of names) jobs.push([name, await start(emulator, token, name)]);
      emulator.control.clock.advance(hour / 2);
      for (const [name, jobId] of jobs) {
        const files = await unzipAll(await linksOf(emulator, token, jobId));
        const paths = [...files.keys()].filter((path) => !path.endsWith('archive_browser.json'));
        expect([name, paths.length > 0]).toEqual([name, true]);
        const expected = name.replace(shared, 'youtube.public_$2');
        for (const path of paths)
          expect([path, resourceOfPath(path.replace('Portability/', ''))]).toEqual([path, expected]);
      }
      emulator.control.clock.advance(hour);
    }
  });

  it('grow day by day, and a window contains its entries only', async () => {
    const emulator = await open();
    const before = activityIn(await exportOf(emulator, 'myactivity.youtube'), 'My Activity/YouTube/MyActivity.json');
    emulator.control.clock.advance(3 * day);
    const after = activityIn(await exportOf(emulator, 'myactivity.youtube'), 'My Activity/YouTube/MyActivity.json');
    const newest = String(before[0]?.time);
    expect(after.filter(({ time }) => time > newest).length).toBeGreaterThan(5);
    emulator.control.clock.advance(2 * day);
    const window = { startTime: '2026-02-10T00:00:00Z', endTime: '2026-02-12T00:00:00Z' };
    const part = activityIn(
      await exportOf(emulator, 'myactivity.youtube', 'ada@example.com', window),
      'My Activity/YouTube/MyActivity.json',
    );
    expect(part.length).toBeGreaterThan(3);
    expect(part.every(({ time }) => time >= '2026-02-10' && time < '2026-02-12')).toBe(true);
  });

  it('show records that arrive late and lose records that the person deleted', async () => {
    const emulator = await open();
    const key = (record: Activity) => JSON.stringify(record);
    let [late, deleted] = [0, 0];
    let before: Activity[] = [];
    for (let count = 0; count < 12; count += 1) {
      const now = activityIn(await exportOf(emulator, 'myactivity.youtube'), 'My Activity/YouTube/MyActivity.json');
      const newest = String(before[0]?.time);
      const [then, current] = [new Set(before.map(key)), new Set(now.map(key))];
      if (count > 0) late += now.filter((record) => record.time < newest && !then.has(key(record))).length;
      deleted += before.filter((record) => !current.has(key(record))).length;
      before = now;
      emulator.control.clock.advance(day);
    }
    expect(late).toBeGreaterThan(0);
    expect(deleted).toBeGreaterThan(0);
  });

  it('are empty for resources that the account does not have', async () => {
    const accounts: AccountOrder[] = [{ email: 'ada@example.com', name: 'Ada', emptyResources: ['maps.reviews'] }];
    const emulator = await open({ accounts });
    expect((await exportOf(emulator, 'maps.reviews')).size).toBe(0);
    expect((await exportOf(emulator, 'maps.starred_places')).size).toBeGreaterThan(0);
  });

  it('drift, break or have a false manifest on request', async () => {
    const emulator = await open();
    emulator.control.setJobs({ content: 'drifted' });
    const drifted = await exportOf(emulator, 'chrome.history');
    expect((json(drifted, 'Chrome/History.json') as Record<string, object[]>)['Browser History']?.[0]).toHaveProperty(
      'visit_time_usec',
    );
    expect(
      String(
        (await exportOf(emulator, 'youtube.subscriptions')).get(
          'YouTube and YouTube Music/subscriptions/subscriptions.csv',
        ),
      ),
    ).toMatch(/^CHANNEL ID,CHANNEL URL,CHANNEL TITLE,ADDED\n/);
    emulator.control.setJobs({ content: 'broken' });
    const broken = await exportOf(emulator, 'maps.reviews');
    expect(() => json(broken, 'Maps (your places)/Reviews.json')).toThrow(SyntaxError);
    emulator.control.setJobs({ content: 'documented', isIncomplete: true, missingFile: true });
    const lying = await exportOf(emulator, 'play.installs');
    const manifest = json(lying, 'archive_browser.json') as {
      serviceStatus: { isIncomplete: boolean; extractedFileTotal: string }[];
    };
    expect(manifest.serviceStatus[0]).toMatchObject({ isIncomplete: true, extractedFileTotal: '2' });
  });

  fact(
    '§A1',
    'field',
    'Every part is a ZIP of its own under Portability/, and large exports have several',
    async () => {
      const emulator = await open({ jobs: { ...small, dataParts: 3 } });
      const { access_token: token } = await consent(emulator, ['myactivity.search']);
      const jobId = await start(emulator, token, 'myactivity.search');
      emulator.control.clock.advance(hour / 2);
      const links = await linksOf(emulator, token, jobId);
      expect(links).toHaveLength(4);
      const files = await unzipAll(links);
      expect([...files.keys()].every((path) => path.startsWith('Portability/'))).toBe(true);
    },
  );

  fact('§A2', 'field', 'The manifest counts files and bytes, as texts, and lists every file', async () => {
    const files = await exportOf(await open(), 'myactivity.search');
    interface Listed {
      name: string;
      state: string;
      childFile: Listed[];
    }
    const { serviceStatus, totalSize } = json(files, 'archive_browser.json') as {
      totalSize: string;
      serviceStatus: {
        service: { name: string };
        folderName: string;
        extractedFile: Listed[];
        extractedFileTotal: string;
      }[];
    };
    files.delete('archive_browser.json');
    const bytes = [...files.values()].reduce((sum, file) => sum + file.length, 0);
    expect(totalSize).toBe(String(bytes));
    const [status] = serviceStatus;
    expect([status?.service.name, status?.folderName]).toEqual(['MY_ACTIVITY', 'My Activity']);
    expect(status?.extractedFileTotal).toBe(String(files.size));
    const walk = (list: Listed[], folder: string): string[] =>
      list.flatMap((file) =>
        file.childFile.length > 0 ? walk(file.childFile, `${folder}/${file.name}`) : [`${folder}/${file.name}`],
      );
    expect(walk(status?.extractedFile ?? [], 'My Activity').toSorted()).toEqual([...files.keys()].toSorted());
  });

  fact('§A3', 'field', 'Folders, files, headers and sentences follow the account’s language', async () => {
    const emulator = await open();
    const german = await exportOf(emulator, 'myactivity.youtube', 'bruno@example.de');
    const [record] = activityIn(german, 'Meine Aktivitäten/YouTube/MeineAktivitäten.json');
    expect(record?.title).toMatch(/angesehen$|gesucht$|bewertet$|abonniert$|aufgerufen$/);
    expect([...(await exportOf(emulator, 'chrome.history', 'bruno@example.de')).keys()]).toContain(
      'Chrome/Verlauf.json',
    );
    const dutch = await exportOf(emulator, 'youtube.subscriptions', 'carlijn@example.nl');
    expect(String(dutch.get('YouTube en YouTube Music/abonnementen/abonnementen.csv'))).toMatch(/^Kanaal-ID,/);
    const japanese = await exportOf(emulator, 'myactivity.search', 'daiki@example.com');
    expect([...japanese.keys()].some((path) => path.startsWith('マイ アクティビティ/検索/'))).toBe(true);
  });

  fact(
    '§A4',
    'field',
    'My Activity has an array for each product, with the newest entry first and the documented fields',
    async () => {
      const files = await exportOf(await open(), 'myactivity.search');
      const records = activityIn(files, 'My Activity/Search/MyActivity.json');
      expect(records.map(({ time }) => time)).toEqual(
        records
          .map(({ time }) => time)
          .toSorted()
          .toReversed(),
      );
      for (const record of records) {
        expect(record.products).toEqual(['Search']);
        expect(record.header).toMatch(record.title.startsWith('Visited ') ? /^\w+\.example\./ : /^Search$/);
        expect(record.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      }
      expect([...files.keys()]).toEqual(
        expect.arrayContaining(['My Activity/Image Search/MyActivity.json', 'My Activity/Google Lens/MyActivity.json']),
      );
    },
  );

  fact('§A5', 'field', 'Chrome history is one object with time_usec, bookmarks are Netscape HTML', async () => {
    const emulator = await open();
    const history = json(await exportOf(emulator, 'chrome.history'), 'Chrome/History.json') as Record<
      string,
      Record<string, unknown>[]
    >;
    expect(Object.keys(history)).toEqual(['Browser History', 'Typed Url', 'Session']);
    const micros = Number(history['Browser History']?.[0]?.['time_usec']);
    expect(Number.isSafeInteger(micros)).toBe(true);
    expect(new Date(micros / 1000).getUTCFullYear()).toBe(2026);
    expect(String((await exportOf(emulator, 'chrome.bookmarks')).get('Chrome/Bookmarks.html'))).toMatch(
      /^<!DOCTYPE NETSCAPE-Bookmark-file-1>/,
    );
  });

  fact(
    '§A6',
    'field',
    'YouTube data are CSV files with the documented columns; the media of videos are named by title',
    async () => {
      const emulator = await open();
      const comments = String(
        (await exportOf(emulator, 'youtube.comments')).get('YouTube and YouTube Music/comments/comments.csv'),
      );
      expect(comments.split('\n')[0]).toBe(
        'Comment ID,Channel ID,Comment Create Timestamp,Price,Currency code,Parent Comment ID,Post ID,Video ID,Comment Text,Top-Level Comment ID',
      );
      const videos = await exportOf(emulator, 'youtube.public_videos');
      const media = [...videos.keys()].filter((path) => path.startsWith('YouTube and YouTube Music/videos/'));
      expect(media).toHaveLength(2);
      expect(media.every((path) => videos.get(path)?.length === 2000)).toBe(true);
      expect(videos.has('YouTube and YouTube Music/video metadata/videos.csv')).toBe(true);
    },
  );

  fact(
    '§A7',
    'doc',
    'Saved places and reviews are GeoJSON, with the longitude first and with zeros for an unknown place',
    async () => {
      const emulator = await open();
      const places = json(await exportOf(emulator, 'maps.starred_places'), 'Maps (your places)/Saved Places.json') as {
        type: string;
        features: { geometry: { type: string; coordinates: [number, number] } }[];
      };
      expect(places.type).toBe('FeatureCollection');
      for (const { geometry } of places.features) {
        const [longitude, latitude] = geometry.coordinates;
        expect(geometry.type).toBe('Point');
        expect((longitude === 0 && latitude === 0) || (longitude >= -10 && latitude >= 36)).toBe(true);
      }
    },
  );

  fact('§A8', 'field', 'Play files are arrays whose objects have one wrapper key', async () => {
    const installs = json(await exportOf(await open(), 'play.installs'), 'Google Play Store/Installs.json') as object[];
    expect(installs.length).toBeGreaterThan(5);
    expect(installs.every((entry) => Object.keys(entry).join() === 'install')).toBe(true);
  });

  fact(
    '§A9',
    'field',
    'Saved lists are CSV files whose names the person chose, with BOM, CRLF, a description and a row of commas',
    async () => {
      const files = await exportOf(await open(), 'saved.collections');
      files.delete('archive_browser.json');
      const texts = [...files.values()].map(String);
      expect(texts.length).toBeGreaterThan(1);
      expect(texts.find((text) => text.startsWith('\uFEFF'))).toMatch(/\r\n\r\nTitle,Note,URL,Tags,Comment\r\n/);
      expect(texts.some((text) => text.startsWith('Title,Note,URL,Tags,Comment\n,,,,\n'))).toBe(true);
    },
  );
});
