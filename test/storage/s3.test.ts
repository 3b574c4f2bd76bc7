// Faults of a storage in S3 only: servers that are unreachable, refuse, fall silent or get altered bytes.
import { mkdirSync } from 'node:fs';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { usualLimits } from '../../src/domain/timeouts';
import { parseStorageUrl, type S3Location } from '../../src/storage/location';
import { createS3Storage } from '../../src/storage/s3';
import type { Storage } from '../../src/storage/storage';
import { longDescribe } from '../support/long';
import { startTestS3, type TestS3 } from '../support/versitygw';
import { locationIn } from './stages';

const key = 'consents/con_1/exports/exp_1/parts/1-ab/000000';
/** For servers that do not answer; the others get the usual limits. */
const shortLimits = { connectMs: 2_000, idleMs: 500, wholeMs: 2_000 };

async function keysOf(storage: Storage): Promise<string[]> {
  const keys: string[] = [];
  for await (const object of storage.list('')) keys.push(object.key);
  return keys.sort();
}

/** Each operation once, and the error that it ends in. */
async function refusals(storage: Storage): Promise<unknown[]> {
  const attempts = [
    storage.put(key, Buffer.from('x')),
    storage.get(key),
    storage.get(key, { start: 0, end: 0 }),
    keysOf(storage),
    storage.delete(key),
    storage.check(),
  ];
  return Promise.all(
    attempts.map((attempt) =>
      attempt.then(
        () => 'no refusal',
        (error: unknown) => error,
      ),
    ),
  );
}

/** Every operation is refused with these words, which contain no secret. */
async function allUnavailable(storage: Storage, words: string): Promise<void> {
  for (const refusal of await refusals(storage)) {
    expect(refusal).toMatchObject({ code: 'STORAGE_UNAVAILABLE', message: expect.stringContaining(words) as string });
    expect((refusal as Error).message).not.toContain('test-secret');
  }
}

/** A server with an answer of our making; `seen` are its requests. */
async function scripted(answer: RequestListener): Promise<{ url: string; seen: IncomingMessage[]; stop(): void }> {
  const seen: IncomingMessage[] = [];
  const server: Server = createServer((request, response) => {
    seen.push(request);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, stop };
}

const locationAt = (endpoint: string, settings = ''): S3Location => {
  const location = parseStorageUrl(`s3://portage-test?endpoint=${endpoint}${settings}`);
  if (location.kind !== 's3') throw new Error('not a bucket');
  return location;
};
const someCredentials = { accessKeyId: 'test-access', secretAccessKey: 'test-secret' };

const refusalOf =
  (status: number, code: string): RequestListener =>
  (request, response) => {
    request.resume();
    request.on('end', () => {
      response.writeHead(status, { 'content-type': 'application/xml' });
      response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>user 42 sent no</Message></Error>`);
    });
  };

// Its server is built with Go the first time, which takes minutes.
longDescribe('against a real server', () => {
  let server: TestS3 | undefined;
  beforeAll(async () => {
    server = await startTestS3().catch((error: unknown) => {
      process.stderr.write(`Storage in S3 is not tested: ${String(error)}\n`);
      return undefined;
    });
  });
  afterAll(() => server?.stop());

  let buckets = 0;
  const promise = (sentence: string, story: (server: TestS3, bucket: string) => Promise<void>) =>
    it(sentence, async () => {
      if (server === undefined) return;
      buckets += 1;
      const bucket = `portage-test-${buckets}`;
      mkdirSync(join(server.folder, bucket));
      await story(server, bucket);
    });

  promise('an unreachable server is STORAGE_UNAVAILABLE, and works again when it is back', async (s3, bucket) => {
    const storage = createS3Storage(locationIn(s3, bucket), s3.credentials);
    await storage.put(key, Buffer.from('kept'));
    await s3.halt();
    await allUnavailable(storage, 'ECONNREFUSED');
    await s3.start();
    expect((await storage.get(key)).toString()).toBe('kept');
    await storage.check();
  });

  promise('credentials that are wrong are STORAGE_UNAVAILABLE, and the message names them', async (s3, bucket) => {
    const location = locationIn(s3, bucket);
    const { accessKeyId } = s3.credentials;
    const unknown = createS3Storage(location, { accessKeyId: 'nobody', secretAccessKey: 'test-secret' });
    await allUnavailable(unknown, 'check S3_ACCESS_KEY_ID');
    const wrong = createS3Storage(location, { accessKeyId, secretAccessKey: 'another' });
    await allUnavailable(wrong, 'check S3_SECRET_ACCESS_KEY');
  });

  promise('a bucket that is missing is STORAGE_UNAVAILABLE, not a missing object', async (s3) => {
    const storage = createS3Storage(locationIn(s3, 'no-such-bucket'), s3.credentials);
    await allUnavailable(storage, 'there is no bucket "no-such-bucket"; make it, or correct STORAGE_URL');
  });

  promise('a region that is wrong is STORAGE_UNAVAILABLE, and the message names it', async (s3, bucket) => {
    const storage = createS3Storage({ ...locationIn(s3, bucket), region: 'eu-central-1' }, s3.credentials);
    await allUnavailable(storage, 'set region in STORAGE_URL');
  });

  promise('two storages in one bucket see nothing of each other under their prefixes', async (s3, bucket) => {
    const [one, other] = ['one/', 'one/more/'].map((prefix) =>
      createS3Storage({ ...locationIn(s3, bucket), prefix }, s3.credentials),
    );
    if (one === undefined || other === undefined) throw new Error('two storages were asked for');
    await one.put('a/1', Buffer.from('mine'));
    await other.put('b/2', Buffer.from('yours'));
    expect(await keysOf(other)).toEqual(['b/2']);
    await expect(other.get('a/1')).rejects.toMatchObject({ code: 'STORAGE_MISSING' });
    await other.delete('a/1');
    expect((await one.get('a/1')).toString()).toBe('mine');
  });

  /** Passes requests on, with the body as `change` makes it; undefined breaks the connection half-way. */
  async function passingOn(s3: TestS3, change: (body: Buffer) => Buffer | undefined) {
    return scripted((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const whole = Buffer.concat(chunks);
        const body = change(whole);
        const { method, url, headers } = request;
        const onward = httpRequest(`${s3.endpoint}${url ?? ''}`, { method, headers }, (answer) => {
          response.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(response);
        });
        onward.on('error', () => response.destroy());
        if (body !== undefined) onward.end(body);
        else onward.write(whole.subarray(0, whole.length / 2), () => onward.destroy());
      });
    });
  }

  const flipped = (body: Buffer) => {
    const changed = Buffer.from(body);
    if (changed.length > 0) changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 1;
    return changed;
  };
  const corruptions: readonly (readonly [string, (body: Buffer) => Buffer | undefined])[] = [
    ['altered', flipped],
    ['cut', () => undefined],
  ];
  for (const [what, change] of corruptions) {
    promise(`a put that is ${what} on its way is refused, and the object before stays`, async (s3, bucket) => {
      const direct = createS3Storage(locationIn(s3, bucket), s3.credentials);
      await direct.put(key, Buffer.from('the one before'));
      const proxy = await passingOn(s3, change);
      const storage = createS3Storage({ ...locationIn(s3, bucket), endpoint: proxy.url }, s3.credentials);
      try {
        const refused = storage.put(key, Buffer.alloc(3_000_000, 'n'));
        await expect(refused).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
        const fresh = storage.put(`${key}_new`, Buffer.alloc(3_000_000, 'n'));
        await expect(fresh).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
        expect((await direct.get(key)).toString()).toBe('the one before');
        expect(await keysOf(direct)).toEqual([key]);
      } finally {
        proxy.stop();
      }
    });
  }
});

describe('against a server with scripted answers', () => {
  const against = async (
    answer: RequestListener,
    story: (storage: Storage, seen: IncomingMessage[]) => Promise<void>,
    limits = usualLimits.storage,
  ) => {
    const server = await scripted(answer);
    try {
      await story(createS3Storage(locationAt(server.url), someCredentials, limits), server.seen);
    } finally {
      server.stop();
    }
  };

  it.each([
    [507, 'InsufficientStorage'],
    [507, 'AnythingElse'],
    [403, 'QuotaExceeded'],
    [507, 'XMinioStorageFull'],
  ])('%i %s is STORAGE_FULL', (status, code) =>
    against(refusalOf(status, code), async (storage) => {
      const refusal = await storage.put(key, Buffer.from('x')).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: 'STORAGE_FULL' });
      expect((refusal as Error).message).toContain(code);
    }),
  );

  it.each([
    [503, 'SlowDown', 'SlowDown'],
    [500, 'InternalError', 'InternalError'],
    [403, 'AccessDenied', 's3:PutObject'],
    [301, 'PermanentRedirect', 'set region in STORAGE_URL'],
    [404, 'NoSuchBucket', 'there is no bucket "portage-test"'],
    [404, 'NothingOfTheKind', 'NothingOfTheKind'],
  ])('%i %s is STORAGE_UNAVAILABLE, without the server’s own sentences', (status, code, words) =>
    against(refusalOf(status, code), async (storage) => {
      for (const refusal of await refusals(storage)) {
        expect(refusal).toMatchObject({
          code: 'STORAGE_UNAVAILABLE',
          message: expect.stringContaining(words) as string,
        });
        expect((refusal as Error).message).not.toContain('user 42');
      }
    }),
  );

  it('a temporary fault is tried once again only', () =>
    against(refusalOf(503, 'SlowDown'), async (storage, seen) => {
      await expect(storage.get(key)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
      expect(seen).toHaveLength(2);
    }));

  it('a kept connection that the server closed costs nothing but a second try', async () => {
    let answered = 0;
    const answer: RequestListener = (request, response) => {
      request.resume();
      answered += 1;
      if (answered === 2) request.socket.destroy();
      else response.writeHead(200, { 'content-length': 2 }).end('ok');
    };
    await against(answer, async (storage) => {
      expect((await storage.get(key)).toString()).toBe('ok');
      expect((await storage.get(key)).toString()).toBe('ok');
      expect(answered).toBe(3);
    });
  });

  it('silence is STORAGE_UNAVAILABLE after a while: before an answer, and in the middle of one', async () => {
    await against(
      () => undefined,
      (storage) => allUnavailable(storage, 'no answer in time'),
      shortLimits,
    );
    const half: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-length': 1_000 });
      response.write('half of it');
    };
    const isRefused = async (storage: Storage) => {
      await expect(storage.get(key)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    };
    await against(half, isRefused, shortLimits);
  });

  it('a trickle that never ends is STORAGE_UNAVAILABLE as well', async () => {
    const trickle: RequestListener = (request, response) => {
      response.writeHead(200, { 'content-length': 1_000_000 });
      const timer = setInterval(() => response.write('.'), 50);
      request.socket.on('close', () => clearInterval(timer));
    };
    const isRefused = async (storage: Storage) => {
      await expect(storage.get(key)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    };
    await against(trickle, isRefused, shortLimits);
  });

  it('an answer that is cut short is STORAGE_UNAVAILABLE, never a short object', async () => {
    const cut: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-length': 1_000 });
      response.write('half of it', () => response.destroy());
    };
    await against(cut, async (storage) => {
      await expect(storage.get(key)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    });
  });

  it('an answer with another range than was asked for is STORAGE_UNAVAILABLE', async () => {
    const whole: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-length': 10 }).end('0123456789');
    };
    await against(whole, async (storage) => {
      expect((await storage.get(key)).toString()).toBe('0123456789');
      await expect(storage.get(key, { start: 3, end: 5 })).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    });
  });

  it.each([
    ['', {}],
    ['&serverSideEncryption=AES256', { 'x-amz-server-side-encryption': 'AES256' }],
    ['&serverSideEncryption=aws:kms', { 'x-amz-server-side-encryption': 'aws:kms' }],
    [
      '&serverSideEncryption=aws:kms&sseKmsKeyId=a-key',
      { 'x-amz-server-side-encryption': 'aws:kms', 'x-amz-server-side-encryption-aws-kms-key-id': 'a-key' },
    ],
  ])(
    'a put sends the headers of "%s" and its checksum, and does not wait for 100-continue',
    async (settings, encryption) => {
      const server = await scripted((request, response) => {
        request.resume();
        request.on('end', () => response.end());
      });
      try {
        const storage = createS3Storage(locationAt(server.url, settings), someCredentials);
        await storage.put(key, Buffer.alloc(3 * 1_048_576));
        const { headers, method, url } = server.seen[0] ?? {};
        expect({ method, url: url?.split('?')[0] }).toEqual({ method: 'PUT', url: `/portage-test/${key}` });
        const sent = Object.entries(headers ?? {}).filter(([name]) => name.startsWith('x-amz-server-side-encryption'));
        expect(Object.fromEntries(sent)).toEqual(encryption);
        // The CRC32C of three MiB of zeros, worked out bit by bit from its polynomial.
        expect(headers?.['x-amz-checksum-crc32c']).toBe('3Sj1Kw==');
        expect(headers?.['x-amz-content-sha256']).toBe('UNSIGNED-PAYLOAD');
        expect(headers?.['authorization']).toMatch(/SignedHeaders=[^,]*x-amz-checksum-crc32c/);
        expect(headers).not.toHaveProperty('expect');
      } finally {
        server.stop();
      }
    },
  );
});
