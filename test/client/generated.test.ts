// client/src/generated is the generator's output for docs/openapi.json. UPDATE_DOCS=1 writes it.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { longIt } from '../support/long';

const root = join(__dirname, '..', '..');
const committed = join(root, 'client', 'src', 'generated');
const document = join(root, 'docs', 'openapi.json');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portage-generated-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const generate = (into: string, from: string) =>
  promisify(execFile)(process.execPath, [join(root, 'tools', 'generate-client.mjs'), into, from]);

it('is made from the committed document', async () => {
  if (process.env['UPDATE_DOCS'] === '1') await generate(committed, document);
  await generate(folder, document);
  for (const name of ['schema.ts', 'operation-table.ts']) {
    expect([name, readFileSync(join(committed, name), 'utf8')]).toEqual([
      name,
      readFileSync(join(folder, name), 'utf8'),
    ]);
  }
});

it('belongs to a package of the same release, which verifies webhooks with the same library', () => {
  const read = (path: string) =>
    JSON.parse(readFileSync(join(root, path), 'utf8')) as { version: string; dependencies: Record<string, string> };
  const [server, client] = [read('package.json'), read('client/package.json')];
  expect(client.version).toBe(server.version);
  expect(client.dependencies).toEqual({ standardwebhooks: server.dependencies['standardwebhooks'] });
});

longIt('is refused for a document in which an operation takes one name in two places', async () => {
  const changed = readFileSync(document, 'utf8').replace('/v1/connect-sessions/{id}/confirm', '/v1/x/{code}/confirm');
  const path = join(folder, 'changed.json');
  writeFileSync(path, changed.replace(/("\/v1\/x[^]*?"name": )"id"/, '$1"code"'));
  await expect(generate(folder, path)).rejects.toThrow('confirmConnectSession takes code in two places');
});
