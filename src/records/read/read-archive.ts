/** Reads the parts of an archive into drafts: manifest first, then every member by its reader, or as a file. */
import { parseManifest, type ManifestService } from '../../archive/verify/manifest';
import { LimitExceeded } from '../../archive/zip/tally';
import type { ArchiveLimits } from '../../domain/archive-limits';
import { chooseReader } from './choose-reader';
import { localeOf } from '../locales/names';
import { createMemberOutput, type MemberOutput } from './member-output';
import { MemberError, membersOf, PartError, StorageFailure, type Member } from './members';
import type { Sibling } from './reader';
import type { RecordWriter } from '../store/record-writer';
import { sampleBytes, sampleOf, type Sample } from './sample';
import type { PartBytes } from '../store/stored-bytes';
import type { Findings } from '../deliver/summary';

export interface ReadingLimits {
  /** Members of all parts together. */
  readonly members: number;
  /** Length of a member that is read into records; files delivered as they are may be longer. */
  readonly memberBytes: number;
}

export interface ArchiveRequest {
  readonly parts: readonly PartBytes[];
  readonly resources: readonly string[];
  readonly writer: RecordWriter;
  readonly findings: Findings;
  readonly limits: ReadingLimits;
  /** What the directory and the members of a part may ask for. */
  readonly archiveLimits: ArchiveLimits;
  /** Called between pieces of work; throws to call reading off. */
  readonly onProgress: (members: number) => void;
}

/** A folder below the root that belongs to a service. */
interface Folder {
  readonly folder: string;
  readonly service: string;
  /** Length of its files together by the manifest, in bytes. */
  readonly statedBytes: number | undefined;
  /** Length of its files together in the archive, in bytes. */
  bytes: number;
}

/** What the manifest and the names of the members tell before anything is read. */
interface Overview {
  /** Folders below the root with the names of their services. */
  readonly folders: readonly Folder[];
  readonly locale: string | undefined;
  readonly siblings: readonly Sibling[];
}

const isIndex = (path: string) => /^archive_browser\.[a-z]+$/.test(path);
const maxManifestBytes = 64 * 1024 * 1024;
/** Resources whose files are matched with media by their names. */
const withMedia = /^(youtube\.\w+_videos|maps\.photos_videos)$/;

/** Thrown through a reader when storage fails or reading is called off; not a fault of the archive. */
class Interruption extends Error {
  override readonly name = 'Interruption';
}

/**
 * @returns the number of members, Google's index not counted
 * @throws whatever storage and `onProgress` throw
 */
export async function readArchive(request: ArchiveRequest): Promise<number> {
  const { parts, findings, limits, archiveLimits, onProgress } = request;
  try {
    const overview = await overviewOf(request);
    let members = 0;
    for (const part of parts) {
      try {
        for await (const member of membersOf(part, archiveLimits)) {
          if (isIndex(member.path)) continue;
          if (members >= limits.members) {
            findings.problem({ kind: 'too_many_members', part: part.number, entry: member.entry });
            return members;
          }
          members += 1;
          onProgress(members);
          await readMember(member, overview, members, request);
        }
      } catch (error) {
        if (!(error instanceof PartError || error instanceof LimitExceeded)) throw error;
        findings.problem({ kind: error instanceof PartError ? 'not_a_zip' : 'limit_exceeded', part: part.number });
      }
    }
    return members;
  } catch (error) {
    throw error instanceof StorageFailure || error instanceof Interruption ? error.cause : error;
  }
}

async function overviewOf(request: ArchiveRequest): Promise<Overview> {
  const { parts, resources, limits, archiveLimits, onProgress } = request;
  const folders: Folder[] = [];
  /** Length of the files by the first folder of their path; the folders of services are known at the end only. */
  const lengths = new Map<string, number>();
  const siblings: Sibling[] = [];
  const names = new Set<string>();
  const wantsSiblings = resources.some((resource) => withMedia.test(resource));
  let members = 0;
  for (const part of parts) {
    try {
      for await (const member of membersOf(part, archiveLimits)) {
        members += 1;
        if (members > limits.members) break;
        if (members % 1_000 === 0) onProgress(0);
        const { entry, bytes, path } = member;
        const [folder = '', inside] = path.split('/', 2);
        if (inside !== undefined) lengths.set(folder, (lengths.get(folder) ?? 0) + bytes);
        if (inside !== undefined && names.size < 1_000) names.add(folder);
        if (wantsSiblings) siblings.push({ path, part: part.number, entry, bytes });
        if (path !== 'archive_browser.json' || bytes > maxManifestBytes) continue;
        const text = await wholeText(member);
        const services = text === undefined ? undefined : servicesOf(text, archiveLimits);
        for (const { folderName, service, statedBytes } of services ?? []) {
          folders.push({ folder: folderName, service, statedBytes, bytes: 0 });
        }
      }
    } catch (error) {
      // Reported when the part is read.
      if (!(error instanceof PartError || error instanceof LimitExceeded)) throw error;
    }
  }
  for (const each of folders) each.bytes = lengths.get(each.folder) ?? 0;
  folders.sort((one, other) => other.folder.length - one.folder.length);
  const below = siblings.map((sibling) => ({ ...sibling, path: placeOf(sibling.path, folders).path }));
  return { folders, siblings: below, locale: localeOf([...folders.map(({ folder }) => folder), ...names]) };
}

/** A list that nests deeper than allowed is as good as none. */
function servicesOf(text: string, limits: ArchiveLimits): ManifestService[] | undefined {
  try {
    return parseManifest(text, limits);
  } catch (error) {
    if (error instanceof LimitExceeded) return undefined;
    throw error;
  }
}

async function wholeText(member: Member): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of member.open()) chunks.push(chunk);
  } catch (error) {
    if (error instanceof MemberError) return undefined;
    throw error;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The service a path belongs to, and the path below its folder. */
function placeOf(path: string, folders: readonly Folder[]) {
  const found = folders.find(({ folder }) => folder !== '' && path.startsWith(`${folder}/`));
  if (found !== undefined) {
    const { folder, service, statedBytes, bytes } = found;
    return { service, path: path.slice(folder.length + 1), isLengthAsStated: statedBytes === bytes };
  }
  const cut = path.indexOf('/');
  return { service: undefined, path: cut < 0 ? path : path.slice(cut + 1), isLengthAsStated: false };
}

async function readMember(
  member: Member,
  overview: Overview,
  number: number,
  { resources, writer, findings, limits, onProgress }: ArchiveRequest,
): Promise<void> {
  const { part, entry, bytes } = member;
  const { service, path, isLengthAsStated } = placeOf(member.path, overview.folders);
  const settle = async () => {
    try {
      onProgress(number);
      await writer.settle();
    } catch (cause) {
      throw new Interruption('reading was interrupted', { cause });
    }
  };
  const outputFor = (resource: string) => createMemberOutput({ resource, part, entry }, writer, findings, settle);
  const [first = ''] = resources;
  const content = member.open();
  let out = outputFor(first);
  try {
    const begun = await beginning(content);
    const choice = chooseReader(begun.sample, resources, { path, service });
    if (choice.as === 'nothing') {
      // Its bytes are still checked against the checksum.
      while ((await content.next()).done !== true) continue;
      return;
    }
    out = outputFor(choice.resource);
    if (choice.as === 'records') {
      if (choice.isUnclear) out.notice('resource_unclear');
      if (bytes > limits.memberBytes) {
        out.problem('member_too_large', {});
        fileRecord(member, path, begun.sample, out);
        return;
      }
      const { resource, reader } = choice;
      const { locale, siblings } = overview;
      const { sample, chunks } = begun;
      await reader.read({ resource, path, sample, chunks, isLengthAsStated, locale, siblings }, out);
      return;
    }
    if (choice.as !== 'file') out.problem(choice.as, {});
    if (choice.as === 'unrecognised') out.driftOf(choice.shape);
    fileRecord(member, path, begun.sample, out);
    await settle();
  } catch (error) {
    if (error instanceof StorageFailure || error instanceof Interruption) throw error;
    out.problem(error instanceof MemberError ? 'unreadable_member' : 'reader_failed', {});
    await settle();
  } finally {
    await content.return(undefined);
  }
}

function fileRecord({ bytes, crc32 }: Member, path: string, { mediaType }: Sample, out: MemberOutput): void {
  out.record({ kind: 'file', index: 0, data: { path, bytes, crc32, mediaType } });
}

/** Looks at the beginning of a member, and gives it back together with the rest. */
async function beginning(content: AsyncGenerator<Buffer>): Promise<{ sample: Sample; chunks: AsyncIterable<Buffer> }> {
  const seen: Buffer[] = [];
  let length = 0;
  let isWhole = false;
  while (length < sampleBytes && !isWhole) {
    const step = await content.next();
    if (step.done === true) isWhole = true;
    else {
      seen.push(step.value);
      length += step.value.length;
    }
  }
  const chunks = async function* () {
    for (const chunk of seen.splice(0)) yield chunk;
    yield* content;
  };
  return { sample: sampleOf(Buffer.concat(seen), isWhole), chunks: chunks() };
}
