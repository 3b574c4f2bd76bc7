/** A storage that lost bytes is detected while Google still has the archive, and filled again. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { PortageError } from '../../src/domain/error-codes';
import type { Storage } from '../../src/storage/storage';
import { exportWorkflowId } from '../../src/workflows/ids';
import { startTestPortage, type TestPortage } from '../support/portage';
import { until } from '../support/program';
import { allTests, longIt } from '../support/long';
import { recordHistory } from '../support/record-history';

const path = 'Portability/My Activity/Search/MyActivity.json';
const segmentBytes = 64 * 1024;

/** The result of a put. */
type Treatment = 'kept' | 'flipped' | 'cut' | 'lost' | 'refused';

describe('a storage that did not keep a segment', () => {
  let archives: string;
  let portage: TestPortage;
  /** How the puts of each segment are treated, in order; from then on, all are kept. */
  let treatments: Map<number, Treatment[]>;
  let puts: number[];

  beforeAll(async () => {
    archives = mkdtempSync(join(tmpdir(), 'portage-healing-'));
    mkdirSync(dirname(join(archives, path)), { recursive: true });
    // Many activities of little each: no record is longer than records may be.
    const activities = Array.from({ length: 240 }, (_, minute) => ({
      header: 'Search',
      title: `Searched for ${randomBytes(1_024).toString('hex')}`,
      time: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(),
      products: ['Search'],
    }));
    writeFileSync(join(archives, path), JSON.stringify(activities));
    portage = await startTestPortage({
      emulator: { archivesDir: archives },
      environment: { DOWNLOAD_SEGMENT_SIZE: '64 KiB' },
      dependencies: (own) => ({ ...own, storage: forgetful(own.storage) }),
    });
  });
  afterAll(async () => {
    await portage.stop();
    rmSync(archives, { recursive: true, force: true });
  });
  beforeEach(() => {
    puts = [];
    treatments = new Map();
  });

  const forgetful = (storage: Storage): Storage => ({
    ...storage,
    async put(key, bytes) {
      // Records that were read from the archive are stored elsewhere, and cannot be fetched again.
      if (!key.includes('/parts/')) return storage.put(key, bytes);
      const segment = Number(key.slice(key.lastIndexOf('/') + 1));
      puts.push(segment);
      const treatment = treatments.get(segment)?.shift() ?? 'kept';
      if (treatment === 'refused') throw new PortageError('STORAGE_UNAVAILABLE');
      if (treatment === 'lost') return;
      const stored = Buffer.from(bytes);
      if (treatment === 'flipped') stored[100] = (stored[100] ?? 0) ^ 1;
      await storage.put(key, treatment === 'cut' ? stored.subarray(0, -1) : stored);
    },
  });
  const bytesSent = () =>
    portage.emulator.control
      .requests()
      .filter(({ method }) => method === 'download')
      .reduce((sum, { bytesSent: bytes }) => sum + (bytes ?? 0), 0);

  const damages: readonly [string, Map<number, Treatment[]>][] = [
    [
      'changed, cut and lost ones, and one that is damaged twice',
      new Map<number, Treatment[]>([
        [1, ['flipped']],
        [2, ['cut']],
        [3, ['flipped', 'lost']],
        [4, ['lost']],
      ]),
    ],
    [
      'one whose second download is interrupted',
      new Map<number, Treatment[]>([[2, ['flipped', 'refused', 'refused']]]),
    ],
  ];
  it.each(allTests ? damages : damages.slice(0, 1))(
    'is filled again: %s, and nothing but them',
    async (_name, damage) => {
      treatments = damage;
      const damaged = [...damage].flatMap(([segment, each]) => each.map(() => segment));
      const before = bytesSent();
      const consent = await portage.import({ resources: ['myactivity.search'] });
      expect(consent).toMatchObject({
        state: 'completed',
        exports: [{ state: 'ready', verdict: 'complete' }],
      });

      const parts = consent.exports[0]?.parts ?? [];
      const segments = parts.flatMap((part) => [...Array(Math.ceil(part.bytes / segmentBytes)).keys()]);
      expect(Math.max(...segments)).toBeGreaterThanOrEqual(4);
      expect([...puts].sort()).toEqual([...segments, ...damaged].sort());
      const bytes = consent.exports[0]?.bytes ?? 0;
      expect(bytesSent() - before).toBeLessThanOrEqual(bytes + damaged.length * segmentBytes);
      expect(portage.logLines.join('')).toContain('stored segments are damaged and are downloaded again');
      await recordHistory(portage.temporal, exportWorkflowId(consent.id, 'myactivity.search'), 'healed-export');
    },
  );

  longIt('permanently ends after two more downloads, and the export has the reason', async () => {
    treatments = new Map([[1, Array.from({ length: 100 }, () => 'flipped' as const)]]);
    const { consentId = '' } = await portage.connect({ resources: ['myactivity.search'] });
    const failed = await until('the end of the export', async () => {
      const { exports } = await portage.api.getConsent(consentId);
      return exports[0]?.state === 'failed' ? exports[0] : undefined;
    });
    expect(failed.errorCode).toBe('SEGMENT_ALTERED');
    expect(puts.filter((segment) => segment === 1)).toHaveLength(3);
  });
});
