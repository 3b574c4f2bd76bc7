/** An import leaves on disk no readable part of the archive, and no link (docs/known-defects.md D42, D43). */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { deleteExportData } from '../../src/archive/delete/delete-data';
import { filesBelow } from '../support/files-below';
import { startTestPortage } from '../support/portage';
import { until } from '../support/until';

/** Is in the archive uncompressed and compressed, and in no other place. */
const words = 'zanzibar-quartermaster-4711';
const path = 'Portability/My Activity/Search/MyActivity.json';

/** Without the object that a readiness check writes and deletes again, which may be gone before it is read. */
const lastingFiles = (folder: string) => filesBelow(folder).filter((file) => !/\/(probes|\.unfinished)\//.test(file));
const withText = (files: readonly string[], text: string) => files.filter((file) => readFileSync(file).includes(text));

it('D42, D43: holds no plain text of the archive, none of its names, no key and no link', async () => {
  const archives = mkdtempSync(join(tmpdir(), 'portage-at-rest-'));
  mkdirSync(dirname(join(archives, path)), { recursive: true });
  // Too short to be compressed by much, so that the words are in the archive unchanged.
  writeFileSync(join(archives, path), `[{"header":"Search","title":"Searched for ${words}"}]`);
  const portage = await startTestPortage({ embedded: true, emulator: { archivesDir: archives } });
  try {
    const consent = await portage.import({ resources: ['myactivity.search'] });
    expect(consent).toMatchObject({ state: 'completed', exports: [{ verdict: 'complete' }] });

    // The words that are searched for below are in the caller's answer.
    const served: Buffer[] = [];
    for (const { path: part } of consent.exports[0]?.parts ?? []) {
      const answer = await fetch(portage.url + part, { headers: { authorization: `Bearer ${portage.apiKey}` } });
      served.push(Buffer.from(await answer.arrayBuffer()));
    }
    const plain = Buffer.concat(served);
    const inArchive = ['PK\u0003\u0004', 'PK\u0001\u0002', 'MyActivity.json', 'archive_browser.json'];
    for (const text of inArchive) expect(plain.includes(text)).toBe(true);

    const stored = lastingFiles(join(portage.dataDir, 'storage'));
    expect(stored).not.toEqual([]);
    for (const text of [...inArchive, words, 'zanzibar', 'Searched for']) expect(withText(stored, text)).toEqual([]);

    const everything = lastingFiles(portage.dataDir);
    expect(everything.length).toBeGreaterThan(stored.length);
    const link = portage.emulator.control.requests().find(({ method }) => method === 'download')?.path;
    if (link === undefined) throw new Error('the emulator logged no download');
    const exportId = consent.exports[0]?.id ?? '';
    const { dataKeys, exportKeys } = portage.portage;
    const keys = [await dataKeys.open(consent.id), await exportKeys.open({ consentId: consent.id, exportId })];
    const written = keys.flatMap((key) => [key.toString('base64'), key.toString('hex')]);
    const secrets = [words, 'X-Goog-Signature', link, ...written];
    for (const text of secrets) expect(withText(everything, text)).toEqual([]);
    for (const key of keys) expect(everything.filter((file) => readFileSync(file).includes(key))).toEqual([]);
    const logged = portage.logLines.join('\n');
    for (const text of secrets) expect(logged).not.toContain(text);

    // Once the host app has confirmed it, the data may go: nothing of it is left in the storage.
    const confirm = (key: string) =>
      fetch(`${portage.url}/v1/exports/${exportId}/delivery`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}` },
      });
    const { key: stranger } = await portage.portage.hostApps.createApiKey('Another host app', {
      scopes: ['read', 'manage'],
    });
    expect((await confirm(stranger)).status).toBe(404);
    const { dataDeletion } = portage.portage;
    const retention = { afterMs: 1, from: 'delivery' } as const;
    const dueIds = async () =>
      (await dataDeletion.due(retention, new Date(Date.now() + 1_000), 10)).map(({ id }) => id);
    expect(await dueIds()).toEqual([]);
    expect((await confirm(portage.apiKey)).status).toBe(204);
    expect(await dueIds()).toEqual([exportId]);
    await deleteExportData(portage.portage, { consentId: consent.id, exportId }, new AbortController().signal);
    await until('nothing of it is left', () => filesBelow(join(portage.dataDir, 'storage')).length === 0);
    expect(await dueIds()).toEqual([]);
  } finally {
    await portage.stop();
    rmSync(archives, { recursive: true, force: true });
  }
});
