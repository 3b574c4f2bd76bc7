// Fetching a part: what reaches storage are the right bytes or none (docs/known-defects.md D4, D44, D45, D46).
import { createHash, randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { crc32c } from '@node-rs/crc32';

import { fetchPart } from '../../src/archive/fetch-part';
import { PortageError } from '../../src/domain/errors';
import { createFolderStorage } from '../../src/storage/folder';

const key = 'consents/con_1/exports/exp_1/parts/00001';
const signature = 'X-Goog-Signature=0badc0ffee';
const content = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), randomBytes(300_000)]);

let root: string;
let server: Server;
let origin: string;
let answer: RequestListener;
let requests: IncomingMessage[];

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'portage-test-part-'));
  requests = [];
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const fetchFrom = (path: string, changes: Partial<Parameters<typeof fetchPart>[0]> = {}) =>
  fetchPart({
    link: `${origin}${path}?${signature}`,
    storage: createFolderStorage(root),
    key,
    emulatorOrigin: origin,
    signal: new AbortController().signal,
    onBytes: () => undefined,
    ...changes,
  });

const storedFiles = () =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

/** The error that fetching ends in; nothing may be stored, and nothing of the link be said. */
async function refusal(promise: Promise<unknown>): Promise<PortageError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(PortageError);
  expect(storedFiles()).toEqual([]);
  const { message } = error as PortageError;
  for (const secret of ['0badc0ffee', 'X-Goog', '/bucket/']) expect(message).not.toContain(secret);
  return error as PortageError;
}

const send =
  (body: string | Buffer, headers: Record<string, string | number> = {}, status = 200): RequestListener =>
  (_request, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };

const crcOf = (bytes: Buffer) => {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(crc32c(bytes));
  return four.toString('base64');
};
const md5Of = (bytes: Buffer) => createHash('md5').update(bytes).digest('base64');

describe('a part that arrives whole', () => {
  it('is stored byte for byte, with its length and SHA-256', async () => {
    answer = send(content, { 'content-type': 'application/zip', 'content-length': content.length });
    let told = 0;
    const fetched = await fetchFrom('/bucket/part-1.zip', { onBytes: (count) => (told += count) });
    expect(fetched).toEqual({
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    });
    expect(readFileSync(join(root, key)).equals(content)).toBe(true);
    expect(told).toBe(content.length);
  });

  it('is asked for once, without credentials and without compression (D44)', async () => {
    answer = send(content);
    await fetchFrom('/bucket/part-1.zip');
    expect(requests).toHaveLength(1);
    const [request] = requests;
    expect(request?.url).toBe(`/bucket/part-1.zip?${signature}`);
    expect(request?.method).toBe('GET');
    expect(request?.headers['accept-encoding']).toBe('identity');
    for (const header of ['authorization', 'cookie', 'referer']) expect(request?.headers).not.toHaveProperty(header);
  });

  it('is checked against the checksums that the answer states', async () => {
    answer = send(content, { 'x-goog-hash': `crc32c=${crcOf(content)},md5=${md5Of(content)}` });
    expect(await fetchFrom('/bucket/part-1.zip')).toMatchObject({ bytes: content.length });
    answer = send(content, { 'x-goog-hash': `crc32c=${crcOf(content)}` });
    expect(await fetchFrom('/bucket/part-1.zip')).toMatchObject({ bytes: content.length });
  });

  it('may come without a stated length, and of any type', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.write(content.subarray(0, 1));
      setImmediate(() => response.end(content.subarray(1)));
    };
    expect(await fetchFrom('/bucket/part-1.zip')).toMatchObject({ bytes: content.length });
  });

  it('replaces one of an earlier try', async () => {
    answer = send(content.subarray(0, 1_000));
    await fetchFrom('/bucket/part-1.zip');
    answer = send(content);
    await fetchFrom('/bucket/part-1.zip');
    expect(readFileSync(join(root, key)).equals(content)).toBe(true);
    expect(storedFiles()).toEqual(['00001']);
  });
});

describe('a part that is cut (D46)', () => {
  it.each([
    ['before its first byte', 0],
    ['after its first byte', 1],
    ['in the middle', content.length / 2],
    ['before its last byte', content.length - 1],
  ])('%s is truncated when the connection breaks', async (_where, length) => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.flushHeaders();
      if (length === 0) setImmediate(() => response.destroy());
      else response.write(content.subarray(0, length), () => response.destroy());
    };
    expect(await refusal(fetchFrom('/bucket/part-1.zip'))).toMatchObject({ code: 'PART_TRUNCATED', retryable: true });
  });

  it('is truncated when the connection breaks without a stated length', async () => {
    answer = (_request, response) => {
      response.write(content.subarray(0, 5_000), () => response.destroy());
    };
    expect(await refusal(fetchFrom('/bucket/part-1.zip'))).toMatchObject({ code: 'PART_TRUNCATED' });
  });

  it('is truncated when it is empty although a length was stated', async () => {
    answer = (request, response) => {
      request.socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\nconnection: close\r\n\r\n');
      response.detachSocket(request.socket);
    };
    expect(await refusal(fetchFrom('/bucket/part-1.zip'))).toMatchObject({ code: 'PART_TRUNCATED' });
  });
});

describe('a part that was altered', () => {
  const wrong = Buffer.from(content);
  wrong[150_000] = (wrong[150_000] ?? 0) ^ 1;

  it.each([
    ['CRC32C', `crc32c=${crcOf(wrong)}`],
    ['CRC32C beside a right MD5', `md5=${md5Of(content)},crc32c=${crcOf(wrong)}`],
    ['MD5', `md5=${md5Of(wrong)}`],
    ['MD5 beside a right CRC32C', `crc32c=${crcOf(content)}, md5=${md5Of(wrong)}`],
  ])('is refused by its %s', async (_which, hash) => {
    answer = send(content, { 'x-goog-hash': hash });
    expect(await refusal(fetchFrom('/bucket/part-1.zip'))).toMatchObject({ code: 'PART_ALTERED', retryable: true });
  });
});

describe('a page in place of a part (D4)', () => {
  it.each([
    ['HTML', '<!DOCTYPE html><html><body>Sign in</body></html>', 'text/html'],
    ['HTML in capitals', '<HTML><BODY>Error</BODY></HTML>', 'text/html'],
    ['HTML after white space', '\r\n \t\n<html><body>Error</body></html>', 'text/html'],
    ['HTML after a byte order mark', '\uFEFF<!doctype html><html></html>', 'text/html'],
    ['HTML called a ZIP', '<!doctype html><html></html>', 'application/zip'],
    ['HTML after a comment', '<!-- sorry --><html></html>', 'text/html'],
    ['HTML that begins with its head', '<head><title>Error</title></head>', 'text/html'],
    ['XML', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', 'application/xml'],
    ['XML without a prologue', '<Error><Code>ExpiredToken</Code></Error>', 'application/xml'],
    ['HTML in UTF-16', Buffer.from('\uFEFF<!doctype html><html></html>', 'utf16le'), 'text/html; charset=utf-16'],
  ])('is refused: %s', async (_what, body, type) => {
    answer = send(body, { 'content-type': type });
    const error = await refusal(fetchFrom('/bucket/part-1.zip'));
    expect(error).toMatchObject({ code: 'PART_NOT_ARCHIVE', retryable: true });
    expect(error.message).toContain(type);
  });

  it('is refused when it comes a byte at a time', async () => {
    answer = (_request, response) => {
      response.socket?.setNoDelay(true);
      response.write('<', () => setTimeout(() => response.end('!doctype html><html></html>'), 30));
    };
    expect(await refusal(fetchFrom('/bucket/part-1.zip'))).toMatchObject({ code: 'PART_NOT_ARCHIVE' });
  });
});

describe('a link that gives no part', () => {
  it.each([
    [403, 'LINK_DEAD'],
    [400, 'LINK_DEAD'],
    [404, 'LINK_DEAD'],
    [410, 'LINK_DEAD'],
    [304, 'LINK_DEAD'],
    [500, 'GOOGLE_UNAVAILABLE'],
    [503, 'GOOGLE_UNAVAILABLE'],
  ])('answers %i', async (status, code) => {
    answer = send(
      '<?xml version="1.0"?><Error><Code>Gone</Code></Error>',
      { 'content-type': 'application/xml' },
      status,
    );
    const error = await refusal(fetchFrom('/bucket/part-1.zip'));
    expect(error).toMatchObject({ code, retryable: true });
    expect(error.message).toContain(String(status));
  });

  it('answers with nothing at all: an empty body is no archive', async () => {
    answer = send('');
    expect(await refusal(fetchFrom('/bucket/part-1.zip'))).toMatchObject({ code: 'PART_TRUNCATED' });
    answer = send('', {}, 204);
    expect(await refusal(fetchFrom('/bucket/part-1.zip'))).toMatchObject({ code: 'LINK_DEAD' });
  });

  it('leads nowhere: nobody listens, or the connection breaks before an answer', async () => {
    const nobody = 'http://127.0.0.1:9';
    const link = `${nobody}/bucket/part-1.zip?${signature}`;
    expect(await refusal(fetchFrom('', { link, emulatorOrigin: nobody }))).toMatchObject({
      code: 'GOOGLE_UNAVAILABLE',
    });
    answer = (request) => request.socket.destroy();
    expect(await refusal(fetchFrom('/bucket/part-1.zip'))).toMatchObject({ code: 'GOOGLE_UNAVAILABLE' });
  });

  it('is not asked for when it is not allowed', async () => {
    answer = send(content);
    const error = await refusal(fetchFrom('/bucket/part-1.zip', { emulatorOrigin: undefined }));
    expect(error).toMatchObject({ code: 'LINK_NOT_ALLOWED' });
    expect(requests).toEqual([]);
  });
});

describe('a redirect', () => {
  const redirect = (location: string, status = 302): RequestListener => send('moved', { location }, status);

  it.each([301, 302, 303, 307, 308])('with status %i is followed within what is allowed', async (status) => {
    answer = (request, response) => {
      const listener = request.url?.startsWith('/bucket/') ? redirect('/elsewhere/part-1.zip', status) : send(content);
      listener(request, response);
    };
    expect(await fetchFrom('/bucket/part-1.zip')).toMatchObject({ bytes: content.length });
    expect(requests.map(({ url }) => url)).toEqual([`/bucket/part-1.zip?${signature}`, '/elsewhere/part-1.zip']);
  });

  it('to another host is refused, and that host is not asked (D45)', async () => {
    const elsewhere: string[] = [];
    const other = createServer((request, response) => {
      elsewhere.push(request.url ?? '');
      response.end(content);
    });
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    try {
      const port = (other.address() as AddressInfo).port;
      for (const location of [`http://127.0.0.1:${port}/x`, `//127.0.0.1:${port}/x`, `http://localhost:${port}/x`]) {
        answer = redirect(location);
        expect(await refusal(fetchFrom('/bucket/part-1.zip'))).toMatchObject({ code: 'LINK_NOT_ALLOWED' });
      }
      expect(elsewhere).toEqual([]);
    } finally {
      other.close();
    }
  });

  it.each(['file:///etc/passwd', 'https://example.com/part-1.zip', 'http://storage.googleapis.com/part-1.zip'])(
    'to %s is refused',
    async (location) => {
      answer = redirect(location);
      expect(await refusal(fetchFrom('/bucket/part-1.zip'))).toMatchObject({ code: 'LINK_NOT_ALLOWED' });
    },
  );

  it('to something that is no address is refused', async () => {
    answer = redirect('http://[');
    expect(await refusal(fetchFrom('/bucket/part-1.zip'))).toMatchObject({ code: 'LINK_NOT_ALLOWED' });
  });

  it('that goes round is given up after three hops', async () => {
    answer = (request, response) => redirect(request.url ?? '')(request, response);
    expect(await refusal(fetchFrom('/bucket/part-1.zip'))).toMatchObject({ code: 'LINK_DEAD' });
    expect(requests).toHaveLength(4);
  });

  it('without an address is a dead link', async () => {
    answer = send('', {}, 302);
    expect(await refusal(fetchFrom('/bucket/part-1.zip'))).toMatchObject({ code: 'LINK_DEAD' });
  });
});

describe('a cancelled download', () => {
  const reason = new Error('the worker shuts down');

  it('ends with the reason of its signal and leaves nothing in storage', async () => {
    const controller = new AbortController();
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 100_000));
    };
    const fetching = fetchFrom('/bucket/part-1.zip', {
      signal: controller.signal,
      onBytes: () => controller.abort(reason),
    });
    await expect(fetching).rejects.toBe(reason);
    expect(storedFiles()).toEqual([]);
  });

  it('ends so before an answer came, and before it was asked for', async () => {
    const controller = new AbortController();
    answer = () => controller.abort(reason);
    await expect(fetchFrom('/bucket/part-1.zip', { signal: controller.signal })).rejects.toBe(reason);
    await expect(fetchFrom('/bucket/part-1.zip', { signal: controller.signal })).rejects.toBe(reason);
    expect(requests).toHaveLength(1);
    expect(storedFiles()).toEqual([]);
  });
});

describe('a download that stands still', () => {
  afterEach(() => jest.useRealTimers());

  it('is given up a minute after its last byte', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'Date', 'performance'] });
    let sendMore: () => void = () => undefined;
    answer = (_request, response) => {
      response.write(content.subarray(0, 1_000));
      sendMore = () => response.write(content.subarray(1_000, 2_000));
    };
    const came = new EventEmitter();
    let chunks = 0;
    const fetching = refusal(
      fetchFrom('/bucket/part-1.zip', {
        onBytes: () => {
          chunks += 1;
          came.emit(`chunk ${chunks}`);
        },
      }),
    );
    await once(came, 'chunk 1');
    jest.advanceTimersByTime(59_000);
    sendMore();
    await once(came, 'chunk 2');
    jest.advanceTimersByTime(60_000);
    expect(await fetching).toMatchObject({
      code: 'GOOGLE_UNAVAILABLE',
      message: expect.stringContaining('silent') as unknown,
    });
    expect(chunks).toBe(2);
  });
});
