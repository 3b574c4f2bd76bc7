// Archives that are built to exhaust a reader are refused at little cost (docs/known-defects.md D9, D10, D53).
import { crc32 } from '@node-rs/crc32';
import fc from 'fast-check';

import { verifyArchive } from '../../src/archive/verify/verify-archive';
import { verdictOf, type Finding } from '../../src/domain/verdict';
import { archiveLimits } from './content';
import { descriptor, directoryEntry, endRecords, localHeader, member, rawZip, type RawMember } from './raw-zip';
import { partOf, verify, verifyCounted } from './verify';
import { manifestOf, serviceOf, zipOf } from './zip';
import { allTests, longIt } from '../support/long';

const MiB = 1024 * 1024;
const listed = manifestOf(serviceOf('Maps', [{ name: 'Reviews.json' }]));
const manifest = member(listed.name, listed.content);
const reviews = member('Portability/Maps/Reviews.json', '{"type":"FeatureCollection","features":[]}'.repeat(20));

const limitExceeded = (limit: string, allowed: number) => ({ kind: 'limit_exceeded', part: 1, limit, allowed });

/** How much more memory the process holds at most while something runs. */
async function memoryGrowth(run: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss;
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 5);
  await run().finally(() => clearInterval(watch));
  return Math.max(peak, process.memoryUsage.rss()) - before;
}

it('raw ZIPs of these tests are valid where no field is false', async () => {
  expect(await verify([rawZip([manifest, reviews])])).toEqual({ findings: [], files: 1, verdict: 'complete' });
});

describe('D9: a ZIP bomb', () => {
  it('of archives in archives, 42.zip’s way, is a few small files and is never opened further', async () => {
    let level: RawMember = member('zeros', Buffer.alloc(4 * MiB));
    for (let depth = 0; depth < 5; depth += 1) {
      const inner = rawZip(Array.from({ length: 16 }, (_, index) => ({ ...level, name: `${depth}-${index}.zip` })));
      level = member('Portability/Maps/nested.zip', inner);
    }
    const zip = rawZip([manifest, reviews, level]);
    const { findings, files, unpackedBytes, verdict } = await verifyCounted([zip]);
    expect({ findings, files, verdict }).toEqual({ findings: [], files: 2, verdict: 'complete' });
    // Of 64 TiB, the outermost layer.
    expect(unpackedBytes).toBe(manifest.bytes + reviews.bytes + level.bytes);
    expect(level.bytes).toBeLessThan(200_000);
  });

  it('of entries that all share one body is refused before anything is unpacked', async () => {
    const kernel = member('Portability/Maps/kernel', Buffer.alloc(8 * MiB));
    const shared = Array.from({ length: 5_000 }, (_, index) => ({
      ...kernel,
      name: `Portability/Maps/${index}`,
      local: { at: 0 },
    }));
    const { findings, unpackedBytes, verdict, bytesRead } = await verifyCounted([
      rawZip([kernel, ...shared, manifest]),
    ]);
    expect(findings).toContainEqual({ kind: 'overlapping_members', part: 1, entry: expect.any(Number) as number });
    expect(unpackedBytes).toBe(0);
    expect(verdict).toBe('corrupt');
    expect(bytesRead).toBeLessThan(8 * MiB);
  });

  it('of entries that quote each other’s headers is refused before anything is unpacked', async () => {
    const zip = quotedOverlap(200, Buffer.alloc(MiB));
    const { findings, unpackedBytes, verdict } = await verifyCounted([zip]);
    expect(findings).toContainEqual({ kind: 'overlapping_members', part: 1, entry: 1 });
    expect({ unpackedBytes, verdict }).toEqual({ unpackedBytes: 0, verdict: 'corrupt' });
  });

  longIt('of one huge member is stopped by its ratio, with memory independent of its size', async () => {
    const zeros = member('Portability/Maps/zeros', Buffer.alloc(512 * MiB));
    const zip = rawZip([manifest, zeros, reviews]);
    let result: Awaited<ReturnType<typeof verifyCounted>> | undefined;
    const growth = await memoryGrowth(async () => (result = await verifyCounted([zip])));
    expect(result).toMatchObject({
      findings: [limitExceeded('ARCHIVE_MAX_RATIO', 250)],
      verdict: 'unverified',
    });
    expect(result?.unpackedBytes).toBeLessThan(32 * MiB);
    expect(growth).toBeLessThan(96 * MiB);
  });

  it('of a million entries is refused by its end record, without reading one of them', async () => {
    const zip = manyEntries(1_000_000);
    let result: Awaited<ReturnType<typeof verifyCounted>> | undefined;
    const growth = await memoryGrowth(async () => (result = await verifyCounted([zip])));
    expect(result).toMatchObject({
      findings: [limitExceeded('ARCHIVE_MAX_ENTRIES', 250_000), { kind: 'manifest_missing' }],
      verdict: 'unverified',
      entries: 0,
      unpackedBytes: 0,
    });
    // Once over for its checksums, and its end.
    expect(result?.bytesRead).toBeLessThan(zip.length + MiB);
    expect(growth).toBeLessThan(64 * MiB);
  });

  it.each([
    ['fewer', 3],
    ['more', 200],
    ['far more', 60_000],
  ])('whose end record counts %s entries than there are is no ZIP', async (_how, entries) => {
    const zip = rawZip([manifest, ...Array.from({ length: 9 }, () => reviews)], { entries });
    expect(await verify([zip])).toMatchObject({ findings: [{ kind: 'not_a_zip', part: 1 }], files: 0 });
  });

  it('counts the entries of all parts together', async () => {
    const limits = { ...archiveLimits, entries: 3 };
    const [one, two] = [rawZip([manifest, reviews]), rawZip([reviews, reviews])];
    expect(await verify([one], { limits })).toMatchObject({ verdict: 'complete' });
    expect(await verify([one, two], { limits })).toMatchObject({
      findings: [{ ...limitExceeded('ARCHIVE_MAX_ENTRIES', 3), part: 2 }],
      files: 1,
      verdict: 'unverified',
    });
  });
});

describe('a member with a false length', () => {
  const zeros = member('Portability/Maps/Reviews.json', Buffer.alloc(64 * MiB, 'abcdefgh'.repeat(999)));

  it('is stopped where it passes the stated length', async () => {
    const lying = { ...zeros, bytes: 10 };
    const { findings, files, unpackedBytes, verdict } = await verifyCounted([rawZip([manifest, lying])]);
    expect(findings).toEqual([{ kind: 'unreadable_member', part: 1, entry: 2 }]);
    expect({ files, verdict }).toEqual({ files: 0, verdict: 'corrupt' });
    expect(unpackedBytes).toBeLessThan(manifest.bytes + 2 * 70_000);
  });

  it.each([
    ['longer', 1],
    ['4 GiB', 0xfffffffe - 64 * MiB],
  ])('is unreadable when it is shorter than the %s that it states', async (_what, more) => {
    const lying = { ...reviews, bytes: reviews.bytes + more };
    expect(await verify([rawZip([manifest, lying])])).toMatchObject({
      findings: [{ kind: 'unreadable_member', part: 1, entry: 2 }],
      verdict: 'corrupt',
    });
  });

  it('is unreadable when packed bytes are left over', async () => {
    const packed = Buffer.concat([reviews.packed, Buffer.alloc(100)]);
    expect(await verify([rawZip([manifest, { ...reviews, packed }])])).toMatchObject({
      findings: [{ kind: 'unreadable_member', part: 1, entry: 2 }],
    });
  });

  it('is unreadable when its bytes would be beyond the part, or in the directory', async () => {
    const beyond = { ...reviews, listed: { packedBytes: 0xfffffff0 } };
    expect(await verify([rawZip([manifest, beyond])])).toMatchObject({
      findings: [{ kind: 'overlapping_members', part: 1, entry: 2 }],
      files: 0,
    });
    const elsewhere = { ...reviews, local: { at: 0xffffff00 } };
    expect(await verify([rawZip([manifest, elsewhere])])).toMatchObject({
      findings: [{ kind: 'overlapping_members', part: 1, entry: 2 }],
    });
  });

  it('is unreadable when its own header has a longer name than fits', async () => {
    const zip = rawZip([manifest, reviews]);
    const headerAt = zip.lastIndexOf(Buffer.from('PK\u0003\u0004', 'latin1'));
    zip.writeUInt16LE(60_000, headerAt + 28);
    expect(await verify([zip])).toMatchObject({
      findings: [{ kind: 'unreadable_member', part: 1, entry: 2 }],
      verdict: 'corrupt',
    });
  });
});

describe('limits', () => {
  const verifyWithin = (members: readonly RawMember[], limits: Partial<typeof archiveLimits>) =>
    verify([rawZip([manifest, ...members])], { limits: { ...archiveLimits, ...limits } });

  it.each<[string, Partial<typeof archiveLimits>, RawMember, object]>([
    [
      'the size of a member',
      { memberBytes: 2_000 },
      member('Portability/Maps/x', 'x'.repeat(2_001)),
      limitExceeded('ARCHIVE_MAX_MEMBER_SIZE', 2_000),
    ],
    [
      'the size of all members',
      { totalBytes: 3_000 },
      member('Portability/Maps/x', 'x'.repeat(2_999)),
      limitExceeded('ARCHIVE_MAX_TOTAL_SIZE', 3_000),
    ],
    [
      'the length of a name',
      { nameBytes: 100 },
      member(`Portability/Maps/${'語'.repeat(30)}`, 'x'),
      limitExceeded('ARCHIVE_MAX_NAME_SIZE', 100),
    ],
    [
      'the depth of a member',
      { depth: 4 },
      member('Portability/a/b/c/d/x', 'x'),
      limitExceeded('ARCHIVE_MAX_DEPTH', 4),
    ],
    [
      'the size of the manifest',
      { manifestBytes: manifest.bytes - 1 },
      reviews,
      limitExceeded('ARCHIVE_MAX_MANIFEST_SIZE', manifest.bytes - 1),
    ],
  ])(
    'on %s are named with their value, and what passes them is never complete',
    async (_what, limits, big, finding) => {
      const { findings, verdict } = await verifyWithin([reviews, big], limits);
      expect(findings).toContainEqual(finding);
      expect(verdict).toBe('unverified');
      expect(await verifyWithin([reviews, big], {})).toMatchObject({ verdict: 'complete' });
    },
  );

  it('hold for the manifests of an archive together', async () => {
    const limits = { manifestBytes: 2 * manifest.bytes };
    expect(await verifyWithin([manifest, reviews], limits)).toMatchObject({ verdict: 'complete' });
    expect(await verifyWithin([manifest, manifest, reviews], limits)).toMatchObject({ verdict: 'unverified' });
  });

  it('leave the other parts to be read, and members that were not read are not reported as missing', async () => {
    const limits = { ...archiveLimits, depth: 4 };
    const deep = rawZip([reviews, member('Portability/a/b/c/d/x', 'x')]);
    const shallow = rawZip([manifest, member('Portability/Maps/Other.json', 'x')]);
    expect(await verify([deep, shallow], { limits })).toEqual({
      findings: [limitExceeded('ARCHIVE_MAX_DEPTH', 4)],
      files: 1,
      verdict: 'unverified',
    });
  });

  it('do not turn a short file of one letter into an attack', async () => {
    const text = member('Portability/Maps/Reviews.json', 'a'.repeat(MiB));
    expect(text.bytes / text.packed.length).toBeGreaterThan(archiveLimits.ratio);
    expect(await verifyWithin([text], {})).toMatchObject({ verdict: 'complete' });
  });

  it('make no list without end of an archive in which every member is broken', async () => {
    const broken = Array.from({ length: 1_000 }, () => ({ ...reviews, crc: 7 }));
    const { findings, verdict } = await verifyWithin(broken, {});
    expect(findings).toHaveLength(101);
    expect(findings.at(-1)).toEqual({ kind: 'more_findings', of: 'unreadable_member', count: 900 });
    expect(verdict).toBe('corrupt');
  });
});

describe('a member that cannot be looked into', () => {
  it('is reported when it is encrypted, and left unchanged', async () => {
    expect(await verify([rawZip([manifest, reviews, { ...reviews, flags: 0x801 }])])).toEqual({
      findings: [{ kind: 'encrypted_member', part: 1, entry: 3 }],
      files: 1,
      verdict: 'unverified',
    });
  });

  it.each([9, 12, 14, 93, 99])('is reported when it is packed by method %i, and left unchanged', async (method) => {
    expect(await verify([rawZip([manifest, reviews, { ...reviews, method }])])).toEqual({
      findings: [{ kind: 'unsupported_member', part: 1, entry: 3, method }],
      files: 1,
      verdict: 'unverified',
    });
  });

  it('may be a link or another strange thing, which is only a file with content here', async () => {
    const zip = rawZip([manifest, reviews, member('Portability/Maps/link', '/etc/passwd', 0)]);
    const entryAt = zip.lastIndexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
    // Made by Unix, a symbolic link with all rights.
    zip.writeUInt16LE(0x0314, entryAt + 4);
    zip.writeUInt32LE(0o120777 * 0x10000, entryAt + 38);
    expect(await verify([zip])).toEqual({ findings: [], files: 2, verdict: 'complete' });
  });
});

describe('a member’s own header', () => {
  const differs = { findings: [{ kind: 'header_differs', part: 1, entry: 2 }], files: 1, verdict: 'corrupt' };

  it.each<[string, RawMember]>([
    ['another name', { ...reviews, local: { name: 'Portability/Maps/Reviews.exec' } }],
    ['another length of its name', { ...reviews, local: { name: 'Portability/Maps/Reviews.json.exe' } }],
    ['another length', { ...reviews, local: { bytes: 12 } }],
    ['another packed length', { ...reviews, local: { packedBytes: 12 } }],
    ['another checksum', { ...reviews, local: { crc: 12 } }],
    ['another method', { ...reviews, local: { method: 0 } }],
    ['encryption', { ...reviews, local: { flags: 0x801 } }],
    ['a descriptor that the directory denies', { ...reviews, local: { flags: 0x808 } }],
    ['no checksum, without a descriptor', { ...reviews, local: { crc: 0 } }],
  ])('is held against the directory: %s', async (_what, lying) => {
    expect(await verify([rawZip([manifest, lying])])).toEqual(differs);
  });

  const streamed = { ...reviews, flags: 0x808, local: { crc: 0, bytes: 0, packedBytes: 0 } };
  it.each([
    ['with a signature', { signed: true }],
    ['without a signature', { signed: false }],
    ['with a signature, of 64 bits', { signed: true, wide: true }],
    ['without a signature, of 64 bits', { signed: false, wide: true }],
  ])('may leave its figures to a descriptor %s', async (_what, form) => {
    const right = { ...streamed, behind: descriptor(reviews, form) };
    expect(await verify([rawZip([manifest, right])])).toMatchObject({ verdict: 'complete' });
    expect(await verify([rawZip([right, manifest])])).toMatchObject({ verdict: 'complete' });
    const wrong = { ...streamed, behind: descriptor({ ...reviews, bytes: 7 }, form) };
    expect(await verify([rawZip([manifest, wrong])])).toEqual(differs);
    expect(await verify([rawZip([manifest, streamed])])).toEqual(differs);
  });

  it('may have the signature’s own digits for a checksum', async () => {
    // Four bytes whose CRC-32 is the signature of a descriptor.
    const content = bytesWithCrc32(0x08074b50);
    const unlucky = { ...member('Portability/Maps/x', content, 0), flags: 0x808 };
    expect(unlucky.crc).toBe(0x08074b50);
    const zip = rawZip([manifest, reviews, { ...unlucky, behind: descriptor(unlucky, { signed: false }) }]);
    expect(await verify([zip])).toMatchObject({ verdict: 'complete' });
  });
});

describe('a directory', () => {
  const wholeZip = rawZip([manifest, reviews]);

  it.each([
    ['its length is wrong', { directoryBytes: 100 }],
    ['its place is wrong', { directoryAt: 3 }],
    ['its place is nowhere', { directoryAt: 0xfffffff0 }],
    ['bytes are between it and its end record', { gap: Buffer.alloc(7) }],
  ])('is refused when %s', async (_what, end) => {
    expect(await verify([rawZip([manifest, reviews], end)])).toMatchObject({
      findings: expect.arrayContaining([{ kind: 'not_a_zip', part: 1 }]) as unknown,
      files: 0,
      verdict: 'corrupt',
    });
  });

  longIt('may be of ZIP64, and is then held against ZIP64’s end record', async () => {
    const many = manyEntries(70_000, [manifest, reviews]);
    expect(await verify([many])).toMatchObject({ findings: [], files: 70_001, verdict: 'complete' });
    const wrong = Buffer.from(many);
    const recordAt = wrong.lastIndexOf(Buffer.from('PK\u0006\u0006', 'latin1'));
    wrong.writeBigUInt64LE(wrong.readBigUInt64LE(recordAt + 40) - 1n, recordAt + 40);
    expect(await verify([wrong])).toMatchObject({ verdict: 'corrupt' });
  });

  it('is always checked, for any changed bytes', async () => {
    const mutation = fc.record({ at: fc.nat(wholeZip.length - 1), value: fc.integer({ min: 0, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 6 }), async (mutations) => {
        const changed = Buffer.from(wholeZip);
        for (const { at, value } of mutations) changed[at] = value;
        const { verdict, unpackedBytes } = await verifyCounted([changed]);
        expect(unpackedBytes).toBeLessThan(2 * MiB);
        // A complete archive unpacks to the original bytes; only names, times and similar fields may differ.
        if (verdict === 'complete') expect(unpackedBytes).toBe(manifest.bytes + reviews.bytes);
      }),
      { numRuns: allTests ? 2_000 : 60 },
    );
  });
});

describe('D10: an archive of any size', () => {
  longIt('is read in chunks, each byte once, with memory independent of its size', async () => {
    const size = 2_000 * MiB;
    const { open, bytes, readBytes } = sparsePart(size);
    const findings: Finding[] = [];
    const growth = await memoryGrowth(async () => {
      const result = await verifyArchive({
        parts: [partOf(Buffer.alloc(0), 0, { open, bytes })],
        limits: archiveLimits,
        signal: new AbortController().signal,
        onProgress: () => undefined,
      });
      findings.push(...result.findings);
      expect(result.counts.unpackedBytes).toBe(size + manifest.bytes);
    });
    expect(verdictOf(findings)).toBe('complete');
    expect(readBytes()).toBeLessThan(bytes + 3 * MiB);
    expect(growth).toBeLessThan(64 * MiB);
  });
});

/** Members that contain each other: each stores its bytes, and the next one's header is among them. */
function quotedOverlap(count: number, kernel: Buffer): Buffer {
  const last = member('n', kernel);
  const names = Array.from({ length: count }, (_, index) => String(index).padStart(4, '0'));
  const fields = { flags: 0x800, method: 8, crc: last.crc, bytes: last.bytes };
  // A member's header is followed by one stored block with the next header, then by the next one's blocks.
  let body = last.packed;
  const headers: Buffer[] = [];
  for (const name of names.toReversed()) {
    const header = localHeader({ ...fields, name, packedBytes: body.length });
    headers.unshift(header);
    const quote = Buffer.from([0, header.length, 0, ~header.length & 0xff, 0xff]);
    body = Buffer.concat([quote, header, body]);
  }
  const data = body.subarray(5);
  let position = 0;
  const directory = names.map((name, index) => {
    const length = headers[index]?.length ?? 0;
    const entry = directoryEntry({ ...fields, name, packedBytes: data.length - position - length }, position);
    position += length + 5;
    return entry;
  });
  const records = Buffer.concat(directory);
  return Buffer.concat([data, records, endRecords(count, records.length, data.length)]);
}

/** Empty files without end, behind the given members. */
function manyEntries(count: number, first: readonly RawMember[] = []): Buffer {
  const front = rawZip(first);
  const firstDirectoryAt = front.readUInt32LE(front.length - 6);
  const firstDirectory = front.subarray(firstDirectoryAt, -22);
  const fields = { name: 'Portability/m/0000000', flags: 0, method: 0, crc: 0, packedBytes: 0, bytes: 0 };
  const [header, entry] = [localHeader(fields), directoryEntry(fields, 0)];
  const data = Buffer.alloc(count * header.length, header);
  const directory = Buffer.alloc(count * entry.length, entry);
  for (let index = 0; index < count; index += 1) {
    const name = String(index).padStart(7, '0');
    data.write(name, index * header.length + header.length - 7, 'latin1');
    directory.write(name, index * entry.length + entry.length - 7, 'latin1');
    directory.writeUInt32LE(firstDirectoryAt + index * header.length, index * entry.length + 42);
  }
  const directoryAt = firstDirectoryAt + data.length;
  const directoryBytes = firstDirectory.length + directory.length;
  const end = endRecords(first.length + count, directoryBytes, directoryAt);
  return Buffer.concat([front.subarray(0, firstDirectoryAt), data, firstDirectory, directory, end]);
}

/** A part with one long stored member of zeros, made up while it is read. */
function sparsePart(size: number) {
  const piece = Buffer.alloc(4 * MiB);
  let crc = 0;
  for (let left = size; left > 0; left -= piece.length) crc = crc32(piece.subarray(0, left), crc);
  const zeros = { name: 'Portability/Maps/Reviews.json', flags: 0x800, method: 0, crc, packedBytes: size, bytes: size };
  const list = { ...manifest, flags: 0x800, method: 8, packedBytes: manifest.packed.length };
  const front = Buffer.concat([localHeader(list), manifest.packed, localHeader(zeros)]);
  const zerosAt = front.length - localHeader(zeros).length;
  const directory = Buffer.concat([directoryEntry(list, 0), directoryEntry(zeros, zerosAt)]);
  const back = Buffer.concat([directory, endRecords(2, directory.length, front.length + size)]);
  const bytes = front.length + size + back.length;
  let read = 0;
  return {
    bytes,
    readBytes: () => read,
    open: async () =>
      Promise.resolve({
        bytes,
        async *read(start: number, end: number) {
          for (let at = start; at < end;) {
            const [buffer, from] =
              at < front.length
                ? [front, at]
                : at < front.length + size
                  ? [piece.subarray(0, front.length + size - at), 0]
                  : [back, at - front.length - size];
            const chunk = buffer.subarray(from, from + end - at);
            read += chunk.length;
            at += chunk.length;
            yield await Promise.resolve(chunk);
          }
        },
      }),
  };
}

/** Four bytes with this CRC-32, found by running its register backwards. */
function bytesWithCrc32(wanted: number): Buffer {
  const table = Array.from({ length: 256 }, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value >>> 0;
  });
  let register = ~wanted >>> 0;
  const indexes: number[] = [];
  for (let step = 0; step < 4; step += 1) {
    const index = table.findIndex((value) => value >>> 24 === register >>> 24);
    indexes.unshift(index);
    register = ((register ^ (table[index] ?? 0)) << 8) >>> 0;
  }
  const bytes = Buffer.alloc(4);
  register = 0xffffffff;
  for (const [at, index] of indexes.entries()) {
    bytes[at] = (index ^ register) & 0xff;
    register = ((register >>> 8) ^ (table[index] ?? 0)) >>> 0;
  }
  return bytes;
}

it('D53: names of every kind are harmless, since nothing is stored under them', async () => {
  const names = [
    '../x',
    '../../../../etc/passwd',
    '/etc/passwd',
    'C:\\x',
    'a\u0000b',
    '',
    '.',
    '..',
    'CON',
    'x/../../y',
  ];
  const strange = names.map((name) => member(name, 'x'));
  const long = member(`Portability/${'x'.repeat(5_000)}`, 'x');
  const zip = rawZip([manifest, reviews, ...strange, ...strange, long]);
  expect(await verify([zip])).toEqual({ findings: [], files: 2 + 2 * names.length, verdict: 'complete' });
});

it('yazl’s ZIP64 archives are read as well', async () => {
  expect(await verify([await zipOf([listed, { name: reviews.name.toString(), content: 'x' }])])).toMatchObject({
    verdict: 'complete',
  });
});
