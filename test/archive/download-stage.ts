/**
 * The dependencies of a download, real and small: PGlite in memory, storage in a folder, a consent with its key, one
 * object.
 */
import { createCipheriv } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { downloadPart } from '../../src/archive/fetch/download-part';
import { createDownloadProgress } from '../../src/archive/fetch/download-progress';
import { createEgress } from '../../src/network/egress';
import { createFreshLinks } from '../../src/archive/fetch/fresh-links';
import { openPart } from '../../src/archive/store/part-reader';
import { openTestDatabase } from '../support/database';
import { createDataKeys } from '../../src/database/data-keys';
import { createExportKeys } from '../../src/database/export-keys';
import { createPartStore, type StoredPart } from '../../src/database/parts';
import { createFolderStorage } from '../../src/storage/folder';
import { createDownloadMemory } from '../../src/archive/fetch/download-memory';
import type { Turn } from '../../src/archive/fetch/download-turns';
import { createVault } from '../../src/vault';
import { at, createStage, auditOf } from '../database/databases';
import { startObjectServer } from './object-server';

export const segmentBytes = 1_000;
export const concurrency = 3;
/** Enough for that many at once. */
const memoryBytes = 100 * segmentBytes;

/** Bytes that no compression shortens and every run makes alike, with the beginning of a ZIP. */
export function contentOf(length: number, seed = 1): Buffer {
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, seed), Buffer.alloc(16));
  const bytes = cipher.update(Buffer.alloc(length));
  bytes.set(Buffer.from('PK\u0003\u0004').subarray(0, length));
  return bytes;
}

export type DownloadStage = Awaited<ReturnType<typeof openDownloadStage>>;

export async function openDownloadStage() {
  const database = await openTestDatabase();
  const stage = createStage(database.db);
  const vault = createVault([{ id: 'k1', key: Buffer.alloc(32, 1) }]);
  const root = mkdtempSync(join(tmpdir(), 'portage-test-download-'));
  const storage = createFolderStorage(root);
  const dataKeys = createDataKeys(database.db, vault, auditOf(database.db));
  const exportKeys = createExportKeys(database.db, dataKeys, auditOf(database.db));
  const parts = createPartStore(database.db);
  const server = await startObjectServer();
  const egress = createEgress({ emulatorOrigin: server.origin });
  const memory = createDownloadMemory(memoryBytes);
  const deps = { storage, parts, dataKeys, exportKeys, egress, memory, now: () => at };

  /** An export that is being downloaded, of a consent of its own. */
  const begin = async (consentId?: string) => {
    const ownConsentId = consentId ?? (await stage.consent());
    const row = await stage.exports.begin({
      consentId: ownConsentId,
      resource: 'chrome.history',
      resources: ['chrome.history'],
      cycle: consentId === undefined ? 1 : 2,
      startTime: undefined,
      endTime: undefined,
      at,
    });
    await exportKeys.create({ consentId: ownConsentId, exportId: row.id }, at);
    return { consentId: ownConsentId, exportId: row.id };
  };
  type Begun = Awaited<ReturnType<typeof begin>>;

  /** One try, as an activity makes it: with a fresh link and the rows in the database. */
  const download = async (
    { consentId, exportId }: Begun,
    changes: {
      signal?: AbortSignal;
      segmentBytes?: number;
      egress?: typeof egress;
      links?: () => string[];
      turn?: Turn;
    } = {},
  ): Promise<StoredPart> => {
    const ask = changes.links ?? (() => [server.link()]);
    const links = createFreshLinks(ask(), () => Promise.resolve(ask()), server.origin);
    const [object = ''] = links.objects();
    const progress = createDownloadProgress(1, (state) => parts.recordProgress(exportId, state, at));
    try {
      return await downloadPart(
        { ...deps, egress: changes.egress ?? egress },
        {
          borrower: { hostAppId: 'app-1', consentId },
          turn: changes.turn ?? { isOver: () => false },
          key: await exportKeys.open({ consentId, exportId }),
          part: await parts.claim(exportId, object),
          links,
          progress,
          signal: changes.signal ?? new AbortController().signal,
          segmentBytes: changes.segmentBytes ?? segmentBytes,
          concurrency,
        },
      );
    } finally {
      await progress.flush();
    }
  };

  const contentStored = async ({ consentId }: Begun, part: StoredPart): Promise<Buffer> => {
    const reader = await openPart(deps, consentId, part);
    const chunks: Buffer[] = [];
    for await (const chunk of reader.read(0, reader.bytes)) chunks.push(chunk);
    return Buffer.concat(chunks);
  };

  return {
    ...stage,
    ...deps,
    vault,
    root,
    server,
    begin,
    download,
    contentStored,
    /** Paths of every stored file, below the root. */
    files: () =>
      readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort(),
    async stop() {
      server.stop();
      await egress.close();
      await database.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
