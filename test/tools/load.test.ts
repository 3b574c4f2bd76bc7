/** The parts of the load benchmarks on which their figures and their exit codes rest. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const folder = join(__dirname, '../../tools/bench/load');
const urlOf = (file: string) => pathToFileURL(join(folder, file)).href;

/** Runs the text as a module. @returns its output, as JSON */
async function run(text: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', text]);
  return JSON.parse(stdout);
}

it('sends at a fixed rate, and counts requests that wait behind a stall as slow', async () => {
  const stallMs = 300;
  const outcomes = (await run(`
    import { runOpenLoop } from '${urlOf('open-loop.mjs')}';
    const send = (number) => {
      if (number === 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${stallMs});
      if (number === 3) throw new Error('refused');
    };
    const outcomes = await runOpenLoop({ perSecond: 100, seconds: 0.2, send });
    console.log(JSON.stringify(outcomes.map(({ ms, error }) => ({ ms, error: error?.message }))));
  `)) as { ms: number; error?: string }[];
  expect(outcomes).toHaveLength(20);
  // Request n is due after n times 10 ms, and nothing is done before the stall is over.
  outcomes.forEach(({ ms }, number) => expect(ms).toBeGreaterThanOrEqual(stallMs - number * 10 - 1));
  expect(outcomes.map(({ error }) => error).filter(Boolean)).toEqual(['refused']);
});

it('takes percentiles by the nearest rank', async () => {
  const times = await run(`
    import { percentile } from '${urlOf('durations.mjs')}';
    const values = Array.from({ length: 200 }, (_, index) => 200 - index);
    console.log(JSON.stringify([50, 95, 99, 100].map((percent) => percentile(values, percent))));
  `);
  expect(times).toEqual([100, 190, 198, 200]);
});

describe('the receiver of webhooks', () => {
  const child = spawn(process.execPath, [join(folder, 'receiver.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const address = once(createInterface(child.stdout), 'line').then(([line]) => line as string);
  afterAll(async () => {
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  });

  const post = async (endpoint: string, position: number, consentId: string) => {
    const headers = { 'webhook-id': `evt_${position}` };
    const body = JSON.stringify({ position, data: { consentId } });
    await fetch(`${await address}/endpoints/${endpoint}`, { method: 'POST', headers, body });
  };
  const report = async (method = 'GET') =>
    (await fetch(`${await address}/report`, { method })).json() as Promise<unknown>;

  it('reports events that came, that came twice, and that came out of the order of their consent', async () => {
    await post('0', 1, 'con_a');
    await post('0', 3, 'con_a');
    // Another consent and another endpoint have an order of their own.
    await post('0', 2, 'con_b');
    await post('1', 1, 'con_a');
    expect(await report()).toEqual({ received: 4, different: 4, repeated: 0, outOfOrder: 0 });
    await post('0', 1, 'con_a');
    expect(await report()).toEqual({ received: 5, different: 4, repeated: 1, outOfOrder: 0 });
    await post('1', 5, 'con_a');
    await post('1', 4, 'con_a');
    expect(await report('DELETE')).toEqual({ received: 7, different: 6, repeated: 1, outOfOrder: 1 });
    expect(await report()).toEqual({ received: 0, different: 0, repeated: 0, outOfOrder: 0 });
  });
});
