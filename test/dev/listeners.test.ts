import { ConfigError } from '../../src/config';
import { bindDevListeners } from '../../src/dev/listeners';
import { bindListener, ListenError, type Listener } from '../../src/listener';

describe('The ports of portage dev', () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });
  const bind = (environment: Record<string, string>, withEmulator = true) =>
    bindDevListeners(environment, withEmulator, stops);
  const takenPort = async (): Promise<string> => {
    const taken = await bindListener({ host: '127.0.0.1', port: 0 });
    stops.push(() => taken.close());
    return String(taken.port);
  };

  it('are different ones for five instances that start at once, all open from that moment on', async () => {
    const five = await Promise.all(Array.from({ length: 5 }, () => bind({ PORT: '', PUBLIC_URL: '' })));
    const all = five.flatMap(({ portage, demoApp, emulator }) => [portage, demoApp, emulator as Listener]);
    expect(new Set(all.map(({ port }) => port)).size).toBe(15);
    for (const { url } of all) expect((await fetch(url)).status).toBe(503);
  });

  it('are those of the loopback address, unless HOST sets another one for Portage', async () => {
    const hostsOf = ({ portage, demoApp, emulator }: Awaited<ReturnType<typeof bind>>) =>
      [portage, demoApp, emulator as Listener].map(({ url }) => new URL(url).hostname);
    expect(hostsOf(await bind({}))).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1']);
    expect(hostsOf(await bind({ HOST: '0.0.0.0' }))).toEqual(['0.0.0.0', '127.0.0.1', '127.0.0.1']);
  });

  it('leave out the emulator’s where there is none', async () => {
    expect((await bind({}, false)).emulator).toBeUndefined();
  });

  it.each(['PORT', 'PORT and PUBLIC_URL'])('are those that %s sets', async (named) => {
    const port = await takenPort();
    const address = named === 'PORT' ? {} : { PUBLIC_URL: `http://localhost:${port}` };
    const refused = bind({ ...address, PORT: port });
    await expect(refused).rejects.toThrow(ListenError);
    await expect(refused).rejects.toThrow(
      `Can't listen on port ${port} of 127.0.0.1: another program listens there. ` +
        'Remedy: end that program, or set PORT to another port; if PUBLIC_URL is set, change the port in it too.',
    );
  });

  it('do not move away from the address that PUBLIC_URL leads to', async () => {
    // Whichever of the two has it first: this test, or a program of this machine.
    const taken = await bindListener({ host: '127.0.0.1', port: 3_000 }).catch(() => undefined);
    if (taken !== undefined) stops.push(() => taken.close());
    await expect(bind({ PUBLIC_URL: 'https://portage.example.com' })).rejects.toThrow('port 3000 of 127.0.0.1');
  });

  it('are refused with the fault of the variable', async () => {
    await expect(bind({ PORT: 'http' })).rejects.toThrow(ConfigError);
    await expect(bind({ PORT: 'http' })).rejects.toThrow(
      'PORT "http" is not a port; write a whole number from 1 to 65535',
    );
  });
});
