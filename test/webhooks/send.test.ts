// One webhook on the wire: no redirects, limits on time and answer, and no private addresses.
import type { RequestListener } from 'node:http';

import { createWebhookSender } from '../../src/webhooks/send';
import { checkWebhookUrl } from '../../src/webhooks/check-url';
import { bindListener, type Listener } from '../../src/listener';

const here = ['127.0.0.0/8'];
let listener: Listener;
let answer: RequestListener = () => undefined;
const asked: string[] = [];
beforeAll(async () => {
  listener = await bindListener({ host: '127.0.0.1', port: 0 });
  listener.serve((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    answer(request, response);
  });
});
afterAll(() => listener.close());
beforeEach(() => asked.splice(0));

type Options = Partial<Parameters<typeof createWebhookSender>[0]>;
async function send(url = `${listener.url}/hook`, options: Options = {}) {
  const sender = createWebhookSender({ networks: here, ...options });
  try {
    return await sender.send(url, { 'webhook-id': 'evt_1' }, '{}', new AbortController().signal);
  } finally {
    await sender.close();
  }
}

it('a redirect is an answer and is not followed', async () => {
  answer = (_request, response) => response.writeHead(301, { location: `${listener.url}/elsewhere` }).end();
  expect(await send()).toMatchObject({ status: 301 });
  expect(asked).toEqual(['POST /hook']);
});

it('at most 512 bytes of an answer are kept, also of one that never ends or is interrupted', async () => {
  answer = (_request, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('x'.repeat(1_000)), 5);
    response.on('close', () => clearInterval(timer));
  };
  expect((await send()).answer).toBe('x'.repeat(512));
  answer = (_request, response) => {
    response.writeHead(204 - 4, { 'content-length': 100 }).write('only\0this', () => response.destroy());
  };
  expect(await send()).toMatchObject({ status: 200, answer: 'only\uFFFDthis' });
});

it('a request to a server that hangs is ended, and a missing server is distinguished', async () => {
  answer = () => undefined;
  expect(await send(undefined, { timeoutMs: 200 })).toMatchObject({ status: null, problem: 'no answer in 200 ms' });
  expect(await send('http://127.0.0.1:9/')).toMatchObject({
    status: null,
    problem: 'the connection failed (ECONNREFUSED)',
  });
});

it('private addresses are refused, by address and by name, unless they are allowed', async () => {
  answer = (_request, response) => response.writeHead(200).end('ok');
  expect(await send()).toMatchObject({ status: 200, answer: 'ok' });
  for (const address of ['10.1.2.3', '127.0.0.1', '169.254.169.254', '[::1]', '[fd00::1]', '0x7f.1']) {
    const url = `https://${address}/`;
    expect(() => checkWebhookUrl(url, [])).toThrow('not a public address');
    expect((await send(url, { networks: [] })).problem).toContain('not a public address');
  }
  const addressesOf = () => Promise.resolve([{ address: '10.1.2.3', family: 4 }]);
  const named = await send('https://app.example/', { addressesOf });
  expect(named).toMatchObject({ status: null, problem: expect.stringContaining('not public') as string });
  expect(() => checkWebhookUrl('https://10.1.2.3/', ['10.0.0.0/8'])).not.toThrow();
});

it.each<[string, string, string[]?]>([
  ['plain http', 'http://app.example/'],
  ['plain http to a private network', 'http://10.1.2.3/'],
  ['plain http to this machine, not allowed', 'http://localhost/', []],
  ['credentials', 'https://me:secret@app.example/'],
  ['no URL', 'app.example'],
  ['another protocol', 'file:///etc/passwd'],
  ['a long one', `https://app.example/${'a'.repeat(2_000)}`],
])('an address is refused that is %s', (_what, url, networks = ['127.0.0.0/8', '10.0.0.0/8']) => {
  expect(() => checkWebhookUrl(url, networks)).toThrow('Webhooks are not sent to this address');
});
