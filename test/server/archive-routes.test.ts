// The stored data of an export stream to its host app: whole, in ranges, or a single member at a time.
import { mkdtempSync, rmSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { loadConfig } from '../../src/config';
import { bindListener } from '../../src/listener';
import { databaseSettings } from '../support/database';
import { createLogger } from '../../src/log';
import { openPortage, type Portage } from '../../src/portage';
import { fileNameOf } from '../../src/server/archive-routes';
import { startServer, type RunningServer } from '../../src/server/start';
import { member, rawZip, type RawMember } from '../archive/raw-zip';
import { until } from '../support/program';
import { storeExport, type StoredExport } from '../support/stored-export';
import '../support/built';

let dataDir: string;
let database: Awaited<ReturnType<typeof databaseSettings>>;
let portage: Portage;
let server: RunningServer;
let logLines: string[] = [];
/** Segments that were read from storage. */
let segmentReads = 0;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'portage-test-routes-'));
  const listener = await bindListener({ host: '127.0.0.1', port: 0 });
  database = await databaseSettings();
  const config = loadConfig({
    PUBLIC_URL: listener.url,
    PORT: String(listener.port),
    DATA_DIR: dataDir,
    VAULT_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
    GOOGLE_CLIENT_ID: 'an-id',
    GOOGLE_CLIENT_SECRET: 'a-secret',
    TEMPORAL_ADDRESS: '127.0.0.1:9',
    ...database.settings,
    ARCHIVE_MAX_DEPTH: '6',
  });
  portage = await openPortage(config);
  await portage.database.migrate();
  const { storage } = portage;
  const counted: Portage = {
    ...portage,
    storage: {
      ...storage,
      get: async (...request) => {
        // Not the probe of the readiness.
        if (request[0].startsWith('consents/')) segmentReads += 1;
        return storage.get(...request);
      },
    },
  };
  const logger = createLogger('info', { write: (line: string) => void logLines.push(line) });
  server = await startServer(counted, logger, { listener });
});

afterAll(async () => {
  await server.stop();
  await portage.close();
  await database.remove();
  rmSync(dataDir, { recursive: true, force: true });
});

beforeEach(() => {
  logLines = [];
  segmentReads = 0;
});

const ask = (stored: StoredExport, path: string, init: RequestInit = {}) =>
  fetch(`${server.url}/v1/exports/${stored.exportId}/${path}`, {
    ...init,
    headers: { authorization: `Bearer ${stored.apiKey}`, ...(init.headers as Record<string, string> | undefined) },
  });

const bodyOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

const text = Buffer.from('[{"title":"Searched for façade"}]\n'.repeat(300));
const activity = member('Portability/My Activity/Search/MyActivity.json', text);
const plain = member('Portability/My Activity/Search/notes.txt', text, 0);
const folder = member('Portability/My Activity/', '', 0);

describe('a part', () => {
  const zip = rawZip([folder, activity, plain]);
  let stored: StoredExport;
  beforeAll(async () => (stored = await storeExport(portage, { parts: [zip, Buffer.alloc(0)] })));

  it('comes whole, byte for byte, as a download that no browser opens', async () => {
    const answer = await ask(stored, 'parts/1');
    expect(answer.status).toBe(200);
    expect(await bodyOf(answer)).toEqual(zip);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/zip',
      'content-length': String(zip.length),
      'content-disposition': `attachment; filename=${stored.exportId}-1.zip`,
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(answer.headers.get('etag')).toMatch(/^"[0-9a-f]{64}"$/);
  });

  it.each([
    ['the first byte', 'bytes=0-0', 0, 1],
    ['within a segment', 'bytes=10-19', 10, 20],
    ['over the border of two segments', 'bytes=990-1010', 990, 1_011],
    ['exactly a segment', 'bytes=1000-1999', 1_000, 2_000],
    ['from a place to the end', 'bytes=2000-', 2_000, zip.length],
    ['the last bytes', 'bytes=-500', zip.length - 500, zip.length],
    ['more last bytes than there are', 'bytes=-99999999', 0, zip.length],
    ['beyond the end', 'bytes=100-99999999', 100, zip.length],
    ['the last byte', `bytes=${zip.length - 1}-`, zip.length - 1, zip.length],
  ])('comes in a range: %s', async (_what, range, start, end) => {
    const answer = await ask(stored, 'parts/1', { headers: { range } });
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/${zip.length}`);
    expect(answer.headers.get('content-length')).toBe(String(end - start));
    expect(await bodyOf(answer)).toEqual(zip.subarray(start, end));
  });

  it.each([
    ['several ranges', 'bytes=0-1,5-6'],
    ['another unit', 'pages=1-2'],
    ['no range at all', 'bytes=abc'],
    ['a range backwards', 'bytes=9-5'],
    ['no unit', '0-5'],
  ])('comes whole or is refused, never in part, for %s', async (_what, range) => {
    const answer = await ask(stored, 'parts/1', { headers: { range } });
    expect([200, 416]).toContain(answer.status);
    if (answer.status === 200) expect(await bodyOf(answer)).toEqual(zip);
    else await answer.body?.cancel();
  });

  it('answers several ranges with the whole', async () => {
    const answer = await ask(stored, 'parts/1', { headers: { range: 'bytes=0-1,5-6' } });
    expect(answer.status).toBe(200);
    expect(await bodyOf(answer)).toEqual(zip);
  });

  it.each([
    ['beyond the end', 1, `bytes=${zip.length}-`, zip.length],
    ['of nothing', 1, 'bytes=-0', zip.length],
    ['of an empty part', 2, 'bytes=0-', 0],
  ])('refuses a range %s, and answers with the length', async (_what, part, range, bytes) => {
    const answer = await ask(stored, `parts/${part}`, { headers: { range } });
    expect(answer.status).toBe(416);
    expect(answer.headers.get('content-range')).toBe(`bytes */${bytes}`);
    expect(await answer.json()).toMatchObject({ code: 'RANGE_NOT_SATISFIABLE' });
  });

  it('may be empty', async () => {
    const answer = await ask(stored, 'parts/2');
    expect([answer.status, (await bodyOf(answer)).length]).toEqual([200, 0]);
  });

  it('is not sent to a caller that has it, and continues only the same part', async () => {
    const etag = (await ask(stored, 'parts/1', { method: 'HEAD' })).headers.get('etag') ?? '';
    const again = await ask(stored, 'parts/1', { headers: { 'if-none-match': etag } });
    expect([again.status, again.headers.get('etag'), (await bodyOf(again)).length]).toEqual([304, etag, 0]);
    for (const held of [`W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await ask(stored, 'parts/1', { headers: { 'if-none-match': held } });
      expect([answer.status, (await bodyOf(answer)).length]).toEqual([304, 0]);
    }
    const other = await ask(stored, 'parts/1', { headers: { 'if-none-match': '"other"' } });
    expect([other.status, await bodyOf(other)]).toEqual([200, zip]);

    const range = 'bytes=7-';
    const same = await ask(stored, 'parts/1', { headers: { range, 'if-range': etag } });
    expect([same.status, await bodyOf(same)]).toEqual([206, zip.subarray(7)]);
    for (const changed of ['"other"', `W/${etag}`, 'Sat, 01 Mar 2026 09:30:00 GMT']) {
      const answer = await ask(stored, 'parts/1', { headers: { range, 'if-range': changed } });
      expect([answer.status, await bodyOf(answer)]).toEqual([200, zip]);
    }
  });

  it('sends its headers without its bytes', async () => {
    const answer = await ask(stored, 'parts/1', { method: 'HEAD', headers: { range: 'bytes=0-4' } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-length')).toBe(String(zip.length));
    expect(answer.headers.get('content-type')).toBe('application/zip');
    expect((await bodyOf(answer)).length).toBe(0);
    expect(segmentReads).toBe(0);
  });

  it('reads no more segments than its range covers, and the next one', async () => {
    await bodyOf(await ask(stored, 'parts/1', { headers: { range: 'bytes=0-99' } }));
    expect(segmentReads).toBe(1);
  });

  it('is available to its own host app only', async () => {
    const foreign = await storeExport(portage, { parts: [] });
    for (const path of ['parts/1', 'members', 'members/1/2']) {
      const url = `${server.url}/v1/exports/${stored.exportId}/${path}`;
      expect((await fetch(url)).status).toBe(401);
      expect((await fetch(url, { headers: { authorization: `Bearer ${foreign.apiKey}` } })).status).toBe(404);
    }
  });

  it.each(['parts/0', 'parts/3', 'parts/01', 'parts/1e0', 'parts/x', 'members/3/1', 'members/1/0', 'members/1/x'])(
    'answers 404 for %s',
    async (path) => {
      const answer = await ask(stored, path);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ code: 'NOT_FOUND' });
    },
  );
});

describe('a part that cannot be opened', () => {
  it('D47: is kept and served as it came', async () => {
    const page = Buffer.from('<html>not an archive</html>'.repeat(99));
    const stored = await storeExport(portage, { parts: [page] });
    const answer = await ask(stored, 'parts/1');
    expect([answer.status, await bodyOf(answer)]).toEqual([200, page]);
  });
});

describe('a damaged part', () => {
  const zip = rawZip([plain, { ...plain, name: 'Portability/second.txt' }]);

  it('is refused with a code when its first byte cannot be had, and otherwise as far as it can be had', async () => {
    const stored = await storeExport(portage, { parts: [zip] });
    const [, , third = ''] = stored.segmentKeys(1);
    const sealed = await portage.storage.get(third);
    sealed[50] = (sealed[50] ?? 0) ^ 1;
    await portage.storage.put(third, sealed);

    const before = await ask(stored, 'parts/1', { headers: { range: 'bytes=0-1999' } });
    expect([before.status, await bodyOf(before)]).toEqual([206, zip.subarray(0, 2_000)]);
    const from = await ask(stored, 'parts/1', { headers: { range: 'bytes=2000-' } });
    expect(from.status).toBe(500);
    expect(await from.json()).toMatchObject({ code: 'SEGMENT_ALTERED' });

    const whole = await ask(stored, 'parts/1');
    expect(whole.status).toBe(200);
    await expect(whole.arrayBuffer()).rejects.toThrow();
    expect(logLines.join('')).toContain('SEGMENT_ALTERED');
  });

  it('is distinguished from one whose data was deleted', async () => {
    const stored = await storeExport(portage, { parts: [zip] });
    await portage.dataKeys.destroy(stored.consentId, portage.now());
    const answer = await ask(stored, 'parts/1');
    expect(answer.status).toBe(410);
    expect(await answer.json()).toMatchObject({ code: 'DATA_DELETED' });
  });
});

describe('members', () => {
  const strange = member('Portability/../../日本/Straße "1"\r\n.html', '<script>alert(1)</script>');
  const encrypted: RawMember = { ...plain, flags: 0x801 };
  const empty = member('Portability/empty.csv', '', 0);
  let stored: StoredExport;
  beforeAll(async () => {
    const zip = rawZip([folder, activity, plain, strange, encrypted, empty]);
    const broken: RawMember = { ...plain, crc: 1 };
    const deep = member('a/b/c/d/e/f/g/h.txt', 'x');
    const long = { ...member('Portability/long.bin', Buffer.alloc(300_000, 'abc'), 0), crc: 1 };
    const parts = [zip, Buffer.from('no ZIP'), rawZip([broken, long]), rawZip([activity, deep])];
    stored = await storeExport(portage, { parts, segmentBytes: 50_000 });
  });

  it('are listed with their own names, without folders, and parts that cannot be opened are named', async () => {
    const answer = await ask(stored, 'members');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const path = (entry: string) => `/v1/exports/${stored.exportId}/members/${entry}`;
    const bytes = text.length;
    expect(await answer.json()).toEqual({
      members: [
        { part: 1, entry: 2, name: activity.name, bytes, path: path('1/2') },
        { part: 1, entry: 3, name: plain.name, bytes, path: path('1/3') },
        { part: 1, entry: 4, name: strange.name, bytes: 25, path: path('1/4') },
        { part: 1, entry: 5, name: plain.name, bytes, path: null },
        { part: 1, entry: 6, name: 'Portability/empty.csv', bytes: 0, path: path('1/6') },
        { part: 3, entry: 1, name: plain.name, bytes, path: path('3/1') },
        { part: 3, entry: 2, name: 'Portability/long.bin', bytes: 300_000, path: path('3/2') },
        { part: 4, entry: 1, name: activity.name, bytes, path: path('4/1') },
      ],
      unreadableParts: [
        { part: 2, reason: 'not_a_zip' },
        { part: 4, reason: 'ARCHIVE_MAX_DEPTH' },
      ],
    });
  });

  it('are listed by the thousand', async () => {
    const zip = rawZip(Array.from({ length: 3_000 }, (_, index) => member(`Portability/file ${index}.json`, '{}', 0)));
    const many = await storeExport(portage, { parts: [zip], segmentBytes: 100_000 });
    const { members } = (await (await ask(many, 'members')).json()) as { members: { name: string }[] };
    expect(members).toHaveLength(3_000);
    expect(members[2_999]?.name).toBe('Portability/file 2999.json');
    const empty = await storeExport(portage, { parts: [] });
    expect(await (await ask(empty, 'members')).json()).toEqual({ members: [], unreadableParts: [] });
  });

  it.each([
    ['deflated', '1/2', 'application/json; charset=utf-8', 'attachment; filename=MyActivity.json'],
    ['stored', '1/3', 'text/plain; charset=utf-8', 'attachment; filename=notes.txt'],
  ])('come whole and in ranges when they are %s', async (_how, entry, type, disposition) => {
    const whole = await ask(stored, `members/${entry}`);
    expect([whole.status, await bodyOf(whole)]).toEqual([200, text]);
    expect(whole.headers.get('content-type')).toBe(type);
    expect(whole.headers.get('content-disposition')).toBe(disposition);
    expect(whole.headers.get('content-length')).toBe(String(text.length));
    for (const [start, end] of [
      [0, 1],
      [100, 5_000],
      [text.length - 1, text.length],
      [0, text.length],
    ] as const) {
      const answer = await ask(stored, `members/${entry}`, { headers: { range: `bytes=${start}-${end - 1}` } });
      expect([answer.status, await bodyOf(answer)]).toEqual([206, text.subarray(start, end)]);
      expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/${text.length}`);
    }
    const etag = whole.headers.get('etag') ?? '';
    expect((await ask(stored, `members/${entry}`, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  it('have validators of their own, and send their headers alone', async () => {
    const etags = await Promise.all(
      ['1/2', '1/3', '1/6'].map(async (entry) => {
        const answer = await ask(stored, `members/${entry}`, { method: 'HEAD' });
        expect(answer.status).toBe(200);
        return answer.headers.get('etag');
      }),
    );
    expect(new Set(etags).size).toBe(3);
  });

  it('D53: with strange names are downloads with harmless ones', async () => {
    const answer = await ask(stored, 'members/1/4');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="Stra?e \\"1\\".html"; filename*=UTF-8''Stra%C3%9Fe%20%221%22.html`,
    );
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await answer.text()).toBe('<script>alert(1)</script>');
  });

  it('may be empty', async () => {
    const answer = await ask(stored, 'members/1/6');
    expect([answer.status, answer.headers.get('content-length'), (await bodyOf(answer)).length]).toEqual([200, '0', 0]);
  });

  it.each([
    ['an encrypted one', '1/5', 'MEMBER_UNREADABLE'],
    ['a broken one', '3/1', 'MEMBER_UNREADABLE'],
    ['one of a part that is no ZIP', '2/1', 'PART_UNREADABLE'],
    ['one beyond a limit', '4/2', 'ARCHIVE_LIMIT'],
  ])('are refused with a code: %s', async (_what, entry, code) => {
    const answer = await ask(stored, `members/${entry}`);
    expect(answer.status).toBe(422);
    const error = (await answer.json()) as { code: string; detail: string };
    expect(error.code).toBe(code);
    if (code === 'ARCHIVE_LIMIT') expect(error.detail).toContain('ARCHIVE_MAX_DEPTH is 6');
  });

  it('never arrive whole when their bytes are wrong', async () => {
    const answer = await ask(stored, 'members/3/2');
    expect(answer.status).toBe(200);
    await expect(answer.arrayBuffer()).rejects.toThrow();
  });

  it('of folders are not there', async () => {
    expect((await ask(stored, 'members/1/1')).status).toBe(404);
  });
});

describe('a caller', () => {
  const big = Buffer.alloc(64 * 1024 * 1024, 'portability');
  let stored: StoredExport;
  beforeAll(async () => (stored = await storeExport(portage, { parts: [big], segmentBytes: 1024 * 1024 })));

  const begin = () =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { authorization: `Bearer ${stored.apiKey}` };
      get(`${server.url}/v1/exports/${stored.exportId}/parts/1`, { headers, agent: false }, resolve).on(
        'error',
        reject,
      );
    });

  it('the server waits for a slow reader, with no more than a few segments in memory', async () => {
    const answer = await begin();
    await new Promise((resolve) => answer.once('readable', resolve));
    // The connection's buffers are filled; then the reading stops until the caller continues.
    let last = -1;
    await until('the reading stops', async () => {
      const before = last;
      last = segmentReads;
      // While others are answered, of whom none needs a segment, the server has its turn.
      for (let asked = 0; asked < 20; asked += 1) await bodyOf(await ask(stored, 'parts/1', { method: 'HEAD' }));
      return before === last ? true : undefined;
    });
    expect(segmentReads).toBeLessThan(40);
    let received = 0;
    for await (const chunk of answer) received += (chunk as Buffer).length;
    expect(received).toBe(big.length);
    expect(segmentReads).toBe(64);
  });

  it('a caller that hangs up ends the reading, without a logged fault', async () => {
    const answer = await begin();
    await new Promise((resolve) => answer.once('readable', resolve));
    answer.destroy();
    await new Promise((resolve) => answer.once('close', resolve));
    const full = await ask(stored, 'parts/1');
    expect((await bodyOf(full)).equals(big)).toBe(true);
    expect(segmentReads).toBeLessThan(64 + 40);
    expect(logLines.join('')).not.toContain('request failed');
  });
});

describe('D53: the name of a download', () => {
  const part = { number: 7 };
  it.each([
    ['Portability/My Activity/MyActivity.json', 'MyActivity.json'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\win.ini', 'win.ini'],
    ['a/\u0000b\u001F.txt', 'b.txt'],
    ['a/photo\u202Egpj.exe', 'photogpj.exe'],
    ['a/日本語.csv', '日本語.csv'],
    ['a/..', 'member-7-3'],
    ['a/.', 'member-7-3'],
    ['', 'member-7-3'],
    ['a/\r\n', 'member-7-3'],
  ])('of %j is %j', (name, shown) => {
    expect(fileNameOf({ name, number: 3 }, part)).toBe(shown);
  });

  it('keeps its ending when it is too long, and no half of a character', () => {
    const nameOf = (name: string) => fileNameOf({ name, number: 3 }, part);
    expect(nameOf(`a/${'x'.repeat(5_000)}.json`)).toBe(`${'x'.repeat(145)}.json`);
    expect(nameOf(`a/${'😀'.repeat(200)}.txt`)).toBe(`${'😀'.repeat(146)}.txt`);
  });
});
