/** Forty slow downloads and thirty small exports on one worker: all of them end, within the memory for downloads. */
import { and, inArray, isNotNull } from 'drizzle-orm';

import { exportsTable } from '../../src/database/schema';
import { startTestPortage, type TestPortage } from '../support/portage';
import { until } from '../support/program';
import { beginSlowDownloads, statesOf } from './slow-lines';

const smallCount = 30;
const slowCount = 40;

describe('thirty small exports', () => {
  let running: TestPortage;
  beforeAll(async () => {
    running = await startTestPortage();
  });
  afterAll(async () => {
    await running.stop();
  });

  const runSmall = async (): Promise<void> => {
    const ids: string[] = [];
    for (let number = 1; number <= smallCount; number += 1) {
      const account = `small-${number}@example.com`;
      running.emulator.control.addAccount({ email: account, name: `Small ${number}` });
      const decision = { account, access: 'once' } as const;
      const order = { resources: ['maps.starred_places'], userId: account, decision };
      ids.push((await running.connect(order)).consentId ?? '');
    }
    const { db } = running.portage.database;
    const areEnded = and(inArray(exportsTable.consentId, ids), isNotNull(exportsTable.endedAt));
    await until(
      'the small exports have ended',
      async () => (await db.$count(exportsTable, areEnded)) === smallCount,
      1_800_000,
    );
    const ended = await db.select().from(exportsTable).where(areEnded);
    expect(ended.map(({ state }) => state)).toEqual(Array(smallCount).fill('ready'));
  };

  let slow: string[];

  it('end during forty downloads that only drip', async () => {
    slow = await beginSlowDownloads(running, { count: slowCount, bytesPerSecond: 1_000, mediaBytes: 4_000_000 });
    await runSmall();
    expect(await statesOf(running.portage, slow)).toEqual(Array(slowCount).fill('downloading'));
  }, 3_600_000);

  it('and those end too, within the memory for downloads', async () => {
    running.emulator.control.clearFaults();
    const { portage, config } = running;
    const { db } = portage.database;
    const areEnded = and(inArray(exportsTable.consentId, slow), isNotNull(exportsTable.endedAt));
    const haveEnded = async () => (await db.$count(exportsTable, areEnded)) === slowCount;
    await until('the slow exports have ended', haveEnded, 1_800_000);
    expect(await statesOf(portage, slow)).toEqual(Array(slowCount).fill('ready'));
    const { fetching, sealing } = portage.downloadMemory;
    expect(fetching.counts().most + sealing.counts().most).toBeLessThanOrEqual(config.download.memoryBytes);
    expect(fetching.counts().most).toBeGreaterThan(slowCount * config.download.segmentBytes * 0.9);
    expect([fetching.counts().lent, sealing.counts().lent]).toEqual([0, 0]);
  }, 3_600_000);
});
