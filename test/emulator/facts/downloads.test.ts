/** Signed links and how Cloud Storage serves them (docs/google-api.md §3, §5, §7). */
import { createHash } from 'node:crypto';
import { crc32c } from '@node-rs/crc32';
import type { Emulator } from '../../../src/emulator';
import { fetchBytes, unzip } from '../archive-reader';
import { fact } from '../fact';
import { consent, hour, linksOf, start, startTestEmulator } from '../harness';

describe('downloads', () => {
  let emulator: Emulator;
  let token: string;
  let jobId: string;
  let link: string;
  beforeEach(async () => {
    emulator = await startTestEmulator();
    token = (await consent(emulator, ['chrome.history'], { access: '180d' })).access_token;
    jobId = await start(emulator, token, 'chrome.history');
    emulator.control.clock.advance(hour / 2);
    [link = ''] = await linksOf(emulator, token, jobId);
  });
  const get = (headers: Record<string, string> = {}, url = link, method = 'GET') => fetch(url, { headers, method });
  const codeOf = async (response: Response) => {
    const xml = await response.text();
    expect(response.headers.get('content-type')).toMatch(/^application\/xml/);
    return [response.status, /<Code>(\w+)<\/Code>/.exec(xml)?.[1]];
  };

  fact('§7', 'doc', 'A link works for six hours, and each state call gives new links', async () => {
    emulator.control.clock.advance(hour / 4);
    const [fresh = ''] = await linksOf(emulator, token, jobId);
    expect(fresh).not.toBe(link);
    expect(new URL(fresh).pathname).toBe(new URL(link).pathname);
    emulator.control.clock.advance(6 * hour - hour / 4 - 1000);
    expect((await get()).status).toBe(200);
    emulator.control.clock.advance(1000);
    expect(await codeOf(await get())).toEqual([400, 'ExpiredToken']);
    expect((await get({}, fresh)).status).toBe(200);
  });

  fact('§5', 'open', 'An expired link answers 400, or 403 by its switch, with XML', async () => {
    emulator.control.setSwitches({ expiredLink: 'B' });
    emulator.control.clock.advance(7 * hour);
    expect(await codeOf(await get())).toEqual([403, 'ExpiredToken']);
  });

  fact(
    '§3',
    'doc',
    'Links are fetched without an Authorization header; a request that has one is refused',
    async () => {
      expect(await codeOf(await get({ authorization: `Bearer ${token}` }))).toEqual([400, 'InvalidArgument']);
    },
  );

  fact('§3', 'doc', 'The signature covers the object and every parameter', async () => {
    const changed = (change: (url: URL) => void) => {
      const url = new URL(link);
      change(url);
      return url.href;
    };
    const later = changed((url) => url.searchParams.set('X-Goog-Expires', '999999'));
    const other = changed((url) => {
      url.pathname = url.pathname.replace(/[\da-f]{4}\.zip$/, '0000.zip');
    });
    const bare = changed((url) => {
      url.search = '';
    });
    expect(await codeOf(await get({}, later))).toEqual([403, 'SignatureDoesNotMatch']);
    expect(await codeOf(await get({}, other))).toEqual([403, 'SignatureDoesNotMatch']);
    expect(await codeOf(await get({}, bare))).toEqual([403, 'AccessDenied']);
    expect((await get({}, link, 'HEAD')).status).toBe(403);
  });

  fact('§3', 'field', 'Objects come with length, ETag, generation and x-goog-hash of their bytes', async () => {
    const response = await get();
    const bytes = Buffer.from(await response.arrayBuffer());
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32c(bytes));
    const md5 = createHash('md5').update(bytes).digest();
    expect(response.headers.get('content-length')).toBe(String(bytes.length));
    expect(response.headers.get('x-goog-stored-content-length')).toBe(String(bytes.length));
    expect(response.headers.get('x-goog-hash')).toBe(`crc32c=${sum.toString('base64')}, md5=${md5.toString('base64')}`);
    expect(response.headers.get('etag')).toBe(`"${md5.toString('hex')}"`);
    expect(response.headers.get('x-goog-generation')).toMatch(/^\d{16,}$/);
    expect((await unzip(bytes)).size).toBe(1);
  });

  fact('§3', 'open', 'Byte ranges are honoured, with 206 and 416', async () => {
    const bytes = await fetchBytes(link);
    const size = bytes.length;
    for (const [range, from, to] of [
      ['bytes=0-0', 0, 1],
      ['bytes=10-', 10, size],
      [`bytes=5-${size + 50}`, 5, size],
      ['bytes=-7', size - 7, size],
    ] as const) {
      const response = await get({ range });
      expect([range, response.status, response.headers.get('content-range')]).toEqual([
        range,
        206,
        `bytes ${from}-${to - 1}/${size}`,
      ]);
      expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes.subarray(from, to));
    }
    const beyond = await get({ range: `bytes=${size}-` });
    expect(beyond.headers.get('content-range')).toBe(`bytes */${size}`);
    expect(await codeOf(beyond)).toEqual([416, 'InvalidRange']);
    for (const range of ['bytes=0-1,4-5', 'bytes=5-2', 'lines=1-2']) expect((await get({ range })).status).toBe(200);
  });

  fact('§3', 'open', 'With If-Range, the whole object is sent when it has changed', async () => {
    const etag = (await get()).headers.get('etag') ?? '';
    expect((await get({ range: 'bytes=0-0', 'if-range': etag })).status).toBe(206);
    expect((await get({ range: 'bytes=0-0', 'if-range': '"another"' })).status).toBe(200);
  });

  fact('§7', 'open', 'A part of many gigabytes can be sent from any offset before all of it is generated', async () => {
    const size = 50_000_000_000;
    emulator = await startTestEmulator({
      jobs: { mediaBytes: size, mediaFiles: 1, dataParts: 1, manifest: 'same-part' },
    });
    token = (await consent(emulator, ['youtube.public_videos'])).access_token;
    jobId = await start(emulator, token, 'youtube.public_videos');
    emulator.control.clock.advance(hour / 2);
    const [big = ''] = await linksOf(emulator, token, jobId);
    const end = await get({ range: 'bytes=-70' }, big);
    const total = Number(end.headers.get('content-range')?.split('/')[1]);
    expect(total).toBeGreaterThan(size);
    // Every offset beyond 4 GiB needs ZIP64; the end record must have it.
    expect(Buffer.from(await end.arrayBuffer()).includes(Buffer.from('PK\x06\x07', 'latin1'))).toBe(true);
    const middle = async (from: number, to: number) =>
      Buffer.from(await (await get({ range: `bytes=${from}-${to}` }, big)).arrayBuffer());
    const at = 30_000_000_000;
    const whole = await middle(at, at + 3_000_000);
    expect(whole.subarray(1_000_000, 2_000_001)).toEqual(await middle(at + 1_000_000, at + 2_000_000));
    const head = await get({ range: 'bytes=0-0' }, big);
    // No MD5 above 64 MiB, as for Cloud Storage's composite objects.
    expect(head.headers.get('x-goog-hash')).toMatch(/^crc32c=[\w+/]{6}==$/);
  });
});
