// Stored segments: unreadable without their consent's key, and refused anywhere but in their own place.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

import { eq } from 'drizzle-orm';
import fc from 'fast-check';

import { openPart } from '../../../src/archive/store/part-reader';
import { openSegment, sealBytes, sealSegment, type SegmentPlace } from '../../../src/archive/store/segment-seal';
import { createDataKeys } from '../../../src/database/data-keys';
import type { StoredPart } from '../../../src/database/parts';
import { exportKeys } from '../../../src/database/schema';
import { createVault } from '../../../src/vault';
import { at, later, auditOf } from '../../database/databases';
import { contentOf, openDownloadStage, type DownloadStage } from '../download-stage';

let stage: DownloadStage;
beforeAll(async () => (stage = await openDownloadStage()));
afterAll(() => stage.stop());
beforeEach(() => stage.server.reset());

const bytes = 4_500;

/** A stored part of five segments, and the files that hold them, in order. */
async function stored(consentId?: string, seed = 1) {
  stage.server.object.bytes = contentOf(bytes, seed);
  const begun = await stage.begin(consentId);
  const part = await stage.download(begun);
  const files = stage.files().filter((file) => file.includes(begun.exportId));
  expect(files).toHaveLength(5);
  return { ...begun, part, files, content: stage.server.object.bytes };
}

const read = async (consentId: string, part: StoredPart, start = 0, end = bytes): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of (await openPart(stage, consentId, part)).read(start, end)) chunks.push(chunk);
  return Buffer.concat(chunks);
};

describe('a stored part', () => {
  it('gives any range of its bytes', async () => {
    const { consentId, part, content } = await stored();
    const reader = await openPart(stage, consentId, part);
    const offset = fc.integer({ min: 0, max: bytes + 100 });
    await fc.assert(
      fc.asyncProperty(offset, offset, async (start, end) => {
        const chunks: Buffer[] = [];
        for await (const chunk of reader.read(start, end)) chunks.push(chunk);
        expect(Buffer.concat(chunks).equals(content.subarray(start, Math.max(start, end)))).toBe(true);
      }),
    );
    expect(await reader.check()).toEqual([]);
  });

  it('opens only the segments that a range touches', async () => {
    const { consentId, part, content, files } = await stored();
    for (const number of [0, 1, 4]) rmSync(files[number] ?? '');
    expect((await read(consentId, part, 2_000, 4_000)).equals(content.subarray(2_000, 4_000))).toBe(true);
  });

  it('D42: has no plain text at rest', async () => {
    const { consentId, files } = await stored();
    const text = 'A made-up sentence that is in no real archive, repeated many times. ';
    stage.server.object.bytes = Buffer.from(`PK\u0003\u0004${text.repeat(60)}`);
    const begun = await stage.begin(consentId);
    const plain = await stage.download(begun);
    const atRest = stage.files().filter((file) => file.includes(begun.exportId));
    for (const file of [...atRest, ...files]) {
      const bytes = readFileSync(file);
      for (const word of ['made-up', 'sentence', 'PK\u0003\u0004']) expect(bytes.includes(word)).toBe(false);
    }
    expect((await read(consentId, plain, 0, plain.bytes)).includes(text)).toBe(true);
  });

  it('is sealed with a new nonce each time: the same bytes never look the same', async () => {
    const [one, two] = [await stored(), await stored()];
    for (const [index, file] of one.files.entries()) {
      expect(readFileSync(file).equals(readFileSync(two.files[index] ?? ''))).toBe(false);
    }
  });
});

describe('a segment that differs from the stored one', () => {
  const altered = (segment: number) => ({
    code: 'SEGMENT_ALTERED',
    retryable: false,
    message: expect.stringContaining(`part 1, segment ${segment}`) as unknown,
  });

  it('is found when a bit of it was flipped, wherever', async () => {
    const { consentId, part, files } = await stored();
    const file = files[2] ?? '';
    const whole = readFileSync(file);
    for (const offset of [0, 11, 12, 500, whole.length - 17, whole.length - 1]) {
      const flipped = Buffer.from(whole);
      flipped[offset] = (flipped[offset] ?? 0) ^ 0x10;
      writeFileSync(file, flipped);
      await expect(read(consentId, part)).rejects.toMatchObject(altered(2));
    }
    writeFileSync(file, whole);
    expect(await read(consentId, part)).toHaveLength(bytes);
  });

  it('is found when it was cut, grew or was emptied', async () => {
    const { consentId, part, files } = await stored();
    const file = files[1] ?? '';
    const whole = readFileSync(file);
    for (const changed of [
      whole.subarray(0, -1),
      whole.subarray(0, 500),
      whole.subarray(0, sealBytes),
      whole.subarray(0, 3),
      Buffer.alloc(0),
      Buffer.concat([whole, Buffer.alloc(1)]),
    ]) {
      writeFileSync(file, changed);
      await expect(read(consentId, part)).rejects.toMatchObject(altered(1));
    }
  });

  it('is found when it is missing', async () => {
    const { consentId, part, files } = await stored();
    rmSync(files[3] ?? '');
    await expect(read(consentId, part)).rejects.toMatchObject({
      code: 'SEGMENT_MISSING',
      message: expect.stringContaining('part 1, segment 3') as unknown,
    });
  });

  it.each([
    ['of another place in the part', async () => stored(), 2, 1],
    ['of another export of the consent', async (consentId: string) => stored(consentId), 1, 1],
    ['of another consent', async () => stored(), 1, 1],
  ])('is found when it is one %s', async (what, other, from, to) => {
    const mine = await stored();
    const theirs = what.endsWith('the part') ? mine : await other(mine.consentId);
    writeFileSync(mine.files[to] ?? '', readFileSync(theirs.files[from] ?? ''));
    await expect(read(mine.consentId, mine.part)).rejects.toMatchObject(altered(to));
  });

  it('is found when it is one of another part, of another content, or no longer the last one', () => {
    const key = Buffer.alloc(32, 3);
    const plain = Buffer.from('what a segment holds');
    const place: SegmentPlace = {
      consentId: 'con_1',
      exportId: 'exp_1',
      partNumber: 1,
      version: 'a',
      segmentBytes: 20,
      number: 7,
      isLast: true,
    };
    const sealed = sealSegment(key, place, plain);
    expect(openSegment(key, place, sealed)).toEqual(plain);
    const others: Partial<SegmentPlace>[] = [
      { consentId: 'con_2' },
      { exportId: 'exp_2' },
      { partNumber: 2 },
      { version: 'b' },
      { segmentBytes: 21 },
      { number: 8 },
      { isLast: false },
    ];
    for (const other of others) {
      expect(() => openSegment(key, { ...place, ...other }, sealed)).toThrow(
        expect.objectContaining({ code: 'SEGMENT_ALTERED' }) as Error,
      );
    }
    expect(() => openSegment(Buffer.alloc(32, 4), place, sealed)).toThrow(
      expect.objectContaining({ code: 'SEGMENT_ALTERED' }) as Error,
    );
  });

  it('is reported for every segment by a check of the part', async () => {
    const { consentId, part, files } = await stored();
    rmSync(files[0] ?? '');
    writeFileSync(files[3] ?? '', 'foreign');
    expect(await (await openPart(stage, consentId, part)).check()).toEqual([
      { segment: 0, code: 'SEGMENT_MISSING' },
      { segment: 3, code: 'SEGMENT_ALTERED' },
    ]);
  });
});

describe('the key of an export', () => {
  it('is one, however many workers make it at once, and another one for each export', async () => {
    const [one, two] = [await stage.begin(), await stage.begin()];
    const made = await Promise.all(Array.from({ length: 10 }, () => stage.exportKeys.create(one, at)));
    expect(new Set(made.map((key) => key.toString('hex'))).size).toBe(1);
    expect(made[0]?.equals(await stage.exportKeys.open(two))).toBe(false);
    expect(made[0]?.equals(await stage.dataKeys.open(one.consentId))).toBe(false);
  });

  it('opens in its own place only', async () => {
    const [one, two] = [await stage.begin(), await stage.begin()];
    await expect(stage.exportKeys.open({ ...one, consentId: two.consentId })).rejects.toMatchObject({
      code: 'VAULT_SEAL_BROKEN',
    });
  });

  it('once destroyed, opens no copy that was made before, and leaves the other exports of the consent readable', async () => {
    const first = await stored();
    const second = await stored(first.consentId);
    const copies = first.files.map((file) => [file, readFileSync(file)] as const);
    const place = { consentId: first.consentId, exportId: first.exportId };
    await stage.exportKeys.destroy(place, later(1));
    await stage.exportKeys.destroy(place, later(2));
    for (const [file, bytes] of copies) writeFileSync(file, bytes);
    await expect(read(first.consentId, first.part)).rejects.toMatchObject({ code: 'DATA_DELETED' });
    await expect(stage.exportKeys.create(place, later(3))).rejects.toMatchObject({ code: 'DATA_DELETED' });
    expect((await read(second.consentId, second.part)).equals(second.content)).toBe(true);

    // Neither does the key of the consent, which stays active.
    const dataKey = await stage.dataKeys.open(first.consentId);
    const { version } = first.part;
    const segment = { ...place, partNumber: 1, version, segmentBytes: 1_000, number: 0, isLast: false };
    expect(() => openSegment(dataKey, segment, copies[0]?.[1] ?? Buffer.alloc(0))).toThrow();
    const [row] = await stage.db.select().from(exportKeys).where(eq(exportKeys.exportId, first.exportId));
    expect(row).toMatchObject({ sealedKey: null, destroyedAt: later(1) });
  });
});

describe('the key of a consent', () => {
  it('is one, however many workers make it at once', async () => {
    const consentId = await stage.consent();
    const made = await Promise.all(Array.from({ length: 10 }, () => stage.dataKeys.create(consentId, at)));
    expect(new Set(made.map((key) => key.toString('hex'))).size).toBe(1);
    expect(made[0]).toHaveLength(32);
    expect(await stage.dataKeys.open(consentId)).toEqual(made[0]);
  });

  it('D42: is another one for each consent, and is in no table unsealed', async () => {
    const [one, two] = [await stage.consent(), await stage.consent()];
    const keys = [await stage.dataKeys.create(one, at), await stage.dataKeys.create(two, at)];
    expect(keys[0]?.equals(keys[1] ?? Buffer.alloc(0))).toBe(false);
    const rows = await stage.everyRow();
    for (const key of keys) {
      for (const encoding of ['base64', 'base64url', 'hex'] as const)
        expect(rows).not.toContain(key.toString(encoding));
    }
  });

  it('cannot be opened without its vault key, and the error names the missing one', async () => {
    const consentId = await stage.consent();
    await stage.dataKeys.create(consentId, at);
    const elsewhere = createDataKeys(
      stage.db,
      createVault([{ id: 'k2', key: Buffer.alloc(32, 2) }]),
      auditOf(stage.db),
    );
    await expect(elsewhere.open(consentId)).rejects.toMatchObject({
      code: 'VAULT_KEY_MISSING',
      message: expect.stringContaining('k1') as unknown,
    });
  });

  it('once destroyed, opens nothing: not even a copy of the storage that was made before', async () => {
    const { consentId, exportId, part, files, content } = await stored();
    const copies = files.map((file) => readFileSync(file));
    expect((await read(consentId, part)).equals(content)).toBe(true);
    await stage.dataKeys.destroy(consentId, later(1));
    await stage.dataKeys.destroy(consentId, later(2));
    await expect(read(consentId, part)).rejects.toMatchObject({ code: 'DATA_DELETED' });
    await expect(stage.dataKeys.create(consentId, later(3))).rejects.toMatchObject({ code: 'DATA_DELETED' });

    // The remaining data: the database with the vault's keys. No 32 bytes of it open the copy.
    const rows = await stage.everyRow();
    const sealed = [...rows.matchAll(/"(k1\.[\w-]+)/g)].map(([, value]) => value ?? '');
    const places = [
      `data_keys/${consentId}/key`,
      `tokens/${consentId}/access_token`,
      `tokens/${consentId}/refresh_token`,
    ];
    const opened = sealed.flatMap((value) =>
      places.flatMap((place) => {
        try {
          return [stage.vault.open(value, place)];
        } catch {
          return [];
        }
      }),
    );
    const place = { consentId, exportId, partNumber: 1, version: part.version, segmentBytes: 1_000, number: 0 };
    for (const candidate of opened.map((text) => Buffer.from(text, 'base64')).filter(({ length }) => length === 32)) {
      expect(() => openSegment(candidate, { ...place, isLast: false }, copies[0] ?? Buffer.alloc(0))).toThrow();
    }
    expect(opened).not.toEqual([]);
  });

  it('that was never made is distinguished from one that was destroyed', async () => {
    await expect(stage.dataKeys.open(await stage.consent())).rejects.toMatchObject({ code: 'DATA_KEY_MISSING' });
    const never = await stage.consent();
    await stage.dataKeys.destroy(never, at);
    await expect(stage.dataKeys.open(never)).rejects.toMatchObject({ code: 'DATA_DELETED' });
  });
});
