// Verification reads every byte of every part and holds it against Google's own list (docs/known-defects.md D49, D51).
import { createHash } from 'node:crypto';

import { crc32c } from '@node-rs/crc32';

import type { RandomAccess } from '../../../src/archive/store/random-access';
import { verifyArchive, type VerifiablePart } from '../../../src/archive/verify/verify-archive';
import { PortageError } from '../../../src/domain/error-codes';
import { archiveLimits, contentOf } from '../content';
import { partOf, verify } from '../verify';
import { damaged, manifestOf, replaced, serviceOf, unmarked, zipOf, type ListedFile, type ZipMember } from '../zip';

const activity: ZipMember = { name: 'Portability/My Activity/Search/MyActivity.json', content: '[{"title":"a"}]' };
const history: ZipMember = { name: 'Portability/Chrome/History.json', content: '{"Browser History":[]}'.repeat(500) };
const listed = [
  serviceOf('My Activity', [{ name: 'Search/MyActivity', extension: 'json' }]),
  serviceOf('Chrome', [{ name: 'History.json', extension: 'json' }], { service: { name: 'CHROME' } }),
];
const manifest = manifestOf(...listed);

const complete = (files: number) => ({ findings: [], files, verdict: 'complete' });

describe('a whole archive', () => {
  it('is complete when its manifest is next to the data (Q16)', async () => {
    expect(await verify([await zipOf([manifest, activity, history])])).toEqual(complete(2));
    expect(await verify([await zipOf([activity, history, manifest])])).toEqual(complete(2));
  });

  it('is complete when its manifest is in a part of its own, first or last (Q16, D5)', async () => {
    const [index, data] = [await zipOf([manifest]), await zipOf([activity, history])];
    expect(await verify([index, data])).toEqual(complete(2));
    expect(await verify([data, index])).toEqual(complete(2));
  });

  it('D49: may be in several parts, with the listed files in the last of them', async () => {
    const parts = await Promise.all([[manifest], [activity], [history]].map(zipOf));
    expect(await verify(parts)).toEqual(complete(2));
  });

  it('may have a manifest in every part, each for its own services', async () => {
    const parts = [
      [manifestOf(listed[0] ?? {}), activity],
      [history, manifestOf(listed[1] ?? {})],
    ];
    expect(await verify(await Promise.all(parts.map(zipOf)))).toEqual(complete(2));
  });

  it('may be compressed, stored or streamed with data descriptors, and hold folders and empty files', async () => {
    const members: ZipMember[] = [
      { name: 'Portability/', content: '' },
      { name: 'Portability/My Activity/', content: '' },
      { ...activity, as: 'streamed' },
      { ...history, as: 'stored' },
      { name: 'Portability/Chrome/Dictionary.csv', content: '' },
      { ...manifest, as: 'streamed' },
    ];
    expect(await verify([await zipOf(members)])).toEqual(complete(3));
  });

  it('may have another root folder, as Takeout has', async () => {
    const zip = await zipOf([manifest, activity, history]);
    expect(await verify([replaced(zip, 'Portability/', 'TakeoutTake/')])).toEqual(complete(2));
  });

  it('D48: may have no part at all (Q5)', async () => {
    expect(await verify([])).toEqual(complete(0));
  });

  it('may hold no data, only a manifest without services (Q5)', async () => {
    expect(await verify([await zipOf([manifestOf()])])).toEqual(complete(0));
  });

  it('reports progress while it is read, so that the worker’s heartbeats continue', async () => {
    let reports = 0;
    const big = { ...history, content: Buffer.alloc(2_000_000, 'a'), as: 'stored' as const };
    await verify([await zipOf([manifest, activity, big])], { onProgress: () => (reports += 1) });
    expect(reports).toBeGreaterThan(10);
  });
});

describe('the files that a manifest lists', () => {
  /** Verifies an archive of one folder with these files, listed this way. */
  const verifyListed = async (files: ListedFile[], names: string[], more: object = {}) => {
    const members = names.map((name) => ({ name: `Portability/${name}`, content: 'x' }));
    return verify([await zipOf([...members, manifestOf(serviceOf('Maps', files, more))])]);
  };

  it.each<[string, ListedFile[], string[]]>([
    ['with the extension apart', [{ name: 'Reviews', extension: 'json' }], ['Maps/Reviews.json']],
    ['with the extension in the name', [{ name: 'Reviews.json', extension: 'json' }], ['Maps/Reviews.json']],
    ['with a dot before the extension', [{ name: 'Reviews', extension: '.json' }], ['Maps/Reviews.json']],
    ['without an extension', [{ name: 'Reviews.json' }], ['Maps/Reviews.json']],
    [
      'in folders, to any depth',
      [
        {
          name: 'Photos',
          childFile: [{ name: '2026', childFile: [{ name: 'a', extension: 'jpg', state: 'SUCCESS' }] }],
        },
      ],
      ['Maps/Photos/2026/a.jpg'],
    ],
    [
      'in decomposed Unicode, and packed composed',
      [{ name: 'Cafe\u0301', extension: 'json' }],
      ['Maps/Caf\u00E9.json'],
    ],
    [
      'composed, and packed in decomposed Unicode',
      [{ name: 'Caf\u00E9', extension: 'json' }],
      ['Maps/Cafe\u0301.json'],
    ],
  ])('are found: %s', async (_how, files, names) => {
    expect(await verifyListed(files, names)).toEqual(complete(1));
  });

  it('D50: are found in a folder of the account’s language', async () => {
    const service = serviceOf('Meine Aktivita\u0308ten', [{ name: 'マイ アクティビティ', extension: 'json' }]);
    const member = { name: 'Portability/Meine Aktivit\u00E4ten/マイ アクティビティ.json', content: '[]' };
    expect(await verify([await zipOf([member, manifestOf(service)])])).toEqual(complete(1));
  });

  it('D51: are missed when they are in no part', async () => {
    const files = [{ name: 'Reviews', extension: 'json' }, { name: 'Places', extension: 'json' }, { name: 'Other' }];
    expect(await verifyListed(files, ['Maps/Reviews.json'])).toEqual({
      findings: [{ kind: 'file_missing', service: 'MY_ACTIVITY', count: 2 }],
      files: 1,
      verdict: 'incomplete_at_google',
    });
  });

  it('are reported as missing when they are in another folder', async () => {
    expect(await verifyListed([{ name: 'Reviews', extension: 'json' }], ['Mapsx/Reviews.json'])).toMatchObject({
      findings: [{ kind: 'file_missing', count: 1 }],
    });
  });

  it('are reported by state and number when Google could not extract them', async () => {
    const files = [
      { name: 'a', state: 'FAILED' },
      { name: 'b', state: 'FAILED' },
      { name: 'c', state: 'SKIPPED' },
      { name: 'd', state: 'SUCCESS' },
    ];
    expect(await verifyListed(files, ['Maps/d'])).toEqual({
      findings: [
        { kind: 'file_not_extracted', service: 'MY_ACTIVITY', state: 'FAILED', count: 2 },
        { kind: 'file_not_extracted', service: 'MY_ACTIVITY', state: 'SKIPPED', count: 1 },
      ],
      files: 1,
      verdict: 'incomplete_at_google',
    });
  });

  it('D51: are not all of it when Google says that the service is incomplete', async () => {
    expect(await verifyListed([{ name: 'a' }], ['Maps/a'], { isIncomplete: true })).toEqual({
      findings: [{ kind: 'incomplete_service', service: 'MY_ACTIVITY' }],
      files: 1,
      verdict: 'incomplete_at_google',
    });
  });

  it('may differ from the stated count and size, which is reported but does not change the verdict', async () => {
    const stated = { extractedFileTotal: '3', extractedFileSize: '40' };
    expect(await verifyListed([{ name: 'a' }], ['Maps/a', 'Maps/b'], stated)).toEqual({
      findings: [
        { kind: 'count_differs', service: 'MY_ACTIVITY', stated: 3, found: 2 },
        { kind: 'size_differs', service: 'MY_ACTIVITY', stated: 40, found: 2 },
      ],
      files: 2,
      verdict: 'complete',
    });
    expect(await verifyListed([{ name: 'a' }], ['Maps/a'], { extractedFileTotal: 1, extractedFileSize: '1' })).toEqual(
      complete(1),
    );
  });

  const totals = (files: number, bytes: number) => ({
    extractedFileTotal: String(files),
    extractedFileSize: String(bytes),
  });

  it.each<[string, string, string]>([
    ['an apostrophe', "Smith's list", 'Smith_s list.csv'],
    ['quotes and a colon', 'Films: "A" & B', 'Films_ _A_ _ B.csv'],
    ['a slash', 'AC/DC', 'AC_DC.csv'],
    ['an emoji', 'Trips 🚲!', 'Trips ___.csv'],
  ])('are found where Google replaced %s in their names', async (_what, name, packed) => {
    const files = [
      { name, extension: 'csv' },
      { name: 'Other', extension: 'csv' },
    ];
    expect(await verifyListed(files, [`Maps/${packed}`, 'Maps/Other.csv'])).toEqual(complete(2));
    expect(await verifyListed(files, ['Maps/Other.csv'])).toMatchObject({ verdict: 'incomplete_at_google' });
  });

  it('are found in a folder whose name was changed too', async () => {
    const service = serviceOf("Fil d'infos", [{ name: "Ada's", extension: 'csv' }], totals(1, 1));
    const zip = await zipOf([{ name: 'Portability/Fil d_infos/Ada_s.csv', content: 'x' }, manifestOf(service)]);
    expect(await verify([zip])).toEqual(complete(1));
  });

  it('are missed where another one has the changed name', async () => {
    const files = [
      { name: 'a?', extension: 'csv' },
      { name: 'a:', extension: 'csv' },
    ];
    expect(await verifyListed(files, ['Maps/a_.csv'])).toMatchObject({
      findings: [{ kind: 'file_missing', count: 2 }],
      verdict: 'incomplete_at_google',
    });
  });

  it('may be listed twice', async () => {
    const files = [
      { name: 'Reviews', extension: 'json' },
      { name: 'Reviews.json', extension: 'json' },
      { name: 'Reviews', extension: 'json' },
    ];
    expect(await verifyListed(files, ['Maps/Reviews.json'])).toEqual(complete(1));
  });

  it('have other names where number and size of all files agree, which is reported without the names', async () => {
    const files = [
      { name: 'instellingen voor het beheer van je kanaalcommunity', extension: 'csv' },
      { name: 'b', extension: 'csv' },
    ];
    const names = ['Maps/instellingen voor het beheer van je kanaalcommu.csv', 'Maps/b.csv'];
    const result = await verifyListed(files, names, totals(2, 2));
    expect(result).toEqual({
      findings: [{ kind: 'name_differs', service: 'MY_ACTIVITY', count: 1 }],
      files: 2,
      verdict: 'complete',
    });
    for (const stated of [totals(2, 3), totals(3, 2), {}, { extractedFileTotal: '2' }]) {
      expect(await verifyListed(files, names, stated)).toMatchObject({ verdict: 'incomplete_at_google' });
    }
  });

  it('are found under names in UTF-8 that are not marked as such', async () => {
    const name = 'Café à Köln 日本';
    const zip = await zipOf([
      { name: `Portability/Maps/${name}.csv`, content: 'x' },
      manifestOf(serviceOf('Maps', [{ name, extension: 'csv' }])),
    ]);
    expect(await verify([unmarked(zip)])).toEqual(complete(1));
  });

  it('are found under names in the old code page of ZIP', async () => {
    const zip = await zipOf([
      { name: 'Portability/Maps/Caf-.csv', content: 'x' },
      manifestOf(serviceOf('Maps', [{ name: 'Café', extension: 'csv' }])),
    ]);
    const coded = replaced(unmarked(zip), 'Caf-.csv', Buffer.from('Caf\x82.csv', 'latin1'));
    expect(await verify([coded])).toEqual(complete(1));
  });

  it('are never named in a finding, since names are the user’s own words', async () => {
    const files = [
      { name: 'my diary', extension: 'txt' },
      { name: 'my other diary', state: 'FAILED' },
    ];
    const zip = await zipOf([manifestOf(serviceOf('My secret folder', files))]);
    expect(JSON.stringify(await verify([zip]))).not.toMatch(/diary|secret folder/);
  });
});

describe('an archive without a usable manifest', () => {
  it('is unverified, with its files counted', async () => {
    expect(await verify([await zipOf([activity, history])])).toEqual({
      findings: [{ kind: 'manifest_missing' }],
      files: 2,
      verdict: 'unverified',
    });
    expect(await verify([await zipOf([])])).toMatchObject({ verdict: 'unverified', files: 0 });
  });

  it.each([
    ['is no JSON', 'not { JSON'],
    ['is empty', ''],
    ['is a page', '<html></html>'],
    ['is a list', '[]'],
    ['is a number', '7'],
    ['has services of another kind', '{"serviceStatus":"none"}'],
    ['has files of another kind', '{"serviceStatus":[{"extractedFile":"none"}]}'],
    ['has a count that is no number', '{"serviceStatus":[{"extractedFileTotal":"many"}]}'],
    ['has a count beyond exact numbers', '{"serviceStatus":[{"extractedFileTotal":"9007199254740993"}]}'],
  ])('is unverified when its manifest %s', async (_what, content) => {
    const { findings, verdict } = await verify([await zipOf([activity, { ...manifest, content }])]);
    expect(findings).toEqual([{ kind: 'manifest_unreadable', part: 1 }, { kind: 'manifest_missing' }]);
    expect(verdict).toBe('unverified');
  });

  it('does not take a file of the same name deeper down for the manifest', async () => {
    const deeper = { ...manifest, name: 'Portability/Drive/archive_browser.json' };
    expect(await verify([await zipOf([deeper, activity, history])])).toMatchObject({
      findings: [{ kind: 'manifest_missing' }],
      files: 3,
    });
  });

  it('reads a manifest behind a byte order mark', async () => {
    const marked = { ...manifest, content: `\uFEFF${String(manifest.content)}` };
    expect(await verify([await zipOf([marked, activity, history])])).toEqual(complete(2));
  });

  it('reads a manifest with nothing but services', async () => {
    expect(await verify([await zipOf([{ ...manifest, content: '{}' }])])).toEqual(complete(0));
    const bare = { ...manifest, content: '{"serviceStatus":[{}]}' };
    expect(await verify([await zipOf([bare])])).toEqual(complete(0));
  });

  it.each([40, 2_000, 100_000])(
    'is refused by the limit on depth when it lists %i folders in each other',
    async (depth) => {
      const [open, close] = ['{"name":"x","childFile":['.repeat(depth), ']}'.repeat(depth)];
      const content = `{"serviceStatus":[{"extractedFile":[${open}{"name":"leaf","state":"SUCCESS"}${close}]}]}`;
      expect(await verify([await zipOf([{ ...manifest, content, as: 'stored' }])])).toMatchObject({
        findings: [
          { kind: 'limit_exceeded', part: 1, limit: 'ARCHIVE_MAX_DEPTH', allowed: 32 },
          { kind: 'manifest_missing' },
        ],
        verdict: 'unverified',
      });
    },
  );

  it('is unverified when it lists more services than Google has', async () => {
    const many = Array.from({ length: 300 }, () => serviceOf('Maps', []));
    expect(await verify([await zipOf([manifestOf(...many)])])).toMatchObject({
      findings: [{ kind: 'manifest_unreadable', part: 1 }, { kind: 'manifest_missing' }],
    });
  });
});

describe('a damaged archive', () => {
  const content = 'what somebody searched for '.repeat(50);
  const inPlain: ZipMember = { ...activity, content, as: 'stored' };

  it('is corrupt when a stored byte differs from its checksum', async () => {
    const zip = await zipOf([manifest, inPlain, history]);
    const { findings, files, verdict } = await verify([damaged(zip, zip.indexOf('somebody'))]);
    expect(findings).toContainEqual({ kind: 'unreadable_member', part: 1, entry: 2 });
    expect(files).toBe(1);
    expect(verdict).toBe('corrupt');
  });

  it('is corrupt when compressed bytes do not unpack', async () => {
    const zip = await zipOf([manifest, { ...activity, content }, history]);
    const data = zip.indexOf('MyActivity.json') + 'MyActivity.json'.length;
    const broken = Buffer.from(zip);
    broken.fill(0xff, data, data + 12);
    expect(await verify([broken])).toMatchObject({ files: 1, verdict: 'corrupt' });
  });

  it('is corrupt when the stated length of a member is wrong', async () => {
    const zip = await zipOf([inPlain]);
    const directory = zip.indexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
    expect(await verify([damaged(zip, directory + 24)])).toMatchObject({ verdict: 'corrupt' });
  });

  it('is corrupt when a member’s own header is gone', async () => {
    const zip = await zipOf([manifest, inPlain]);
    const header = zip.indexOf(Buffer.from('PK\u0003\u0004', 'latin1'), 10);
    expect(await verify([damaged(zip, header)])).toMatchObject({
      findings: expect.arrayContaining([{ kind: 'unreadable_member', part: 1, entry: 2 }]) as unknown,
      verdict: 'corrupt',
    });
  });

  it('is corrupt when its directory is damaged, and names the part', async () => {
    const [whole, zip] = [await zipOf([manifest, activity]), await zipOf([inPlain, history])];
    const second = zip.lastIndexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
    const { findings, verdict } = await verify([whole, damaged(zip, second)]);
    expect(findings).toContainEqual({ kind: 'not_a_zip', part: 2 });
    expect(verdict).toBe('corrupt');
  });

  it.each([1, 21, 22, 200])('is corrupt when its last %i bytes are missing', async (count) => {
    const zip = await zipOf([manifest, activity, history]);
    expect(await verify([zip.subarray(0, -count)])).toMatchObject({
      findings: [{ kind: 'not_a_zip', part: 1 }, { kind: 'manifest_missing' }],
      verdict: 'corrupt',
    });
  });

  it.each([
    ['an error page (D4)', Buffer.from('<?xml version="1.0"?><Error><Code>ExpiredToken</Code></Error>')],
    ['JSON', Buffer.from('{"Browser History":[]}')],
    ['nothing', Buffer.alloc(0)],
    ['the letters PK', Buffer.from('PK')],
    ['zeros', Buffer.alloc(70_000)],
  ])('is corrupt when a part is %s, while the other parts are read all the same', async (_what, part) => {
    const { findings, files, verdict } = await verify([part, await zipOf([manifest, activity, history])]);
    expect({ findings, files, verdict }).toEqual({
      findings: [{ kind: 'not_a_zip', part: 1 }],
      files: 2,
      verdict: 'corrupt',
    });
  });

  it('is corrupt when less of a part is stored than was fetched', async () => {
    const zip = await zipOf([manifest, activity, history]);
    const parts = [partOf(zip, 0, { bytes: zip.length + 1_000 })];
    expect(await verify([], { parts })).toEqual({
      findings: [{ kind: 'length_differs', part: 1, stated: zip.length + 1_000, found: zip.length }],
      files: 2,
      verdict: 'corrupt',
    });
  });

  it('D3: is corrupt when two parts were joined to one', async () => {
    const [first, second] = [await zipOf([manifest, activity]), await zipOf([history])];
    expect(await verify([Buffer.concat([first, second])])).toMatchObject({
      findings: [{ kind: 'not_a_zip', part: 1 }, { kind: 'manifest_missing' }],
      verdict: 'corrupt',
    });
  });
});

describe('D53: names in an archive', () => {
  const named = (from: string, to: string | Buffer) =>
    zipOf([{ name: from, content: 'x' }, manifest, activity, history]).then((zip) => replaced(zip, from, to));

  it.each<[string, string, string | Buffer]>([
    ['lead out of the folder', 'Portability/aa/bb/passwd', 'Portability/../../passwd'],
    ['are absolute', 'Portability/x', '/etc/shadow/x'],
    ['are a Windows path', 'Portability/x', 'C:\\Windows\\xy'],
    ['hold NUL', 'Portability/a-b', 'Portability/a\u0000b'],
    ['hold line breaks', 'Portability/a--b', 'Portability/a\r\nb'],
    ['are no UTF-8', 'Portability/ab\u00E9', Buffer.from('Portability/a\xFF\xC3\xFF', 'latin1')],
    ['have no folder', 'Portability-x', 'Portability_x'],
  ])('that %s are only compared, never used', async (_how, from, to) => {
    expect(await verify([await named(from, to)])).toEqual(complete(3));
  });

  it('may occur twice, and both are read', async () => {
    const zip = await zipOf([manifest, activity, activity, history]);
    expect(await verify([zip])).toEqual(complete(3));
    const stored = await zipOf([manifest, activity, { ...activity, as: 'stored' }, history]);
    expect(await verify([damaged(stored, stored.indexOf(activity.content))])).toMatchObject({ verdict: 'corrupt' });
  });

  it('may be 5,000 characters long', async () => {
    const name = `Portability/${'long '.repeat(1_000)}`;
    expect(await verify([await zipOf([{ name, content: 'x' }, manifest, activity, history])])).toEqual(complete(3));
  });
});

describe('a storage that fails while an archive is verified', () => {
  const failing = (bytes: Buffer, after: number): Partial<VerifiablePart> => ({
    open: async () => {
      let left = after;
      const content = contentOf(bytes);
      const read = async function* (start: number, end: number) {
        for await (const chunk of content.read(start, end)) {
          left -= chunk.length;
          if (left < 0) throw new PortageError('STORAGE_UNAVAILABLE', { detail: 'the disk was unplugged' });
          yield chunk;
        }
      };
      return Promise.resolve<RandomAccess>({ bytes: content.bytes, read });
    },
  });

  it.each([0, 100, 80_000, 90_000, 300_000])(
    'is a fault of the storage, not of an archive, after %i bytes',
    async (after) => {
      const big = { ...activity, content: Buffer.alloc(500_000, 'a'), as: 'stored' as const };
      const zip = await zipOf([manifest, big, history]);
      const parts = [partOf(zip, 0, failing(zip, after))];
      await expect(verify([], { parts })).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    },
  );

  it('is so while a packed member is unpacked as well', async () => {
    const noise = createHash('sha512').update('noise').digest();
    const content = Buffer.concat(
      Array.from({ length: 5_000 }, (_, index) => Buffer.concat([noise, Buffer.of(index)])),
    );
    const zip = await zipOf([{ ...activity, content }, manifest]);
    const parts = [partOf(zip, 0, failing(zip, zip.length + 20))];
    await expect(verify([], { parts })).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  });
});

describe('the metadata of a part at Cloud Storage', () => {
  const stated = (zip: Buffer) => {
    const crc = Buffer.alloc(4);
    crc.writeUInt32BE(crc32c(zip));
    return { statedCrc32c: crc.toString('base64'), statedMd5: createHash('md5').update(zip).digest('base64') };
  };

  it('is held against every byte, whether or not the part is a ZIP', async () => {
    const zip = await zipOf([manifest, activity, history]);
    expect(await verify([], { parts: [partOf(zip, 0, stated(zip))] })).toEqual(complete(2));
    const noZip = Buffer.from('{"Browser History":[]}');
    expect(await verify([], { parts: [partOf(zip, 0, stated(zip)), partOf(noZip, 1, stated(noZip))] })).toEqual({
      findings: [{ kind: 'not_a_zip', part: 2 }],
      files: 2,
      verdict: 'corrupt',
    });
  });

  it('is a checksum that differs, even where every member is well', async () => {
    const zip = await zipOf([manifest, activity, history]);
    // A byte of a member's modification time in the directory is covered by the checksum alone.
    const directory = zip.lastIndexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
    const parts = [partOf(damaged(zip, directory + 12), 0, stated(zip))];
    expect(await verify([], { parts })).toEqual({
      findings: [
        { kind: 'checksum_differs', part: 1, checksum: 'crc32c' },
        { kind: 'checksum_differs', part: 1, checksum: 'md5' },
      ],
      files: 2,
      verdict: 'corrupt',
    });
  });

  it('may be one checksum only', async () => {
    const zip = await zipOf([manifest, activity, history]);
    const { statedCrc32c, statedMd5 } = stated(Buffer.from('another object'));
    expect(await verify([], { parts: [partOf(zip, 0, { statedCrc32c })] })).toMatchObject({
      findings: [{ kind: 'checksum_differs', part: 1, checksum: 'crc32c' }],
    });
    expect(await verify([], { parts: [partOf(zip, 0, { statedMd5 })] })).toMatchObject({
      findings: [{ kind: 'checksum_differs', part: 1, checksum: 'md5' }],
    });
  });

  it('is distinguished from the findings of an earlier verification', async () => {
    const zip = await zipOf([manifest, activity, history]);
    const sha256 = createHash('sha256').update(zip).digest('hex');
    expect(await verify([], { parts: [partOf(zip, 0, { sha256 })] })).toEqual(complete(2));
    expect(await verify([], { parts: [partOf(zip, 0, { sha256: sha256.replace(/^./, 'x') })] })).toMatchObject({
      findings: [{ kind: 'checksum_differs', part: 1, checksum: 'sha256' }],
      verdict: 'corrupt',
    });
  });

  it('comes with the SHA-256 of each part, which was read in order', async () => {
    const zip = await zipOf([manifest, activity, history]);
    const parts = [partOf(zip, 0), partOf(Buffer.from('no ZIP'), 1)];
    const { sha256 } = await verifyArchive({
      parts,
      limits: archiveLimits,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    expect([...sha256]).toEqual([
      [1, createHash('sha256').update(zip).digest('hex')],
      [2, createHash('sha256').update('no ZIP').digest('hex')],
    ]);
  });

  it('D2, D5: is a number of parts, of which one may be missing', async () => {
    const zip = await zipOf([manifest, activity, history]);
    expect(await verify([zip], { partsTotal: 2 })).toEqual({
      findings: [{ kind: 'parts_missing', stated: 2, found: 1 }],
      files: 2,
      verdict: 'corrupt',
    });
    expect(await verify([], { partsTotal: 0 })).toEqual(complete(0));
  });
});

describe('a cancelled verification', () => {
  it('ends with the reason of its signal', async () => {
    const controller = new AbortController();
    const reason = new Error('the worker shuts down');
    const zip = await zipOf([manifest, activity, history]);
    const verifying = verify([zip], { signal: controller.signal, onProgress: () => controller.abort(reason) });
    await expect(verifying).rejects.toBe(reason);
    await expect(verify([zip], { signal: controller.signal })).rejects.toBe(reason);
  });
});
