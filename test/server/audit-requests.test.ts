// A host app's reads of users' data are in the audit log before the first byte is sent.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { loadConfig } from '../../src/config';
import type { AuditAction } from '../../src/domain/audit';
import { PortageError } from '../../src/domain/error-codes';
import { bindListener } from '../../src/listener';
import { createLogger } from '../../src/log';
import { openPortage, type Portage } from '../../src/portage';
import { readExport } from '../../src/records/read/read-export';
import { startServer, type RunningServer } from '../../src/server/start';
import { member, rawZip } from '../archive/raw-zip';
import '../support/built';
import { databaseSettings } from '../support/database';
import { storeExport, type StoredExport } from '../support/stored-export';

let dataDir: string;
let database: Awaited<ReturnType<typeof databaseSettings>>;
let portage: Portage;
let server: RunningServer;
let stored: StoredExport;
/** Whether entries can be written. */
let isLogThere = true;
/** Objects of users that were read from the storage. */
let reads = 0;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'portage-test-audit-'));
  const listener = await bindListener({ host: '127.0.0.1', port: 0 });
  database = await databaseSettings();
  portage = await openPortage(
    loadConfig({
      ...{ PUBLIC_URL: listener.url, PORT: String(listener.port), DATA_DIR: dataDir, ...database.settings },
      VAULT_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
      ...{ GOOGLE_CLIENT_ID: 'an-id', GOOGLE_CLIENT_SECRET: 'a-secret', TEMPORAL_ADDRESS: '127.0.0.1:9' },
    }),
  );
  await portage.database.migrate();
  const { auditLog, storage } = portage;
  const watched: Portage = {
    ...portage,
    auditLog: {
      ...auditLog,
      append: (entry) =>
        isLogThere ? auditLog.append(entry) : Promise.reject(new PortageError('DATABASE_UNAVAILABLE')),
    },
    storage: {
      ...storage,
      get: (...request) => {
        // Not the probe of the readiness.
        if (request[0].startsWith('consents/')) reads += 1;
        return storage.get(...request);
      },
    },
  };
  server = await startServer(watched, createLogger('error', { write: () => undefined }), { listener });
  const comment = 'Ugxxxxxxxxxxxxxxxxxxxxxx,UCaaaaaaaaaaaaaaaaaaaaaa,2026-01-01T10:00:00Z,"words"\n';
  const comments = member(
    'Portability/YouTube/comments/comments.csv',
    `Comment ID,Channel ID,Comment Create Timestamp,Comment Text\n${comment}`,
  );
  stored = await storeExport(portage, { parts: [rawZip([comments])], resource: 'youtube.comments' });
  await portage.exports.recordVerdict(stored.exportId, { verdict: 'complete', findings: [], files: 1 });
  await readExport(portage, stored.exportId, { signal: new AbortController().signal, onProgress: () => undefined });
});

afterAll(async () => {
  await server.stop();
  await portage.close();
  await database.remove();
  rmSync(dataDir, { recursive: true, force: true });
});

const routes: readonly (readonly [string, AuditAction, string | null])[] = [
  ['exports/EXPORT/parts/1', 'part.read', 'parts/1'],
  ['exports/EXPORT/members', 'members.listed', null],
  ['exports/EXPORT/members/1/1', 'member.read', 'members/1/1'],
  ['exports/EXPORT/records', 'records.read', null],
  ['exports/EXPORT/records/summary', 'records.counted', null],
  ['consents/CONSENT/records', 'records.read', null],
  ['consents/CONSENT/records/counts', 'records.counted', null],
];

async function ask(path: string) {
  const { consentId, exportId, apiKey } = stored;
  const address = path.replace('EXPORT', exportId).replace('CONSENT', consentId);
  const answer = await fetch(`${server.url}/v1/${address}`, { headers: { authorization: `Bearer ${apiKey}` } });
  return { status: answer.status, text: await answer.text() };
}

const entries = () => portage.auditLog.page({ consentId: stored.consentId, after: '', limit: 1_000 });

it.each(routes)('a request for %s leaves one entry, %s', async (path, action, object) => {
  const { keyId } = await portage.hostApps.authenticate(stored.apiKey, portage.now());
  const before = (await entries()).length;
  expect(await ask(path)).toMatchObject({ status: 200 });
  expect((await entries()).slice(before)).toMatchObject([
    {
      ...{ action, outcome: 'done', actorKind: 'api_key', actorId: keyId, object },
      exportId: path.startsWith('exports') ? stored.exportId : null,
      address: expect.stringContaining('127.0.0.1') as string,
    },
  ]);
});

it.each(routes)('nothing of %s is read or sent when the entry cannot be written', async (path) => {
  isLogThere = false;
  reads = 0;
  const { status, text } = await ask(path);
  isLogThere = true;
  expect([status, reads]).toEqual([503, 0]);
  expect(JSON.parse(text)).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
});

it('a real read comes from the storage, which makes the count above meaningful', async () => {
  reads = 0;
  expect((await ask('exports/EXPORT/parts/1')).status).toBe(200);
  expect(reads).toBeGreaterThan(0);
});
