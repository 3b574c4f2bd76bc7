/**
 * Maps that the person made: a KMZ each, which is a ZIP with a KML in it, or the KML itself (docs/google-api.md §A7).
 */
import { DirectoryBroken, readDirectory, type DirectoryEntry } from '../../archive/zip/directory';
import { isFolder, readMember } from '../../archive/zip/member';
import { createTally, LimitExceeded } from '../../archive/zip/enforce-limits';
import { MemberBroken } from '../../archive/zip/unpack';
import type { RandomAccess } from '../../archive/store/random-access';
import { baseName, entryLimit, type OpenMember, type Reader, type ReaderOutput } from '../read/reader';

/**
 * Limits of the ZIP within the ZIP; longer ones are reported and delivered as they are. A map that Google writes has
 * one KML and some icons.
 */
const limits = {
  ...{ entries: 2_000, memberBytes: 512 * 1024 * 1024, totalBytes: 1024 * 1024 * 1024, ratio: 200 },
  ...{ depth: 8, nameBytes: 1_024, manifestBytes: 0 },
};

const reader = {
  resources: ['mymaps.maps'],
  services: [],
  kinds: ['own_map', 'map_feature'],
} as const satisfies Partial<Reader>;

export const myMapsKml: Reader = {
  ...reader,
  format: 'html',
  accepts: ({ text }) => /<kml[\s>]/.test(text),
  read: async (member, out) => {
    const { readKml } = await import('./kml.js');
    await readKml(member, out, { file: baseName(member.path), firstIndex: 0 });
  },
};

export const myMapsKmz: Reader = {
  ...reader,
  format: 'zip',
  accepts: () => true,
  read: async (member, out) => {
    const bytes = await wholeMember(member, out);
    if (bytes === undefined) {
      out.file();
      return;
    }
    try {
      await readZip(member, bytes, out);
    } catch (error) {
      const kind = problemOf(error);
      if (kind === undefined) throw error;
      out.problem(kind, {});
      out.file();
    }
    await out.settle();
  },
};

/** @returns undefined, with a problem, when the member is longer than an entry may be */
async function wholeMember(member: OpenMember, out: ReaderOutput): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of member.chunks) {
    length += chunk.length;
    if (length > entryLimit) chunks.length = 0;
    else chunks.push(chunk);
    await out.settle();
  }
  if (length <= entryLimit) return Buffer.concat(chunks);
  out.problem('entry_too_large', {});
  return undefined;
}

async function readZip(member: OpenMember, bytes: Buffer, out: ReaderOutput): Promise<void> {
  const content: RandomAccess = { bytes: bytes.length, read: (start, end) => rangeOf(bytes, start, end) };
  const tally = createTally(limits);
  const entries: DirectoryEntry[] = [];
  for await (const entry of readDirectory(content, tally)) if (!isFolder(entry)) entries.push(entry);
  const maps = entries.filter(({ name }) => /\.kml$/i.test(name));
  if (maps.length === 0) out.problem('unrecognised', {});
  // Icons, and other files in it, are in no record.
  if (maps.length < entries.length || maps.length === 0) out.file();
  const { readKml } = await import('./kml.js');
  let firstIndex = 0;
  for (const map of maps) {
    const chunks = readMember(content, map, tally);
    firstIndex = await readKml({ ...member, chunks }, out, { file: baseName(member.path), firstIndex });
  }
}

async function* rangeOf(bytes: Buffer, start: number, end: number): AsyncGenerator<Buffer> {
  await Promise.resolve();
  yield bytes.subarray(start, end);
}

function problemOf(error: unknown) {
  if (error instanceof DirectoryBroken) return 'not_a_zip' as const;
  if (error instanceof LimitExceeded) return 'limit_exceeded' as const;
  return error instanceof MemberBroken ? ('unreadable_member' as const) : undefined;
}
