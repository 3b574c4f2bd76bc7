// Parts and their segments: numbers that stay, rows that any worker continues from, and a content that is one content.
import { createPartStore, type KnownPart, type ObjectFacts } from '../../src/database/parts';
import { at, later, onEveryDatabase, type Stage } from './databases';

async function begun(stage: Stage, cycle = 1, consentId?: string) {
  const request = {
    resource: 'chrome.history',
    resources: ['chrome.history'],
    startTime: undefined,
    endTime: undefined,
  };
  return stage.exports.begin({ ...request, cycle, at, consentId: consentId ?? (await stage.consent()) });
}

const facts = (version: string, changes: Partial<ObjectFacts> = {}): ObjectFacts => ({
  generation: version,
  etag: `"${version}"`,
  version,
  bytes: 250,
  statedCrc32c: 'AAAAAA==',
  statedMd5: null,
  ...changes,
});

const segment = (number: number, changes: { sha256?: string; bytes?: number } = {}) => ({
  number,
  bytes: 100,
  sha256: `sha256 of ${number}`,
  crc32c: 2 ** 32 - 1 - number,
  at: later(number),
  ...changes,
});

/** A part of three segments whose content is known. */
async function known(stage: Stage, object = 'a') {
  const { id, consentId } = await begun(stage);
  const parts = createPartStore(stage.db);
  const part = await parts.describe(await parts.claim(id, object), facts('one'), 100);
  return { parts, part, exportId: id, consentId };
}

const numbersOf = async (parts: ReturnType<typeof createPartStore>, part: KnownPart) =>
  (await parts.segmentsStored(part)).map(({ number }) => number);

onEveryDatabase((story) => {
  describe('the parts of an export', () => {
    story('D5: keep their number in any order of the links', async (stage) => {
      const { id } = await begun(stage);
      const parts = createPartStore(stage.db);
      const numberOf = async (object: string) => (await parts.claim(id, object)).number;
      expect(await numberOf('b')).toBe(1);
      expect(await numberOf('a')).toBe(2);
      expect(await numberOf('b')).toBe(1);
      expect(await numberOf('c')).toBe(3);
      expect(await numberOf('a')).toBe(2);
    });

    story('D2: never share a number, however many workers ask at once', async (stage) => {
      const { id } = await begun(stage);
      const parts = createPartStore(stage.db);
      const objects = Array.from({ length: 20 }, (_, index) => `object ${index % 10}`);
      const claimed = await Promise.all(objects.map((object) => parts.claim(id, object)));
      expect(new Set(claimed.map(({ number }) => number)).size).toBe(10);
      expect(claimed.map(({ objectHash }) => objectHash)).toEqual(objects);
      expect(await parts.listAll(id)).toHaveLength(10);
    });

    story('belong to one export only', async (stage) => {
      const [one, two] = [await begun(stage), await begun(stage)];
      const parts = createPartStore(stage.db);
      await parts.claim(one.id, 'a');
      await parts.claim(one.id, 'b');
      expect(await parts.claim(two.id, 'b')).toMatchObject({ number: 1, state: 'downloading' });
    });

    story('are listed when they are stored, counted once, and sum up to the export’s length', async (stage) => {
      const { parts, part, exportId } = await known(stage);
      const other = await parts.describe(await parts.claim(exportId, 'b'), facts('two', { bytes: 5 * 2 ** 40 }), 100);
      await parts.complete(part, 250, later(3));
      expect(await parts.list(exportId)).toMatchObject([
        { number: 1, state: 'stored', bytes: 250, storedAt: later(3) },
      ]);
      await parts.complete(other, 5 * 2 ** 40, later(4));
      await parts.complete(other, 5 * 2 ** 40, later(5));
      expect(await parts.list(exportId)).toMatchObject([{ number: 1 }, { number: 2, bytes: 5 * 2 ** 40 }]);
      expect(await stage.exports.find(exportId)).toMatchObject({ bytes: 5 * 2 ** 40 + 250 });
    });

    story('that Google lists no longer are deleted, with their segments', async (stage) => {
      const { parts, part, exportId } = await known(stage);
      const other = await parts.describe(await parts.claim(exportId, 'b'), facts('two'), 100);
      for (const one of [part, other]) await parts.recordSegment(one, segment(0));
      await parts.dropOthers(exportId, new Set(['b']));
      expect((await parts.listAll(exportId)).map(({ objectHash }) => objectHash)).toEqual(['b']);
      expect(await numbersOf(parts, other)).toEqual([0]);
      expect(await numbersOf(parts, part)).toEqual([]);
    });
  });

  describe('the segments of a part', () => {
    story('are written once, in any order, and a repeat changes nothing', async (stage) => {
      const { parts, part } = await known(stage);
      for (const number of [2, 0, 2, 1]) await parts.recordSegment(part, segment(number));
      await parts.recordSegment(part, { ...segment(1), at: later(99) });
      expect(await numbersOf(parts, part)).toEqual([0, 1, 2]);
      expect(await parts.listSegments(part, 1, 2)).toEqual([
        {
          exportId: part.exportId,
          partNumber: 1,
          version: 'one',
          number: 1,
          bytes: 100,
          sha256: 'sha256 of 1',
          crc32c: 2 ** 32 - 2,
          storedAt: later(1),
        },
      ]);
    });

    story('are refused when the same one is known with other bytes', async (stage) => {
      const { parts, part } = await known(stage);
      await parts.recordSegment(part, segment(0));
      await expect(parts.recordSegment(part, segment(0, { sha256: 'another' }))).rejects.toMatchObject({
        code: 'PART_ALTERED',
      });
    });

    story('of a replaced content are deleted, and none is stored later', async (stage) => {
      const { parts, part } = await known(stage);
      await parts.recordSegment(part, segment(0));
      const next = await parts.describe(part, facts('two', { bytes: 300 }), 150);
      expect(next).toMatchObject({ number: part.number, version: 'two', segmentBytes: 150, bytes: 300 });
      await expect(parts.recordSegment(part, segment(1))).rejects.toMatchObject({ code: 'PART_REPLACED' });
      await expect(parts.complete(part, 250, at)).rejects.toMatchObject({ code: 'PART_REPLACED' });
      expect(await numbersOf(parts, next)).toEqual([]);
      expect(await numbersOf(parts, part)).toEqual([]);
    });

    story('stay when the same content is met again, with the size that they were begun with', async (stage) => {
      const { parts, part } = await known(stage);
      await parts.recordSegment(part, segment(0));
      const again = await parts.describe(part, facts('one'), 5_000);
      expect(again.segmentBytes).toBe(100);
      expect(await numbersOf(parts, again)).toEqual([0]);
    });

    story('go with their part: after a deletion a worker that still runs leaves no row', async (stage) => {
      const { parts, part, exportId } = await known(stage);
      await parts.recordSegment(part, segment(0));
      await parts.dropAll(exportId);
      await expect(parts.recordSegment(part, segment(1))).rejects.toMatchObject({ code: 'PART_REPLACED' });
      await expect(parts.describe(part, facts('one'), 100)).rejects.toMatchObject({ code: 'PART_REPLACED' });
      await expect(parts.complete(part, 250, at)).rejects.toMatchObject({ code: 'PART_REPLACED' });
      expect(await parts.listAll(exportId)).toEqual([]);
    });
  });
});
