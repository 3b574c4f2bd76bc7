// Downloads that break off: they continue where they were, and a file has its name only when every byte is right.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Portage } from '../../client/src';
import { until } from '../support/until';
import { json, startScriptedServer, type Asked, type ScriptedServer } from './scripted-server';

const bytes = randomBytes(300_000);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const member = { id: 'exp_1', part: '1', entry: '2' };

let server: ScriptedServer;
let portage: Portage;
let folder: string;
let file: string;
beforeAll(async () => {
  server = await startScriptedServer();
  portage = new Portage({ url: server.url, apiKey: 'ptg_key' });
});
afterAll(() => server.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portage-download-'));
  file = join(folder, 'takeout.zip');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Answers as Portage does, and closes the connection after some bytes when the test requests that. */
const send =
  (content: Buffer, etag: string, breakAfter?: number) =>
  (response: ServerResponse, { headers }: Asked): void => {
    const start = headers['if-range'] === etag ? Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0) : 0;
    if (start >= content.length) {
      json(416, { code: 'RANGE_NOT_SATISFIABLE' })(response);
      return;
    }
    response.writeHead(start === 0 ? 200 : 206, {
      ...{ etag, 'content-length': content.length - start },
      ...(start === 0 ? {} : { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` }),
    });
    const rest = content.subarray(start);
    if (breakAfter === undefined) {
      response.end(rest);
      return;
    }
    response.write(rest.subarray(0, breakAfter));
    // The bytes in fetch's buffer are lost when a connection breaks, so the test waits until the client has stored it.
    const isStored = () => existsSync(partialOf(etag)) && statSync(partialOf(etag)).size === start + breakAfter;
    void until('the bytes before the break', () => isStored() || undefined).then(() => response.destroy());
  };
const rangesAsked = () => server.asked.map(({ headers }) => headers.range);
const partialOf = (etag: string) => `${file}.${Buffer.from(etag).toString('base64url')}.partial`;

it('continues after breaks, with the rest only', async () => {
  server.script(send(bytes, '"v1"', 100_000), send(bytes, '"v1"', 50_000), send(bytes, '"v1"'));
  expect(await portage.downloadMember(member, file)).toEqual({ bytes: bytes.length, sha256 });
  expect(readFileSync(file).equals(bytes)).toBe(true);
  expect(readdirSync(folder)).toEqual(['takeout.zip']);
  expect(rangesAsked()).toEqual([undefined, 'bytes=100000-', 'bytes=150000-']);
  expect(server.asked[0]?.path).toBe('/portage/v1/exports/exp_1/members/1/2');
});

it('continues with the file of another process', async () => {
  writeFileSync(partialOf('"v1"'), bytes.subarray(0, 1000));
  server.script(send(bytes, '"v1"'));
  expect(await portage.downloadMember(member, file)).toEqual({ bytes: bytes.length, sha256 });
  expect(rangesAsked()).toEqual(['bytes=1000-']);
});

it('begins again when Portage has other bytes now', async () => {
  writeFileSync(partialOf('"v0"'), randomBytes(1000));
  server.script(send(bytes, '"v1"'));
  expect(await portage.downloadMember(member, file)).toEqual({ bytes: bytes.length, sha256 });
  expect(readdirSync(folder)).toEqual(['takeout.zip']);
});

it('begins again when all bytes are stored and only the name was missing', async () => {
  writeFileSync(partialOf('"v1"'), bytes);
  server.script(send(bytes, '"v1"'));
  expect((await portage.downloadMember(member, file)).sha256).toBe(sha256);
  expect(rangesAsked()).toEqual([`bytes=${bytes.length}-`, undefined]);
});

it('gives up when nothing more comes, and leaves the received bytes for a later call', async () => {
  server.script(send(bytes, '"v1"', 1000), (response) => {
    response.writeHead(206, { etag: '"v1"', 'content-range': 'bytes 1000-299999/300000' });
    response.flushHeaders();
    setTimeout(() => response.destroy(), 20);
  });
  await expect(portage.downloadMember(member, file)).rejects.toThrow('the answer to member 1/2 of exp_1 broke off');
  expect(rangesAsked()).toHaveLength(6);
  expect(readFileSync(partialOf('"v1"')).equals(bytes.subarray(0, 1000))).toBe(true);
});

it('refuses a range that is not the one that was asked for', async () => {
  writeFileSync(partialOf('"v1"'), bytes.subarray(0, 1000));
  server.script((response) => {
    response.writeHead(206, { etag: '"v1"', 'content-range': 'bytes 0-299999/300000' }).end(bytes);
  });
  await expect(portage.downloadMember(member, file)).rejects.toThrow('"bytes 0-299999/300000" in place of bytes=1000-');
});

it('refuses a part with other bytes than Portage stored', async () => {
  const exported = { id: 'exp_1', parts: [{ number: 1, bytes: bytes.length, sha256, path: '' }] };
  server.script(json(200, exported), send(bytes, '"v1"'));
  expect(await portage.downloadPart({ id: 'exp_1', number: '1' }, file)).toEqual({ bytes: bytes.length, sha256 });
  rmSync(file);
  server.script(json(200, exported), send(randomBytes(1000), '"v1"'));
  await expect(portage.downloadPart({ id: 'exp_1', number: '1' }, file)).rejects.toMatchObject({
    name: 'PortageDigestError',
  });
  expect(readdirSync(folder)).toEqual([]);
});
