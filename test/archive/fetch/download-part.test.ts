// A part arrives whole, after any fault on the way (docs/known-defects.md D3, D4, D5, D10, D43, D46).
import { TurnOver } from '../../../src/archive/fetch/download-turns';
import type { KnownPart } from '../../../src/database/parts';
import { PortageError } from '../../../src/domain/error-codes';
import { until } from '../../support/program';
import { concurrency, contentOf, openDownloadStage, segmentBytes, type DownloadStage } from '../download-stage';
import { hashesOf, send } from '../object-server';
import { longIt } from '../../support/long';

let stage: DownloadStage;
beforeAll(async () => (stage = await openDownloadStage()));
afterAll(() => stage.stop());
beforeEach(() => stage.server.reset());

/** The error that a try ends in; it may contain nothing of the link. */
async function refusal(promise: Promise<unknown>): Promise<PortageError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof PortageError)) throw new Error('it was no refusal', { cause: error });
  for (const secret of ['0badc0ffee', 'X-Goog', '/bucket/']) expect(error.message).not.toContain(secret);
  return error;
}

/** Tries until the part is stored, as Temporal repeats an activity. */
async function downloadUntilStored(begun: Awaited<ReturnType<DownloadStage['begin']>>, tries = 20) {
  for (let left = tries; ; left -= 1) {
    try {
      return await stage.download(begun);
    } catch (error) {
      if (!(error instanceof PortageError && error.retryable) || left === 0) throw error;
    }
  }
}

const lengths = {
  'one byte': 1,
  'less than a segment': segmentBytes - 1,
  'exactly one segment': segmentBytes,
  'one segment and a byte': segmentBytes + 1,
  'exactly seven segments': 7 * segmentBytes,
  'seven segments and a half': 7.5 * segmentBytes,
};

describe.each([
  ['with ranges', true, true],
  ['without ranges (Q11)', false, true],
  ['without ranges and without a stated length', false, false],
])('a part from a server %s', (_kind, ranges, length) => {
  beforeEach(() => Object.assign(stage.server.object, { ranges, length }));

  it.each(Object.entries(lengths))('arrives byte for byte: %s', async (_what, bytes) => {
    stage.server.object.bytes = contentOf(bytes);
    const begun = await stage.begin();
    const part = await stage.download(begun);
    expect(part).toMatchObject({ state: 'stored', bytes, segmentBytes, number: 1 });
    expect((await stage.contentStored(begun, part)).equals(stage.server.object.bytes)).toBe(true);
    expect(stage.server.sent()).toBe(bytes);
    expect(await stage.parts.segmentsStored(part)).toHaveLength(Math.ceil(bytes / segmentBytes));
  });

  it('D5: is not asked for again once it is stored', async () => {
    stage.server.object.bytes = contentOf(2_500);
    const begun = await stage.begin();
    const part = await stage.download(begun);
    stage.server.reset();
    expect(await stage.download(begun)).toEqual(part);
    expect(stage.server.requests).toEqual([]);
  });

  (ranges ? it : longIt)('D3, D46: is stored in spite of a cut at every class of place', async () => {
    const bytes = 5.5 * segmentBytes;
    stage.server.object.bytes = contentOf(bytes, 2);
    const borders = [1, 2, 3, 4, 5].flatMap((n) => [n * segmentBytes - 1, n * segmentBytes, n * segmentBytes + 1]);
    for (const afterBytes of [0, 1, bytes / 2, bytes - 1, ...borders]) {
      const begun = await stage.begin();
      stage.server.requests.length = 0;
      // With ranges, the request that holds that byte is cut there; else the only one is.
      const request = ranges ? Math.floor(afterBytes / segmentBytes) : 0;
      stage.server.cut({ request, afterBytes: ranges ? afterBytes % segmentBytes : afterBytes });
      const part = await downloadUntilStored(begun);
      expect((await stage.contentStored(begun, part)).equals(stage.server.object.bytes)).toBe(true);
      if (ranges) expect(stage.server.sent()).toBeLessThanOrEqual(bytes + concurrency * segmentBytes);
    }
  });

  it('D46: is never taken for whole when it ends early', async () => {
    stage.server.object.bytes = contentOf(3_500, 3);
    for (const afterBytes of ranges ? [0, 1, 100] : [0, 1, 1_750, 3_499]) {
      const begun = await stage.begin();
      // A segment is continued where it was cut, but not for ever.
      stage.server.cut(...Array.from({ length: 40 }, (_, request) => ({ request, afterBytes })));
      const error = await stage.download(begun).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'PART_TRUNCATED', retryable: true });
      expect(await stage.parts.list(begun.exportId)).toEqual([]);
    }
  });

  it('D46: is refused when it does not match its stated checksum, and begun again', async () => {
    stage.server.object.bytes = contentOf(2_500, 4);
    stage.server.object.hash = hashesOf(contentOf(2_500, 5));
    const begun = await stage.begin();
    expect(await refusal(stage.download(begun))).toMatchObject({ code: 'PART_ALTERED', retryable: true });
    stage.server.object.hash = undefined;
    const part = await stage.download(begun);
    expect((await stage.contentStored(begun, part)).equals(stage.server.object.bytes)).toBe(true);
    expect(stage.server.sent()).toBe(5_000);
  });

  it('begins again when the object was replaced between two tries', async () => {
    stage.server.object.bytes = contentOf(3_500, 6);
    const begun = await stage.begin();
    stage.server.cut(...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((request) => ({ request, afterBytes: 0 })));
    if (!ranges) stage.server.cut({ request: 0, afterBytes: 2_500 });
    expect(await refusal(stage.download(begun))).toMatchObject({ code: 'PART_TRUNCATED' });
    stage.server.reset();
    Object.assign(stage.server.object, { ranges, length, generation: '2', etag: '"two"', bytes: contentOf(4_500, 7) });
    const part = await stage.download(begun);
    expect(part).toMatchObject({ generation: '2', etag: '"two"', bytes: 4_500 });
    expect((await stage.contentStored(begun, part)).equals(stage.server.object.bytes)).toBe(true);
  });
});

describe('a part from a server with ranges', () => {
  it('continues on another worker with the missing segments, and fetches nothing twice', async () => {
    stage.server.object.bytes = contentOf(9_500, 8);
    const begun = await stage.begin();
    // The fourth segment is refused, so its try ends; those in flight at the same time are kept.
    stage.server.answerInstead(undefined, undefined, undefined, send(503));
    expect(await refusal(stage.download(begun))).toMatchObject({ code: 'GOOGLE_UNAVAILABLE' });
    const [halfway] = await stage.parts.listAll(begun.exportId);
    expect(halfway).toMatchObject({ state: 'downloading', bytes: 9_500 });
    const part = await stage.download(begun);
    expect((await stage.contentStored(begun, part)).equals(stage.server.object.bytes)).toBe(true);
    expect(stage.server.sent()).toBe(9_500);
  });

  it('continues a part only while the object has the same content', async () => {
    stage.server.object.bytes = contentOf(2_500, 9);
    const begun = await stage.begin();
    stage.server.answerInstead(undefined, send(503), send(503), send(503));
    await refusal(stage.download(begun));
    stage.server.answerInstead();
    await stage.download(begun);
    expect(stage.server.requests[0]?.headers['if-range']).toBeUndefined();
    expect(stage.server.requests.at(-1)?.headers['if-range']).toBe('"one"');
  });

  it('D43: asks for a fresh link when one dies midway, and loses no segment', async () => {
    stage.server.object.bytes = contentOf(6_500, 10);
    for (const status of [400, 403, 404]) {
      const begun = await stage.begin();
      stage.server.requests.length = 0;
      stage.server.answerInstead(undefined, undefined, send(status, '<Error><Code>ExpiredToken</Code></Error>'));
      const part = await stage.download(begun);
      expect((await stage.contentStored(begun, part)).equals(stage.server.object.bytes)).toBe(true);
      expect(stage.server.sent()).toBe(6_500);
      expect(new Set(stage.server.requests.map(({ path }) => path)).size).toBe(2);
    }
  });

  it('ends the try when fresh links are dead too, and shows nothing of them', async () => {
    stage.server.object.bytes = contentOf(2_500, 11);
    const dead = send(403, '<Error/>');
    stage.server.answerInstead(...Array.from({ length: 12 }, () => dead));
    const error = await refusal(stage.download(await stage.begin()));
    expect(error).toMatchObject({ code: 'LINK_DEAD', retryable: true });
    expect(error.message).toContain('403');
    expect(stage.server.requests).toHaveLength(3);
  });

  it('begins again when the object changes within a try, and stores nothing of the old one as the new', async () => {
    stage.server.object.bytes = contentOf(6_500, 12);
    const begun = await stage.begin();
    const changed = contentOf(5_500, 13);
    const change = () => Object.assign(stage.server.object, { generation: '2', etag: '"two"', bytes: changed });
    // The third request finds the change as every later one does: its link is dead, and the new one leads elsewhere.
    stage.server.answerInstead(undefined, undefined, (request, response) => {
      change();
      send(403)(request, response);
    });
    const part = await stage.download(begun);
    expect((await stage.contentStored(begun, part)).equals(changed)).toBe(true);
    expect(part).toMatchObject({ generation: '2', bytes: 5_500 });
  });

  it('D4: keeps stored segments when a page or an answer without ETag comes midway instead', async () => {
    stage.server.object.bytes = contentOf(6_500, 14);
    const pages = [
      { answer: send(200, '<!doctype html><html></html>', { 'content-type': 'text/html' }), code: 'PART_NOT_ARCHIVE' },
      { answer: send(200, '{"error":"try later"}'), code: 'GOOGLE_UNEXPECTED' },
    ];
    for (const { answer, code } of pages) {
      const begun = await stage.begin();
      stage.server.requests.length = 0;
      stage.server.answerInstead(undefined, undefined, undefined, undefined, answer);
      expect(await refusal(stage.download(begun))).toMatchObject({ code, retryable: true });
      const part = await stage.download(begun);
      expect((await stage.contentStored(begun, part)).equals(stage.server.object.bytes)).toBe(true);
      expect(stage.server.sent()).toBe(6_500);
    }
  });

  it('keeps the segment size that it was begun with', async () => {
    stage.server.object.bytes = contentOf(4_500, 15);
    const begun = await stage.begin();
    stage.server.answerInstead(undefined, send(503), send(503), send(503));
    await refusal(stage.download(begun));
    stage.server.answerInstead();
    const part = await stage.download(begun, { segmentBytes: 2_000 });
    expect(part.segmentBytes).toBe(segmentBytes);
    expect((await stage.contentStored(begun, part)).equals(stage.server.object.bytes)).toBe(true);
  });

  it('D44: is asked for without credentials, compression or a referrer', async () => {
    stage.server.object.bytes = contentOf(2_500, 16);
    await stage.download(await stage.begin());
    for (const { headers } of stage.server.requests) {
      expect(headers['accept-encoding']).toBe('identity');
      for (const name of ['authorization', 'cookie', 'referer']) expect(headers).not.toHaveProperty(name);
    }
  });
});

describe('a part from a server without ranges (Q11)', () => {
  it('is begun again from its first byte, and segments that are already stored are not stored again', async () => {
    Object.assign(stage.server.object, { ranges: false, bytes: contentOf(5_500, 17) });
    const begun = await stage.begin();
    stage.server.cut({ request: 0, afterBytes: 3_200 });
    expect(await refusal(stage.download(begun))).toMatchObject({ code: 'PART_TRUNCATED' });
    const [halfway] = await stage.parts.listAll(begun.exportId);
    expect(halfway).toMatchObject({ state: 'downloading', bytes: 5_500 });
    const before = stage.files().filter((file) => file.includes(begun.exportId));
    expect(before).toHaveLength(3);
    const part = await stage.download(begun);
    expect((await stage.contentStored(begun, part)).equals(stage.server.object.bytes)).toBe(true);
  });

  it('compares stored segments with new bytes, where the server sends no ETag', async () => {
    const unnamed = { ranges: false, generation: undefined, etag: undefined };
    Object.assign(stage.server.object, { ...unnamed, bytes: contentOf(5_500, 18) });
    const begun = await stage.begin();
    stage.server.cut({ request: 0, afterBytes: 3_200 });
    await refusal(stage.download(begun));
    Object.assign(stage.server.object, { bytes: contentOf(5_500, 19) });
    expect(await refusal(stage.download(begun))).toMatchObject({ code: 'PART_ALTERED' });
    const part = await stage.download(begun);
    expect((await stage.contentStored(begun, part)).equals(stage.server.object.bytes)).toBe(true);
  });
});

describe('D4: a page in place of a part', () => {
  it.each([
    ['HTML', '<!DOCTYPE html><html><body>Sign in</body></html>', 'text/html'],
    ['HTML in capitals', '<HTML><BODY>Error</BODY></HTML>', 'text/html'],
    ['HTML after white space', '\r\n \t\n<html><body>Error</body></html>', 'text/html'],
    ['HTML after a byte order mark', '\uFEFF<!doctype html><html></html>', 'text/html'],
    ['HTML called a ZIP', '<!doctype html><html></html>', 'application/zip'],
    ['XML', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', 'application/xml'],
    ['HTML in UTF-16', Buffer.from('\uFEFF<!doctype html><html></html>', 'utf16le'), 'text/html; charset=utf-16'],
  ])('is refused: %s', async (_what, body, type) => {
    const begun = await stage.begin();
    stage.server.answerInstead(send(200, body, { 'content-type': type }));
    const error = await refusal(stage.download(begun));
    expect(error).toMatchObject({ code: 'PART_NOT_ARCHIVE', retryable: true });
    expect(error.message).toContain(type);
    expect(stage.files().filter((file) => file.includes(begun.exportId))).toEqual([]);
  });

  it('is refused as a range, too, and when it comes a byte at a time', async () => {
    const begun = await stage.begin();
    stage.server.answerInstead((_request, response) => {
      response.writeHead(206, { 'content-range': 'bytes 0-27/28', 'content-length': '28' });
      response.write('<', () => setImmediate(() => response.end('!doctype html><html></html>')));
    });
    expect(await refusal(stage.download(begun))).toMatchObject({ code: 'PART_NOT_ARCHIVE' });
  });
});

describe('an answer that is no part', () => {
  it.each([
    [410, 'LINK_DEAD'],
    [304, 'LINK_DEAD'],
    [204, 'LINK_DEAD'],
    [408, 'GOOGLE_UNAVAILABLE'],
    [429, 'GOOGLE_UNAVAILABLE'],
    [500, 'GOOGLE_UNAVAILABLE'],
    [503, 'GOOGLE_UNAVAILABLE'],
  ])('with status %i ends in %s', async (status, code) => {
    stage.server.answerInstead(...Array.from({ length: 4 }, () => send(status)));
    const error = await refusal(stage.download(await stage.begin()));
    expect(error).toMatchObject({ code, retryable: true });
    expect(error.message).toContain(String(status));
  });

  it('is an empty one, unless Cloud Storage’s own checksum says that the object is empty', async () => {
    for (const ranges of [true, false]) {
      Object.assign(stage.server.object, { bytes: Buffer.alloc(0), hash: '', ranges });
      expect(await refusal(stage.download(await stage.begin()))).toMatchObject({ code: 'PART_TRUNCATED' });
      Object.assign(stage.server.object, { hash: undefined });
      const begun = await stage.begin();
      const part = await stage.download(begun);
      expect(part).toMatchObject({ state: 'stored', bytes: 0 });
      expect(await stage.contentStored(begun, part)).toEqual(Buffer.alloc(0));
    }
  });

  it('is a range that was not asked for, or one that is longer', async () => {
    const range = (header: string) => send(206, contentOf(50), { 'content-range': header });
    for (const header of ['bytes 10-59/2000', 'bytes 0-0/1', 'pages 1-2/3']) {
      stage.server.answerInstead(range(header));
      expect(await refusal(stage.download(await stage.begin()))).toMatchObject({ code: 'GOOGLE_UNEXPECTED' });
    }
  });

  it('is missing: no server listens, or the connection breaks before it', async () => {
    stage.server.answerInstead((request) => void request.socket.destroy());
    expect(await refusal(stage.download(await stage.begin()))).toMatchObject({ code: 'GOOGLE_UNAVAILABLE' });
  });
});

describe('a cancelled download', () => {
  it('ends with the reason of its signal, and stored segments stay', async () => {
    stage.server.object.bytes = contentOf(5_500, 20);
    const begun = await stage.begin();
    const controller = new AbortController();
    const reason = new Error('the worker shuts down');
    stage.server.answerInstead(undefined, undefined, undefined, () => controller.abort(reason));
    await expect(stage.download(begun, { signal: controller.signal })).rejects.toBe(reason);
    await expect(stage.download(begun, { signal: controller.signal })).rejects.toBe(reason);
    const part = await stage.download(begun);
    expect((await stage.contentStored(begun, part)).equals(stage.server.object.bytes)).toBe(true);
    expect(stage.server.sent()).toBeLessThanOrEqual(5_500 + concurrency * segmentBytes);
  });
});

describe('a download that is not alone', () => {
  it('stops at the end of a segment when its turn is over, and continues there in the next one', async () => {
    stage.server.object.bytes = contentOf(9_500, 24);
    const begun = await stage.begin();
    const turn = { isOver: () => stage.server.requests.length >= 3 };
    await expect(stage.download(begun, { turn })).rejects.toBeInstanceOf(TurnOver);
    const [halfway] = await stage.parts.listAll(begun.exportId);
    const stored = await stage.parts.segmentsStored(halfway as KnownPart);
    expect(stored.length).toBeGreaterThanOrEqual(3);
    expect(stored.length).toBeLessThan(10);
    const part = await stage.download(begun);
    expect((await stage.contentStored(begun, part)).equals(stage.server.object.bytes)).toBe(true);
    expect(stage.server.sent()).toBe(9_500);
  });

  it('fetches one segment at a time where others hold most of the memory', async () => {
    const { fetching } = stage.memory;
    const before = fetching.counts();
    const held = await Promise.all(
      [1, 2, 3, 4].map((number) =>
        fetching.borrow(10 * segmentBytes, { hostAppId: 'app-2', consentId: `con_${number}` }),
      ),
    );
    stage.server.object.bytes = contentOf(9_500, 25);
    const begun = await stage.begin();
    const part = await stage.download(begun);
    expect((await stage.contentStored(begun, part)).equals(stage.server.object.bytes)).toBe(true);
    expect(before.most).toBeGreaterThanOrEqual(concurrency * segmentBytes);
    expect(fetching.counts().most).toBe(41 * segmentBytes);
    for (const loan of held) loan.release();
    expect(fetching.counts().lent).toBe(0);
    expect(stage.memory.sealing.counts().lent).toBe(0);
  });

  it('ends with the reason of its signal while it waits for memory', async () => {
    const { fetching } = stage.memory;
    const held = await fetching.borrow(74 * segmentBytes, { hostAppId: 'app-2', consentId: 'con_1' });
    stage.server.object.bytes = contentOf(2_500, 26);
    const controller = new AbortController();
    const download = stage.download(await stage.begin(), { signal: controller.signal });
    await until('it waits', () => fetching.counts().waiting === 1);
    controller.abort(new Error('the worker shuts down'));
    await expect(download).rejects.toThrow('the worker shuts down');
    expect(fetching.counts().waiting).toBe(0);
    held.release();
  });
});

describe('two tries at once, as when a worker was taken for dead', () => {
  it('store the same part without harm to each other', async () => {
    stage.server.object.bytes = contentOf(8_500, 21);
    const begun = await stage.begin();
    const [one, two] = await Promise.all([stage.download(begun), stage.download(begun)]);
    expect(one).toMatchObject({ number: two.number, version: two.version });
    expect((await stage.contentStored(begun, one)).equals(stage.server.object.bytes)).toBe(true);
    expect(await stage.parts.listAll(begun.exportId)).toHaveLength(1);
  });

  it('leave nothing when the part is dropped meanwhile', async () => {
    stage.server.object.bytes = contentOf(3_500, 22);
    const begun = await stage.begin();
    stage.server.answerInstead(undefined, undefined, (request, response) => {
      void stage.parts.dropAll(begun.exportId).then(() => send(403)(request, response));
    });
    expect(await refusal(stage.download(begun))).toMatchObject({ code: 'PART_REPLACED', retryable: true });
    expect(await stage.parts.listAll(begun.exportId)).toEqual([]);
  });
});

it('reports its progress', async () => {
  stage.server.object.bytes = contentOf(3_500, 23);
  const begun = await stage.begin();
  stage.server.answerInstead(undefined, undefined, send(503), send(503));
  await refusal(stage.download(begun));
  stage.server.answerInstead();
  const halfway = await stage.exports.find(begun.exportId);
  expect(halfway).toMatchObject({ bytesTotal: 3_500, segmentsTotal: 4 });
  expect(halfway?.bytesStored).toBe((halfway?.segmentsStored ?? 0) * segmentBytes);
  await stage.download(begun);
  expect(await stage.exports.find(begun.exportId)).toMatchObject({
    bytesTotal: 3_500,
    bytesStored: 3_500,
    segmentsTotal: 4,
    segmentsStored: 4,
    bytes: 3_500,
  });
});
