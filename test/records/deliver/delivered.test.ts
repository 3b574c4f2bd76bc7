/**
 * The data that a host app and an operator receive, line by line against the published schemas: a real import over the
 * emulator, and exports in which records change, go and are lost; over HTTP in every format, whole and in pages, and
 * from the command.
 */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { brotliDecompressSync, constants, gunzipSync } from 'node:zlib';

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';

import { readExport, readExportAgain } from '../../../src/records/read/read-export';
import { zipOf } from '../../archive/zip';
import { runCommand } from '../../support/command';
import { createStage } from '../../database/databases';
import { startTestPortage, type TestPortage } from '../../support/portage';
import { storeExport, type ExportToStore, type StoredExport } from '../../support/stored-export';
import { faultOf, validLines } from './lines';

let portage: TestPortage;
let imported: { consentId: string; exportIds: string[] };
beforeAll(async () => {
  // Compiling the schemas takes seconds in which a server could not answer.
  for (const name of ['line', 'summary']) faultOf(name, {});
  portage = await startTestPortage();
  const resources = [
    'chrome.dictionary',
    'chrome.history',
    'maps.starred_places',
    'myactivity.search',
    'play.installs',
  ];
  const consent = await portage.import({ resources });
  imported = { consentId: consent.id, exportIds: consent.exports.map(({ id }) => id) };
});
afterAll(() => portage.stop());

type Headers = Record<string, string>;
const ask = (path: string, headers: Headers = {}, apiKey = portage.apiKey) =>
  fetch(`${portage.url}/v1/${path}`, { headers: { authorization: `Bearer ${apiKey}`, ...headers } });
const linesOf = async (path: string, apiKey?: string) => {
  const answer = await ask(path, {}, apiKey);
  expect([path, answer.status]).toEqual([path, 200]);
  return validLines(await answer.text());
};
const refusal = async (path: string, apiKey?: string, headers?: Headers) => {
  const answer = await ask(path, headers, apiKey);
  const { code, title, detail } = (await answer.json()) as { code: string; title: string; detail: string };
  return { status: answer.status, code, message: `${title}: ${detail}` };
};

const watch = { signal: new AbortController().signal, onProgress: () => undefined };
const head = 'Comment ID,Channel ID,Comment Create Timestamp,Comment Text\n';
const row = (id: number, text: string, time = '2026-01-01T10:00:00Z') =>
  `Ug${String(id).padStart(22, 'x')},UCaaaaaaaaaaaaaaaaaaaaaa,${time},"${text}"\n`;
const many = (count: number, text = 'words') => Array.from({ length: count }, (_, id) => row(id, text));

/** An export of comments whose records were read. */
async function comments(rows: readonly string[], more: Partial<ExportToStore> = {}): Promise<StoredExport> {
  const own = portage.portage;
  const member = { name: 'Portability/YouTube/comments/comments.csv', content: head + rows.join('') };
  const parts = [await zipOf([member])];
  const stored = await storeExport(own, { parts, resource: 'youtube.comments', segmentBytes: 1 << 20, ...more });
  await own.exports.recordVerdict(stored.exportId, { verdict: 'complete', findings: [], files: 1 });
  await readExport(own, stored.exportId, watch);
  return stored;
}

/** The second export has a comment less, one changed, one new, and one without a time. */
async function changed(): Promise<StoredExport & { second: string }> {
  const first = await comments([row(1, 'one'), row(2, 'two'), row(3, 'three'), row(4, '=four')]);
  const second = [row(1, 'one'), row(3, 'three, again'), row(4, '=four'), row(5, 'five'), row(6, 'six', 'long ago')];
  const { exportId } = await comments(second, { after: first, cycle: 2 });
  return { ...first, second: exportId };
}

async function lose(exportId: string, series: string): Promise<void> {
  for await (const { key } of portage.portage.storage.list('consents/'))
    if (key.includes(`/${exportId}/records/`) && key.includes(`/${series}/`)) await portage.portage.storage.delete(key);
}

const environment = () => ({
  DATA_DIR: portage.config.dataDir,
  VAULT_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
  GOOGLE_CLIENT_ID: 'an-id',
  GOOGLE_CLIENT_SECRET: 'a-secret',
  ...(portage.config.databaseUrl === undefined ? {} : { DATABASE_URL: portage.config.databaseUrl }),
});

describe('every delivered line is valid', () => {
  it('of an import over the emulator: of the consent, of each export, and its summary', async () => {
    const all = await linesOf(`consents/${imported.consentId}/records`);
    expect(new Set(all.map(({ state }) => state))).toEqual(new Set(['new', undefined]));
    expect(
      all.filter(({ kind, occurredAt }) => kind === 'dictionary_word' && occurredAt === undefined).length,
    ).toBeGreaterThan(0);
    let records = 0;
    for (const id of imported.exportIds) {
      records += (await linesOf(`exports/${id}/records`)).length;
      const summary: unknown = await (await ask(`exports/${id}/records/summary`)).json();
      expect(faultOf('summary', summary)).toBeUndefined();
    }
    expect(all).toHaveLength(records + imported.exportIds.length);
    expect(faultOf('summary', { version: 2 })).toBeDefined();
  });

  it('of records that are new, known, changed, replaced, gone, undated or deleted', async () => {
    const { consentId, exportId, second, apiKey } = await changed();
    const stream = await linesOf(`consents/${consentId}/records`, apiKey);
    expect(stream.map(({ state, cursor }) => state ?? cursor).toSorted()).toEqual(
      [1, 2, 'changed', 'gone', ...Array<string>(6).fill('new'), 'replaced'].toSorted(),
    );
    expect((await linesOf(`exports/${second}/records`, apiKey)).map(({ state }) => state)).toEqual([
      ...['known', 'changed', 'known', 'new', 'new'],
    ]);
    expect((await linesOf(`exports/${second}/records?from=2026-01-01`, apiKey)).at(-1)).not.toHaveProperty(
      'occurredAt',
    );
    const { code, output } = await runCommand(['records', consentId], environment());
    expect([code, output]).toEqual([0, expect.stringContaining('For the next records, add --since 2')]);
    expect(validLines(output.replace(/For the next records.*\n$/, ''))).toEqual(
      stream.filter(({ cursor }) => cursor === undefined),
    );
    await portage.portage.dataDeletion.beginExport(exportId, portage.portage.now());
    expect((await linesOf(`consents/${consentId}/records`, apiKey))[0]).toEqual({ cursor: 1, exportId, deleted: true });
  });
});

describe('a choice', () => {
  it('is made by resource, kind, state, and days in UTC that are within their range', async () => {
    const rows = [
      row(1, 'one', '2026-01-30T23:59:59Z'),
      row(2, 'two', '2026-01-31T00:00:00Z'),
      row(3, 'three', '2026-01-31T23:59:59.5Z'),
      row(4, 'four', '2026-02-01T00:00:00Z'),
    ];
    const { consentId, exportId, apiKey } = await comments(rows);
    const texts = async (query: string) =>
      (await linesOf(`exports/${exportId}/records?${query}`, apiKey)).map(
        ({ data }) => (data as { text: string }).text,
      );
    expect(await texts('from=2026-01-31&to=2026-01-31')).toEqual(['two', 'three']);
    expect(await texts('to=2026-01-31T00:00:00Z')).toEqual(['one']);
    expect(await texts('resource=youtube.comments&kind=comment&kind=visit&from=2026-02-01')).toEqual(['four']);
    expect(await texts('resource=chrome.history')).toEqual([]);
    expect(await linesOf(`consents/${consentId}/records?state=gone`, apiKey)).toEqual([{ cursor: 1, exportId }]);
  });

  it.each([
    ['kind=nothing', 'kind.0: "nothing": name a kind'],
    ['state=old', 'state.0: "old": give one of new, known, changed, gone, replaced'],
    ['resource=Search', 'resource.0: "Search": name a resource'],
    ['from=2026-02-30', 'from: "2026-02-30": write a day'],
    ['to=soon', 'to: "soon": write a day'],
    ['from=2026-02-02&to=2026-02-01', 'exchange from and to'],
    ['limit=0', 'limit: "0": give a whole number from 1 to 1000000'],
    ['limit=x', 'limit: "x": give a whole number'],
    ['after=%20', 'after: " ": give the text of `next`'],
    ['limti=5', 'there is no parameter "limti" here: use'],
  ])('that cannot be made is refused with field, value and remedy: %s', async (query, words) => {
    const answer = await refusal(`exports/${imported.exportIds[0]}/records?${query}`);
    expect(answer).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
    expect(answer.message).toContain(words);
  });
});

describe('pages', () => {
  const readPages = async (path: string, limit: number, apiKey: string) => {
    const lines: Record<string, unknown>[] = [];
    let after = '';
    for (let pages = 1; ; pages += 1) {
      const page = await linesOf(`${path}${path.includes('?') ? '&' : '?'}limit=${limit}${after}`, apiKey);
      const last = page.at(-1);
      const next = last?.['next'];
      lines.push(...page.filter((line) => line['next'] === undefined));
      expect(page.filter(({ key }) => key !== undefined).length).toBeLessThanOrEqual(limit);
      if (typeof next !== 'string') return { lines, pages };
      after = `&after=${next}`;
    }
  };

  it('give together the same records as the stream, of a consent and an export, across gone keys', async () => {
    const { consentId, second, apiKey } = await changed();
    for (const path of [
      `consents/${consentId}/records`,
      `consents/${consentId}/records?since=1&state=gone&state=replaced`,
      `exports/${second}/records`,
      `exports/${second}/records?state=known`,
    ]) {
      const whole = await linesOf(path, apiKey);
      for (const limit of [1, 2, 5, 100]) {
        const { lines, pages } = await readPages(path, limit, apiKey);
        expect(lines).toEqual(whole);
        expect(pages).toBe(Math.max(1, Math.ceil(whole.filter(({ key }) => key !== undefined).length / limit)));
      }
    }
  });

  it('are empty before the first export of a consent has begun, when nothing is stored', async () => {
    const { key, hostApp } = await portage.portage.hostApps.createApiKey('app that asks early');
    const stage = createStage(portage.portage.database.db, portage.portage.vault);
    const consentId = await stage.consent({ session: await stage.session({ hostAppId: hostApp.id }) });
    expect(await linesOf(`consents/${consentId}/records?limit=1`, key)).toEqual([]);
    expect(await refusal(`consents/${consentId}/records?limit=1&after=x`, key)).toMatchObject({
      status: 400,
      code: 'POSITION_INVALID',
    });
  });

  it('refuse a position that was changed, or is of another stream or other parameters', async () => {
    const { consentId, exportId, second, apiKey } = await changed();
    const path = `exports/${second}/records`;
    const next = String((await linesOf(`${path}?limit=1`, apiKey)).at(-1)?.['next']);
    const other = await changed();
    const swapped = `${next.slice(0, 40)}${next[40] === 'A' ? 'B' : 'A'}${next.slice(41)}`;
    for (const [at, key] of [
      [`${path}?after=${swapped}`, apiKey],
      [`${path}?after=${next.slice(0, 30)}`, apiKey],
      [`${path}?after=abc`, apiKey],
      [`${path}?after=${next}&kind=comment`, apiKey],
      [`exports/${exportId}/records?after=${next}`, apiKey],
      [`consents/${consentId}/records?after=${next}`, apiKey],
      [`exports/${other.second}/records?after=${next}`, other.apiKey],
    ] as const) {
      expect([at, await refusal(at, key)]).toMatchObject([at, { status: 400, code: 'POSITION_INVALID' }]);
    }
    const ofConsent = `consents/${consentId}/records`;
    const later = String((await linesOf(`${ofConsent}?limit=1`, apiKey)).at(-1)?.['next']);
    expect(await refusal(`${ofConsent}?since=1&after=${later}`, apiKey)).toMatchObject({ code: 'POSITION_INVALID' });
    expect((await ask(`${path}?after=${next}`, {}, apiKey)).status).toBe(200);
  });

  it('report that the export was read again between two of them', async () => {
    const { consentId, exportId, apiKey } = await comments(many(5));
    const paths = [`exports/${exportId}/records`, `consents/${consentId}/records`];
    const nexts: string[] = [];
    for (const path of paths) nexts.push(String((await linesOf(`${path}?limit=2`, apiKey)).at(-1)?.['next']));
    await lose(exportId, 'lines');
    await readExportAgain(portage.portage, exportId, watch);
    for (const [index, path] of paths.entries()) {
      const answer = await refusal(`${path}?limit=2&after=${nexts[index] ?? ''}`, apiKey);
      expect([path, answer]).toMatchObject([path, { status: 409, code: 'RECORDS_REPLACED' }]);
      expect((await linesOf(path, apiKey)).filter(({ key }) => key !== undefined)).toHaveLength(5);
    }
  });
});

describe('formats', () => {
  const typeOf = async (accept: string) => {
    const answer = await ask(`exports/${imported.exportIds[0] ?? ''}/records?kind=visit`, { accept });
    await answer.arrayBuffer();
    expect(answer.headers.get('vary')).toBe('Accept, Accept-Encoding');
    return answer.headers.get('content-type');
  };

  it('are chosen by Accept, with its preferences', async () => {
    expect(await typeOf('*/*')).toBe('application/x-ndjson; charset=utf-8');
    expect(await typeOf('text/csv')).toBe('text/csv; charset=utf-8');
    expect(await typeOf('text/csv;q=0.5, application/ld+json')).toBe('application/ld+json; charset=utf-8');
    expect(await typeOf('text/*, application/xml;q=0.9')).toBe('text/csv; charset=utf-8');
    const refused = await refusal(`exports/${imported.exportIds[0] ?? ''}/records`, undefined, { accept: 'text/html' });
    expect(refused).toMatchObject({ status: 406, code: 'NOT_ACCEPTABLE' });
    expect(refused.message).toContain('application/x-ndjson, text/csv, application/ld+json');
  });

  it('CSV has typed columns of one kind, and no cell that a spreadsheet takes for a formula', async () => {
    const { consentId, second, apiKey } = await changed();
    const accept = { accept: 'text/csv' };
    const answer = await ask(`exports/${second}/records?kind=comment`, accept, apiKey);
    const rows = parse(await answer.text(), { columns: true }) as unknown as Record<string, string>[];
    const whole = await linesOf(`exports/${second}/records`, apiKey);
    expect(rows.map((each) => [each['key'], each['data.text'], each['occurredAt']])).toEqual(
      whole.map(({ key, data, occurredAt }) => {
        const { text } = data as { text: string };
        return [key, text.startsWith('=') ? `'${text}` : text, occurredAt ?? ''];
      }),
    );
    const stream = await ask(`consents/${consentId}/records?kind=comment&limit=7`, accept, apiKey);
    const states = (parse(await stream.text(), { columns: true }) as unknown as Record<string, string>[]).map(
      (each) => each['state'],
    );
    expect(states).toEqual([...['new', 'new', 'new', 'new'], 'cursor', 'changed', 'new', 'new', 'next']);
    for (const query of ['', '?kind=comment&kind=visit']) {
      const refused = await refusal(`exports/${second}/records${query}`, apiKey, accept);
      expect(refused).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
      expect(refused.message).toContain('kind: CSV has the columns of one kind');
    }
  });
});

describe('compression', () => {
  /** The bytes as they come, which fetch() would unpack. */
  const raw = (path: string, encoding: string, apiKey: string) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { authorization: `Bearer ${apiKey}`, 'accept-encoding': encoding };
      httpRequest(`${portage.url}/v1/${path}`, { headers }, resolve).on('error', reject).end();
    });
  const bytesOf = async (answer: IncomingMessage) => {
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  };

  it('is negotiated, and the unpacked lines are the same', async () => {
    const { exportId, apiKey } = await comments(many(200));
    const path = `exports/${exportId}/records`;
    const plain = await (await ask(path, { 'accept-encoding': 'identity' }, apiKey)).text();
    for (const [asked, got, unpack] of [
      ['gzip', 'gzip', gunzipSync],
      ['gzip, br', 'gzip', gunzipSync],
      ['gzip;q=0.5, br', 'br', brotliDecompressSync],
      ['br;q=0.1, gzip', 'gzip', gunzipSync],
      ['identity', undefined, (bytes: Buffer) => bytes],
      ['zstd', undefined, (bytes: Buffer) => bytes],
    ] as const) {
      const answer = await raw(path, asked, apiKey);
      expect([asked, answer.headers['content-encoding']]).toEqual([asked, got]);
      expect(unpack(await bytesOf(answer)).toString()).toBe(plain);
    }
  });

  /** The lines of a stream whose end may be missing. */
  const begun = {
    identity: (bytes: Buffer) => bytes,
    gzip: (bytes: Buffer) => gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }),
    br: (bytes: Buffer) => brotliDecompressSync(bytes, { finishFlush: constants.BROTLI_OPERATION_FLUSH }),
  };

  it.each([
    ['identity', undefined],
    ['gzip', gunzipSync],
    ['br', brotliDecompressSync],
  ] as const)('of a stream that breaks has no clean end, and the reason before it: %s', async (encoding, unpack) => {
    // More than is sent at once, so that the answer has begun when the loss is met.
    const first = await comments(many(600));
    const { exportId } = await comments(many(601, 'other'), { after: first, cycle: 2 });
    await lose(exportId, 'lines');
    const answer = await raw(`consents/${first.consentId}/records`, encoding, first.apiKey);
    expect([answer.statusCode, answer.headers['content-encoding'] ?? 'identity']).toEqual([200, encoding]);
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    const ended = new Promise<string>((resolve) => {
      answer.on('end', () => resolve('a clean end')).on('error', () => resolve('cut'));
    });
    expect(await ended).toBe('cut');
    const bytes = Buffer.concat(chunks);
    if (unpack !== undefined) expect(() => unpack(bytes)).toThrow('unexpected end of file');
    const lines = validLines(begun[encoding](bytes).toString());
    expect(lines.at(-1)).toMatchObject({ error: { code: 'RECORDS_MISSING' } });
    expect(lines.filter(({ cursor }) => cursor !== undefined)).toHaveLength(1);
    expect(lines.filter(({ key }) => key !== undefined)).toHaveLength(600);
  });

  it('stops reading when the caller hangs up', async () => {
    const { exportId, apiKey } = await comments(many(2_000, 'w'.repeat(2_000)));
    const answer = await raw(`exports/${exportId}/records`, 'gzip', apiKey);
    await new Promise((resolve) => answer.once('data', resolve));
    answer.destroy();
    const failed = portage.logLines.filter((line) => line.includes('request failed'));
    expect(failed.filter((line) => line.includes('PREMATURE'))).toEqual([]);
    expect((await ask(`exports/${exportId}/records?limit=1`, {}, apiKey)).status).toBe(200);
  });
});

describe('portage records', () => {
  const run = (...words: string[]) => runCommand(['records', ...words], environment());
  const folder = mkdtempSync(join(tmpdir(), 'portage-test-export-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const filesLines = (name: string) =>
    readdirSync(join(folder, name)).flatMap((file) => validLines(readFileSync(join(folder, name, file), 'utf8')));

  it('export writes the same records as the stream of an export and of a consent', async () => {
    const { consentId, second, apiKey } = await changed();
    const output = join(folder, 'files');
    const written = await run('export', '--export', second, '--format', 'ndjson', '--output', output);
    expect(written).toEqual({ code: 0, output: `${output}: 5 records and gone keys.\n` });
    expect(filesLines('files')).toEqual(await linesOf(`exports/${second}/records`, apiKey));
    const again = ['export', '--consent', consentId, '--format', 'ndjson', '--output', output];
    expect(await run(...again)).toMatchObject({ code: 1, output: expect.stringContaining('--force') as string });
    expect((await run(...again, '--force')).code).toBe(0);
    const stream = (await linesOf(`consents/${consentId}/records`, apiKey)).filter(({ key }) => key !== undefined);
    const sorted = (lines: object[]) => lines.map((line) => JSON.stringify(line)).toSorted();
    expect(sorted(filesLines('files'))).toEqual(sorted(stream));
    const sqlite = join(folder, 'some.sqlite');
    const some = await run(
      'export',
      '--consent',
      consentId,
      '--state',
      'gone',
      '--format',
      'sqlite',
      '--output',
      sqlite,
    );
    expect(some.output).toBe(`${sqlite}: 1 records and gone keys.\n`);
  });

  it('export of records of which an object is lost fails, and leaves nothing', async () => {
    const { consentId, second } = await changed();
    await lose(second, 'lines');
    for (const what of [
      ['--export', second],
      ['--consent', consentId],
    ]) {
      const { code, output } = await run('export', ...what, '--format', 'csv', '--output', join(folder, 'lost'));
      expect([what, code, output]).toEqual([what, 1, expect.stringContaining('records are missing')]);
    }
    expect(readdirSync(folder).filter((name) => name.includes('lost'))).toEqual([]);
  });

  it('names invalid options in its message', async () => {
    const { consentId } = await changed();
    for (const [words, expected] of [
      [[consentId, '--format', 'csv'], 'CSV has the columns of one kind'],
      [[consentId, '--from', '2026-02-30'], 'write a day in UTC'],
      [[consentId, '--resource', 'Search'], 'not the name of a resource'],
      [['export', '--format', 'csv', '--output', 'x'], '--export <export-id> or --consent'],
      [['export', '--export', 'exp_unknown', '--format', 'csv', '--output', 'x'], 'There is no export exp_unknown'],
    ] as const) {
      const { code, output } = await run(...words);
      expect([words, code, output]).toEqual([words, 1, expect.stringContaining(expected)]);
    }
  });
});
