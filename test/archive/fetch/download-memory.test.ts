// Memory for segments is lent within its budget, fairly, and never so that a short part has to wait for long ones.
import { setImmediate as turn } from 'node:timers/promises';

import { createDownloadMemory, createSegmentMemory, type Loan } from '../../../src/archive/fetch/download-memory';

const consumer = (consentId: string, hostAppId = 'app-1') => ({ hostAppId, consentId });
const never = Symbol('not lent');
/** The state of a promise. */
const byNow = async <T>(promise: Promise<T>): Promise<T | typeof never> => {
  await turn();
  return Promise.race([promise, Promise.resolve(never)]);
};

describe('memory for segments', () => {
  it('D70: keeps room for short parts, however many long ones are under way', async () => {
    const memory = createSegmentMemory(1_000);
    const long = Array.from({ length: 40 }, (_, number) => memory.borrow(100, consumer(`long-${number}`)));
    await turn();
    // A loan of 100 leaves as much free at least.
    expect(memory.counts()).toEqual({ lent: 900, most: 900, waiting: 31 });
    const short = await Promise.all([1, 2, 3].map((number) => memory.borrow(10, consumer(`short-${number}`))));
    expect(short.map(({ hasWaited, buffer }) => [hasWaited, buffer.length])).toEqual(Array(3).fill([false, 10]));
    expect(await byNow(long[9] as Promise<Loan>)).toBe(never);
  });

  it('never lends more than its limit, for any order and size of requests', async () => {
    const memory = createSegmentMemory(1_000);
    const sizes = Array.from({ length: 500 }, (_, number) => 1 + ((number * 7_919) % 300));
    let under = 0;
    await Promise.all(
      sizes.map(async (bytes, number) => {
        const loan = await memory.borrow(bytes, consumer(`consent-${number % 7}`, `app-${number % 3}`));
        under += loan.buffer.length;
        expect(under).toBeLessThanOrEqual(1_000);
        await turn();
        under -= loan.buffer.length;
        loan.release();
      }),
    );
    expect(memory.counts()).toEqual({ lent: 0, most: expect.any(Number) as number, waiting: 0 });
    expect(memory.counts().most).toBeGreaterThan(500);
  });

  it('goes first to the host app and then to the consent that holds least, in any order of requests', async () => {
    const memory = createSegmentMemory(1_000);
    const first = await memory.borrow(300, consumer('a', 'busy'));
    const second = await memory.borrow(250, consumer('b', 'busy'));
    const third = await memory.borrow(200, consumer('c', 'busy'));
    const order: string[] = [];
    const ask = (consentId: string, hostAppId: string) =>
      memory.borrow(130, consumer(consentId, hostAppId)).then((loan) => {
        order.push(consentId);
        return loan;
      });
    const loans = [ask('b', 'busy'), ask('d', 'busy'), ask('e', 'quiet'), ask('f', 'busy')];
    expect(memory.counts().waiting).toBe(4);
    first.release();
    second.release();
    third.release();
    for (const loan of loans) (await loan).release();
    expect(order).toEqual(['e', 'd', 'f', 'b']);
  });

  it('serves one that asks for more than ever is free, once no other download holds any', async () => {
    const memory = createSegmentMemory(100);
    const held = await memory.borrow(40, consumer('a'));
    const large = memory.borrow(90, consumer('b'));
    expect(await byNow(large)).toBe(never);
    held.release();
    expect((await large).buffer).toHaveLength(90);
  });

  it('lends spare memory only while half is free and no download waits', async () => {
    const memory = createSegmentMemory(1_000);
    const held = await memory.borrow(300, consumer('a'));
    expect(memory.borrowSpare(250, consumer('b'))).toBeUndefined();
    memory.borrowSpare(200, consumer('b'))?.release();
    const waiting = memory.borrow(600, consumer('c'));
    expect(memory.borrowSpare(10, consumer('b'))).toBeUndefined();
    held.release();
    (await waiting).release();
    expect(memory.borrowSpare(10, consumer('b'))?.buffer).toHaveLength(10);
  });

  it('forgets who waits no longer', async () => {
    const memory = createSegmentMemory(100);
    const held = await memory.borrow(60, consumer('a'));
    const over = new AbortController();
    const waiting = memory.borrow(50, consumer('b'), over.signal);
    over.abort(new Error('cancelled'));
    await expect(waiting).rejects.toThrow('cancelled');
    expect(memory.counts().waiting).toBe(0);
    held.release();
    held.release();
    expect(memory.counts().lent).toBe(0);
  });

  it('uses a buffer again, but none that may still be read', async () => {
    const memory = createSegmentMemory(1_000);
    const first = await memory.borrow(100, consumer('a'));
    first.release();
    const second = await memory.borrow(100, consumer('b'));
    expect(second.buffer).toBe(first.buffer);
    second.release(false);
    expect((await memory.borrow(100, consumer('c'))).buffer).not.toBe(first.buffer);
  });

  it('is one for fetching and one for sealing, so that fetched bytes can always be sealed', async () => {
    const { fetching, sealing } = createDownloadMemory(800);
    await Promise.all([1, 2, 3, 4].map((number) => fetching.borrow(100, consumer(`a-${number}`))));
    expect(fetching.counts().lent).toBe(400);
    await sealing.borrow(100, consumer('a-1'));
    expect(sealing.counts()).toEqual({ lent: 100, most: 100, waiting: 0 });
  });
});
