/** Forty slow downloads and thirty small exports on one worker: their waiting times and memory. */
import { and, inArray, isNotNull } from 'drizzle-orm';

import { exportsTable } from '../../src/database/schema';
import { startTestPortage, type TestPortage } from '../support/portage';
import { until } from '../support/program';
import { beginSlowDownloads, statesOf } from './slow-lines';

const smallExports = 30;
const slowDownloads = 40;

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

describe('thirty small exports', () => {
  let running: TestPortage;
  beforeAll(async () => {
    running = await startTestPortage();
    // The same for all of them, so that the two figures are comparable.
    running.emulator.control.setJobs({ dataParts: 1, manifest: 'same-part' });
  });
  afterAll(async () => {
    await running.stop();
  });

  /** @returns how long each export took from its request to its end, in milliseconds */
  const runSmall = async (name: string): Promise<number[]> => {
    const ids: string[] = [];
    for (let number = 1; number <= smallExports; number += 1) {
      const account = `${name}-${number}@example.com`;
      running.emulator.control.addAccount({ email: account, name: `${name} ${number}` });
      const decision = { account, access: 'once' } as const;
      const order = { resources: ['maps.starred_places'], userId: account, decision };
      ids.push((await running.connect(order)).consentId ?? '');
    }
    const { db } = running.portage.database;
    const areEnded = and(inArray(exportsTable.consentId, ids), isNotNull(exportsTable.endedAt));
    await until(
      'the small exports have ended',
      async () => (await db.$count(exportsTable, areEnded)) === smallExports,
      1_800_000,
    );
    const ended = await db.select().from(exportsTable).where(areEnded);
    expect(ended.map(({ state }) => state)).toEqual(Array(smallExports).fill('ready'));
    return ended.map(({ requestedAt, endedAt }) => (endedAt?.getTime() ?? 0) - requestedAt.getTime());
  };

  let slow: string[];

  it('end during forty downloads that only drip', async () => {
    const alone = median(await runSmall('alone'));
    slow = await beginSlowDownloads(running, { count: slowDownloads, bytesPerSecond: 1_000, mediaBytes: 4_000_000 });
    const parallel = median(await runSmall('parallel'));
    expect(await statesOf(running.portage, slow)).toEqual(Array(slowDownloads).fill('downloading'));
    const { fetching, sealing } = running.portage.downloadMemory;
    const figures = { aloneMs: alone, parallelMs: parallel, ratio: Number((parallel / alone).toFixed(2)) };
    process.stderr.write(
      `${JSON.stringify({ ...figures, fetching: fetching.counts(), sealing: sealing.counts(), rss: process.memoryUsage.rss() })}\n`,
    );
  }, 3_600_000);

  it('and those end too, within the memory for downloads', async () => {
    running.emulator.control.clearFaults();
    const { portage, config } = running;
    const { db } = portage.database;
    const areEnded = and(inArray(exportsTable.consentId, slow), isNotNull(exportsTable.endedAt));
    const haveEnded = async () => (await db.$count(exportsTable, areEnded)) === slowDownloads;
    await until('the slow exports have ended', haveEnded, 1_800_000);
    expect(await statesOf(portage, slow)).toEqual(Array(slowDownloads).fill('ready'));
    const { fetching, sealing } = portage.downloadMemory;
    expect(fetching.counts().most + sealing.counts().most).toBeLessThanOrEqual(config.download.memoryBytes);
    expect(fetching.counts().most).toBeGreaterThan(slowDownloads * config.download.segmentBytes * 0.9);
    expect([fetching.counts().lent, sealing.counts().lent]).toEqual([0, 0]);
  }, 3_600_000);
});
