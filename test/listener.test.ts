import { createServer, type Server } from 'node:net';
import { once } from 'node:events';

import { bindListener, ListenError, type Listener } from '../src/listener';

const host = '127.0.0.1';

describe('A listener', () => {
  const opened: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
  });
  const bind = async (port: number, orNext = false): Promise<Listener> => {
    const listener = await bindListener({ host, port, orNext, remedy: 'set PORT to another port' });
    opened.push(listener);
    return listener;
  };

  it('has its port from the moment on at which it is chosen, and answers with 503 until there is an app', async () => {
    const listener = await bind(0);
    expect(listener.url).toBe(`http://${host}:${listener.port}`);
    const early = await fetch(listener.url, { method: 'POST', body: 'a request that came early' });
    expect([early.status, early.headers.get('retry-after')]).toEqual([503, '1']);
    listener.serve((_request, response) => response.end('served'));
    expect(await (await fetch(listener.url)).text()).toBe('served');
  });

  it('is alone on its port: twenty that want the same one at once get twenty, the first free ones', async () => {
    const first = await bind(0);
    const all = await Promise.all(Array.from({ length: 20 }, () => bind(first.port, true)));
    expect(new Set([first, ...all].map(({ port }) => port)).size).toBe(21);
    for (const { port } of all) expect(port).toBeGreaterThan(first.port);
  });

  it('refuses a port that is taken, with the port, the address and the remedy', async () => {
    const { port } = await bind(0);
    const refused = bind(port);
    await expect(refused).rejects.toThrow(ListenError);
    await expect(refused).rejects.toThrow(
      `Can't listen on port ${port} of 127.0.0.1: another program listens there. ` +
        'Remedy: end that program, or set PORT to another port.',
    );
  });

  it.each([
    // TEST-NET-1 of RFC 5737: no machine has it.
    ['192.0.2.1', 'this machine does not have that address'],
    ['no-such-name.invalid', 'that name has no address'],
  ])('refuses %s at once, whatever the port: %s', async (elsewhere, why) => {
    await expect(bindListener({ host: elsewhere, port: 4_000, orNext: true })).rejects.toThrow(why);
  });

  it('names the range when no port of it is free', async () => {
    const server: Server = createServer();
    opened.push(server);
    server.listen(65_535, host);
    // Some other program may have the last port; then it is taken too.
    await Promise.race([once(server, 'listening'), once(server, 'error')]).catch(() => undefined);
    await expect(bind(65_535, true)).rejects.toThrow('any port from 65535 to 65535 of 127.0.0.1');
  });

  it('frees its port when it is closed, also twice and in the middle of an answer', async () => {
    const listener = await bind(0);
    listener.serve((_request, response) => void response.write('begun'));
    const answer = await fetch(listener.url);
    await Promise.all([listener.close(), listener.close()]);
    await expect(answer.text()).rejects.toThrow();
    expect((await bind(listener.port)).port).toBe(listener.port);
  });

  it('lets a running answer finish when it only stops accepting', async () => {
    const listener = await bind(0);
    let finish = () => undefined as unknown;
    listener.serve((_request, response) => {
      response.write('begun, ');
      finish = () => response.end('finished');
    });
    const answer = await fetch(listener.url);
    listener.stopAccepting();
    await expect(fetch(listener.url)).rejects.toThrow();
    finish();
    expect(await answer.text()).toBe('begun, finished');
  });
});
