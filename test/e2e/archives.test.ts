/** A person's own export, given to the emulator as a folder, arrives byte for byte. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import yauzl from 'yauzl';

import { startTestPortage } from '../support/portage';

const files: Record<string, string> = {
  'Portability/My Activity/Search/MyActivity.json': '[{"header":"Search","title":"Searched for façade"}]\n',
  'Portability/My Activity/Shopping/MyActivity.json': '[]',
  'Portability/My Activity/YouTube/MyActivity.json': `[${'{"header":"YouTube"},'.repeat(5_000)}{}]`,
};

it('stored parts contain the given files byte for byte', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portage-archives-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const portage = await startTestPortage({ emulator: { archivesDir: folder } });
  try {
    const resources = portage.emulator.givenResources ?? [];
    expect([...resources].sort()).toEqual(['myactivity.search', 'myactivity.shopping', 'myactivity.youtube']);
    const consent = await portage.import({ resources });
    expect(consent.state).toBe('completed');
    expect(consent.exports.map(({ verdict }) => verdict)).toEqual(['complete', 'complete', 'complete']);

    const stored: Record<string, string> = {};
    for (const { path } of consent.exports.flatMap(({ parts }) => parts)) {
      const answer = await fetch(portage.url + path, { headers: { authorization: `Bearer ${portage.apiKey}` } });
      const zip = await yauzl.fromBufferPromise(Buffer.from(await answer.arrayBuffer()));
      for await (const entry of zip.eachEntry()) {
        const chunks: Buffer[] = [];
        for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
        stored[entry.fileName] = Buffer.concat(chunks).toString('utf8');
      }
    }
    expect(stored).toMatchObject(files);
  } finally {
    await portage.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
