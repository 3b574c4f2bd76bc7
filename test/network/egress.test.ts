// Download links lead only to Google's hosts at public addresses, for any names, redirects and answers (D44, D45).
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { isPublic } from '../../src/network/allowed-addresses';
import { createEgress, type Asked, type Egress, type EgressOptions } from '../../src/network/egress';
import { PortageError } from '../../src/domain/error-codes';
import { send } from '../archive/object-server';

let server: Server;
let origin: string;
let answer: RequestListener;
let asked: { url: string | undefined; headers: NodeJS.Dict<string | string[]> }[];
const open: Egress[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push({ url: request.url, headers: request.headers });
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => (asked = []));
afterEach(async () => {
  for (const egress of open.splice(0)) await egress.close();
  server.closeAllConnections();
});
afterAll(() => void server.close());

const signal = new AbortController().signal;
const get = (link: string, options: Partial<EgressOptions> = {}, request: Asked = {}) => {
  const egress = createEgress({ emulatorOrigin: origin, ...options });
  open.push(egress);
  return egress.get(link, request, signal);
};
const link = () => `${origin}/bucket/part-1.zip?X-Goog-Signature=0badc0ffee`;

async function textOf(link: string, options: Partial<EgressOptions> = {}, request: Asked = {}): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of (await get(link, options, request)).body()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function refusal(promise: Promise<unknown>): Promise<PortageError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof PortageError)) throw new Error('it was no refusal', { cause: error });
  expect(error.message).not.toContain('0badc0ffee');
  return error;
}

describe('a name', () => {
  const google = 'https://storage.googleapis.com/bucket/part-1.zip?X-Goog-Signature=0badc0ffee';

  it.each([
    ['this machine', ['127.0.0.1']],
    ['this machine in IPv6', ['::1']],
    ['this machine, mapped into IPv6', ['::ffff:127.0.0.1']],
    ['a private network', ['10.1.2.3']],
    ['the metadata service', ['169.254.169.254']],
    ['a unique local address', ['fd00::1']],
    ['a public address and a private one', ['142.250.74.123', '192.168.1.1']],
    ['no address at all', []],
  ])('D45: that leads to %s is not connected to', async (_where, addresses) => {
    const error = await refusal(
      get(google, {
        addressesOf: (name) => {
          expect(name).toBe('storage.googleapis.com');
          return Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
        },
      }),
    );
    expect(error).toMatchObject({ code: 'LINK_NOT_ALLOWED' });
  });

  it('that is found nowhere may be found later', async () => {
    const missing = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    const error = await refusal(get(google, { addressesOf: () => Promise.reject(missing) }));
    expect(error).toMatchObject({ code: 'GOOGLE_UNAVAILABLE', retryable: true });
  });

  it('is looked up by the system by default: localhost stays inside', async () => {
    answer = send(200, 'inside');
    const error = await refusal(get(`http://localhost:${new URL(origin).port}/part-1.zip`));
    expect(error).toMatchObject({ code: 'LINK_NOT_ALLOWED' });
    expect(asked).toEqual([]);
  });
});

describe('an address', () => {
  it.each(['8.8.8.8', '142.250.74.123', '2a00:1450:4001:80b::2010', '::ffff:8.8.8.8'])('%s is public', (address) =>
    expect(isPublic(address)).toBe(true),
  );

  it.each([
    ['unspecified', '0.0.0.0'],
    ['loopback', '127.255.255.254'],
    ['private', '172.16.0.1'],
    ['private', '192.168.0.1'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['link-local', '169.254.0.1'],
    ['multicast', '224.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['documentation', '192.0.2.1'],
    ['benchmarking', '198.18.0.1'],
    ['reserved', '240.0.0.1'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['compatible with IPv4', '::127.0.0.1'],
    ['mapped private', '::ffff:10.0.0.1'],
    ['link-local', 'fe80::1'],
    ['site-local', 'fec0::1'],
    ['unique local', 'fc00::1'],
    ['multicast', 'ff02::1'],
    ['6to4', '2002:7f00:1::'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['documentation', '2001:db8::1'],
    ['no address', 'storage.googleapis.com'],
  ])('that is %s, %s, is not public', (_range, address) => expect(isPublic(address)).toBe(false));
});

describe('a redirect', () => {
  const redirect = (location: string, status = 302): RequestListener => send(status, 'moved', { location });

  it.each([301, 302, 303, 307, 308])('with status %i is followed within the allowed hosts', async (status) => {
    answer = (request, response) => {
      const listener = request.url?.startsWith('/bucket/') ? redirect('/elsewhere', status) : send(200, 'the part');
      listener(request, response);
    };
    expect(await textOf(link(), {}, { range: { start: 5, end: 9 }, validator: '"one"' })).toBe('the part');
    expect(asked.map(({ url }) => url)).toEqual(['/bucket/part-1.zip?X-Goog-Signature=0badc0ffee', '/elsewhere']);
    for (const { headers } of asked) {
      expect(headers).toMatchObject({ range: 'bytes=5-8', 'if-range': '"one"', 'accept-encoding': 'identity' });
    }
  });

  it('D45: to another host or port is refused, and that host is not asked', async () => {
    const elsewhere: unknown[] = [];
    const other = createServer((request, response) => {
      elsewhere.push(request.url);
      response.end();
    });
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    for (const location of [`http://127.0.0.1:${port}/x`, `//127.0.0.1:${port}/x`, `http://localhost:${port}/x`]) {
      answer = redirect(location);
      expect(await refusal(get(link()))).toMatchObject({ code: 'LINK_NOT_ALLOWED' });
    }
    expect(elsewhere).toEqual([]);
    other.close();
  });

  it.each([
    'file:///etc/passwd',
    'https://example.com/part-1.zip',
    'http://storage.googleapis.com/part-1.zip',
    'https://169.254.169.254/computeMetadata/v1/',
    'http://[',
  ])('to %s is refused', async (location) => {
    answer = redirect(location);
    expect(await refusal(get(link()))).toMatchObject({ code: 'LINK_NOT_ALLOWED' });
  });

  it('from a hop that was allowed is checked again: the second one may not leave either', async () => {
    answer = (request, response) => {
      const listener = request.url?.startsWith('/bucket/') ? redirect('/second') : redirect('http://10.0.0.1/third');
      listener(request, response);
    };
    expect(await refusal(get(link()))).toMatchObject({ code: 'LINK_NOT_ALLOWED' });
    expect(asked).toHaveLength(2);
  });

  it('that loops ends after three hops', async () => {
    answer = (request, response) => redirect(request.url ?? '')(request, response);
    expect(await refusal(get(link()))).toMatchObject({ code: 'LINK_DEAD' });
    expect(asked).toHaveLength(4);
  });
});

describe('a server that holds the line', () => {
  it('without an answer is ended', async () => {
    answer = () => undefined;
    expect(await refusal(get(link(), { limits: { headersMs: 50 } }))).toMatchObject({
      code: 'GOOGLE_UNAVAILABLE',
      retryable: true,
    });
  });

  it('in the middle of a body is ended', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('five…');
    };
    const error = await refusal(textOf(link(), { limits: { idleMs: 50 } }));
    expect(error).toMatchObject({ code: 'GOOGLE_UNAVAILABLE', retryable: true });
    expect(error.message).toContain('no more bytes arrived');
  });

  it('by sending a byte now and then is ended when a range takes too long', async () => {
    answer = (_request, response) => {
      response.writeHead(206, { 'content-length': '1000' });
      const drip = setInterval(() => response.write('.'), 5);
      response.on('close', () => clearInterval(drip));
    };
    const request = { range: { start: 0, end: 1_000 } };
    const error = await refusal(textOf(link(), { limits: { idleMs: 60_000, rangeMs: 100 } }, request));
    expect(error).toMatchObject({ code: 'GOOGLE_UNAVAILABLE', retryable: true });
    expect(error.message).toContain('too slowly');
  });

  it('D46: and then breaks it, has sent a truncated body', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('five…', () => response.destroy());
    };
    expect(await refusal(textOf(link()))).toMatchObject({ code: 'PART_TRUNCATED', retryable: true });
  });
});

it('D44: no request carries credentials, cookies or a referrer', async () => {
  answer = send(200, 'the part');
  await textOf(link());
  const allowed = new Set(['accept-encoding', 'connection', 'host']);
  expect(Object.keys(asked[0]?.headers ?? {}).filter((name) => !allowed.has(name))).toEqual([]);
});
