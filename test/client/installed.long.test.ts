// The packed client and the host apps of `examples`, over a whole Portage with the emulator in place of Google.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type * as Client from '../../client/src';
import { onPath } from '../../src/dev/executable';
import { newSecrets, signedHeaders } from '../../src/webhooks/sign';
import { filesBelow } from '../support/files-below';
import { startTestPortage, type TestPortage } from '../support/portage';
import { until } from '../support/until';
import { startExample, type ExampleApp } from './example-app';
import { installClient } from './installed-client';

const root = join(__dirname, '..', '..');
const run = promisify(execFile);
let folder: string;
let packed: string[];
let server: TestPortage;
/** Loaded from the folder in which it is installed. */
let client: typeof Client;
let portage: Client.Portage;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portage-client-'));
  packed = await installClient(folder);
  server = await startTestPortage({ environment: { WEBHOOK_PRIVATE_NETWORKS: '127.0.0.0/8' } });
  client = createRequire(join(folder, 'try.cjs'))('@portage-import/client') as typeof Client;
  portage = new client.Portage({ url: server.url, apiKey: server.apiKey });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the package', () => {
  it('contains the build output of every source, and the licence', () => {
    const sources = filesBelow(join(root, 'client', 'src')).map((path) =>
      path.slice(join(root, 'client', 'src').length + 1),
    );
    const built = sources.flatMap((path) => ['js', 'd.ts'].map((type) => `dist/${path.replace(/ts$/, type)}`));
    expect(packed.toSorted()).toEqual(
      [...built, 'LICENSE', 'README.md', 'index.d.mts', 'index.mjs', 'package.json'].toSorted(),
    );
    expect(readFileSync(join(root, 'client', 'LICENSE'), 'utf8')).toBe(readFileSync(join(root, 'LICENSE'), 'utf8'));
  });

  it('calls a server from an ES module and from CommonJS', async () => {
    const program = `
      const portage = new Portage({ url: ${JSON.stringify(server.url)}, apiKey: ${JSON.stringify(server.apiKey)} });
      portage.getExport({ id: 'exp_none' }).catch((error) => console.log(error instanceof PortageApiError, error.code));
    `;
    const name = '@portage-import/client';
    writeFileSync(join(folder, 'try.mjs'), `import { Portage, PortageApiError } from '${name}';${program}`);
    writeFileSync(join(folder, 'try.cjs'), `const { Portage, PortageApiError } = require('${name}');${program}`);
    for (const file of ['try.mjs', 'try.cjs']) {
      const { stdout } = await run(process.execPath, [file], { cwd: folder });
      expect([file, stdout]).toEqual([file, 'true NOT_FOUND\n']);
    }
  });

  it('has types for both', async () => {
    const uses = `
      const urlOf = (visit: RecordOf<'visit'>): string | null => visit.data.url ?? null;
      export async function use(portage: Portage): Promise<string | null> {
        const { exports, userId } = await portage.getConsent({ id: 'con_1' });
        for await (const line of portage.listExportRecords({ id: exports[0]!.id, kind: ['visit'] })) {
          if ('kind' in line && line.kind === 'visit') return urlOf(line);
        }
        // @ts-expect-error -- a field that no consent has
        await portage.getConsent({ id: 'con_1' }).then((consent) => consent.colour);
        return userId;
      }`;
    const line = "import { type Portage, type RecordOf } from '@portage-import/client';";
    writeFileSync(join(folder, 'uses.mts'), line + uses);
    writeFileSync(join(folder, 'uses.cts'), line + uses);
    const options = ['--noEmit', '--strict', '--module', 'node16', '--target', 'es2022', '--types', 'node'];
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const { stdout } = await run(process.execPath, [tsc, ...options, 'uses.mts', 'uses.cts'], { cwd: folder }).catch(
      (error: unknown) => error as { stdout: string },
    );
    expect(stdout).toBe('');
  });
});

describe('the client', () => {
  let consent: Client.Consent;
  beforeAll(async () => {
    const { id } = await server.import({ resources: ['myactivity.search', 'youtube.subscriptions'] });
    consent = await portage.getConsent({ id });
  });

  it('makes a connect session and reads its result', async () => {
    const resources = ['myactivity.search'];
    const session = await portage.createConnectSession({ userId: 'user-9', resources });
    const { state, userId } = await portage.getConnectSession({ id: session.id });
    expect([state, userId]).toEqual(['created', 'user-9']);
    const failure = await portage
      .confirmConnectSession({ id: session.id, code: 'x', userId: 'user-9' })
      .catch((e: unknown) => e);
    expect(failure).toMatchObject({ code: 'NOTHING_TO_CONFIRM', status: 409 });
  });

  it('names every field of a request that Portage refuses', async () => {
    const failure = await portage.createConnectSession({ userId: '', resources: [] }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(client.PortageApiError);
    const { code, fields, remedy } = failure as Client.PortageApiError;
    expect(code).toBe('REQUEST_INVALID');
    expect(fields.map(({ pointer }) => pointer).toSorted()).toEqual(['#/resources', '#/userId']);
    expect(remedy).not.toBe('');
  });

  it('streams the same lines in pages of any length, and nothing after the last cursor', async () => {
    const read = async (limit: number | undefined, since = 0) => {
      const lines: Client.StreamLine[] = [];
      const chosen = { id: consent.id, since, ...(limit === undefined ? {} : { limit }) };
      for await (const line of portage.listConsentRecords(chosen)) lines.push(line);
      return lines;
    };
    const whole = await read(undefined);
    const paged = await read(5);
    expect(paged.filter((line) => !('next' in line))).toEqual(whole);
    expect(paged.filter((line) => 'next' in line).length).toBeGreaterThan(2);
    const { counts, cursor } = await portage.countConsentRecords({ id: consent.id });
    expect(whole.filter((line) => 'kind' in line)).toHaveLength(counts.reduce((sum, each) => sum + each.new, 0));
    expect(whole.at(-1)).toMatchObject({ cursor });
    expect(await read(undefined, cursor)).toEqual([]);
  });

  it('gives another format as it comes', async () => {
    const chosen = { id: consent.id, kind: ['activity' as const] };
    const csv = await portage.request('listConsentRecords', chosen, { headers: { accept: 'text/csv' } });
    expect(await csv.text()).toMatch(/^key,state,resource,kind,/);
  });

  it('downloads a part and its members, and continues with half of one', async () => {
    const [{ id, parts } = { id: '', parts: [] }] = consent.exports;
    const file = join(folder, 'part.zip');
    const downloaded = await portage.downloadPart({ id, number: 1 }, file);
    expect(downloaded).toEqual({ bytes: parts[0]?.bytes, sha256: parts[0]?.sha256 });
    const bytes = readFileSync(file);

    const etag = (await portage.request('getPart', { id, number: '1' })).headers.get('etag') ?? '';
    const partial = `${file}.${Buffer.from(etag).toString('base64url')}.partial`;
    writeFileSync(partial, bytes.subarray(0, 100));
    expect(await portage.downloadPart({ id, number: 1 }, file)).toEqual(downloaded);
    // Bytes that are already here are not asked for again: wrong ones are found by the SHA-256.
    writeFileSync(partial, Buffer.alloc(100));
    await expect(portage.downloadPart({ id, number: 1 }, file)).rejects.toThrow(client.PortageDigestError);

    const { members } = await portage.listMembers({ id });
    const [member] = members;
    const asked = { id, part: member?.part ?? 0, entry: member?.entry ?? 0 };
    const fetched = await portage.downloadMember(asked, file);
    expect(fetched.bytes).toBe(member?.bytes);
    expect(fetched.sha256).toBe(createHash('sha256').update(readFileSync(file)).digest('hex'));
  });

  it('verifies a webhook, and refuses one that was changed or signed by others', () => {
    const secrets = newSecrets();
    const payload = '{"type":"export.ready","data":{"consentId":"con_é"}}';
    const headers = signedHeaders({ id: 'evt_1', payload, at: new Date() }, [secrets]);
    const verify = (body: string | Uint8Array, secret = secrets.hmac) => client.verifyWebhook(secret, body, headers);
    expect(verify(Buffer.from(payload)).data.consentId).toBe('con_é');
    expect(client.verifyWebhook(secrets.hmac, payload, new Headers(headers)).type).toBe('export.ready');
    expect(() => verify(payload.replace('ready', 'failed'))).toThrow(client.WebhookVerificationError);
    expect(() => verify(payload, newSecrets().hmac)).toThrow(client.WebhookVerificationError);
  });
});

describe.each(['node', 'python'] as const)('the example for %s', (language) => {
  let app: ExampleApp;
  beforeAll(async () => {
    const file = language === 'node' ? 'app.js' : 'app.py';
    copyFileSync(join(root, 'examples', language, file), join(folder, file));
    const program = language === 'node' ? process.execPath : await onPath('python3', process.env['PATH']);
    if (program === undefined) throw new Error('The example for Python needs python3, which is not on the PATH.');
    app = await startExample(server, [program, file], { cwd: folder, name: `diary-${language}` });
  });
  afterAll(() => app.stop());

  it('connects, is notified, shows the records, and deletes them', async () => {
    expect(await app.page()).toContain('0 records');
    expect(await app.forge('{"type":"export.ready","data":{"consentId":"con_x"}}')).toBe(400);

    const own = new client.Portage({ url: server.url, apiKey: app.apiKey });
    const sessionId = await app.connect();
    const { state, consentId, userId } = await own.getConnectSession({ id: sessionId });
    expect([state, userId]).toEqual(['connected', 'user-1']);
    const id = consentId ?? '';
    await until('the end of the consent', async () => (await own.getConsent({ id })).endedAt ?? undefined);
    const { counts } = await own.countConsentRecords({ id });
    const count = counts.reduce((sum, each) => sum + each.new, 0);
    expect(count).toBeGreaterThan(3);
    // The page is not requested meanwhile: only a webhook makes the app fetch the records.
    await until(
      `${count} records on the page`,
      async () => (await app.page()).includes(`${count} records`) || undefined,
    );

    expect(await app.delete()).toContain('0 records');
    await until('the deletion at Portage', async () => (await own.getConsent({ id })).dataDeletedAt ?? undefined);
    // Nothing of the user is left at Portage; the button still works.
    expect(await app.delete()).toContain('0 records');
  });
});
