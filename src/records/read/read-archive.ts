/** Reads the parts of an archive into drafts: manifest first, then every member by its reader, or as a file. */
import { LimitExceeded } from '../../archive/zip/enforce-limits';
import type { ArchiveLimits } from '../../domain/archive-limits';
import { overviewOf, placeOf, type Overview } from './archive-overview';
import { chooseReader } from './choose-reader';
import { createMemberOutput } from './member-output';
import { MemberError, membersOf, PartError, StorageFailure, type Member } from './members';
import type { RecordWriter } from '../store/record-writer';
import { sampleBytes, sampleOf, unknownBytes, type Sample } from './detect-format';
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
  /** Limits of the directory and the members of a part. */
  readonly archiveLimits: ArchiveLimits;
  /** Called between pieces of work; throws to stop the reading. */
  readonly onProgress: (members: number) => void;
}

const isIndex = (path: string) => /^archive_browser\.[a-z]+$/.test(path);
/** Thrown through a reader when storage fails or reading is stopped; not a fault of the archive. */
class Interruption extends Error {
  override readonly name = 'Interruption';
}

/**
 * @returns the number of members, Google's index not counted
 * @throws errors of the storage and of `onProgress`
 */
export async function readArchive(request: ArchiveRequest): Promise<number> {
  const { parts, findings, limits, archiveLimits, onProgress } = request;
  try {
    const overview = await overviewOf({
      ...{ parts, resources: request.resources, maxMembers: limits.members, archiveLimits },
      onProgress: () => onProgress(0),
    });
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

async function readMember(
  member: Member,
  overview: Overview,
  number: number,
  { resources, writer, findings, limits, onProgress }: ArchiveRequest,
): Promise<void> {
  const { part, entry, bytes, crc32 } = member;
  const { service, path, isLengthAsStated } = placeOf(member.path, overview.folders);
  const settle = async () => {
    try {
      onProgress(number);
      await writer.settle();
    } catch (cause) {
      throw new Interruption('reading was interrupted', { cause });
    }
  };
  let mediaType = unknownBytes;
  const outputFor = (resource: string, isJson = false) => {
    const file = { path, bytes, crc32, mediaType };
    return createMemberOutput({ origin: { resource, part, entry }, writer, findings, isJson, file, settle });
  };
  const [first = ''] = resources;
  const content = member.open();
  let out = outputFor(first);
  try {
    const begun = await beginning(content);
    mediaType = begun.sample.mediaType;
    const choice = chooseReader(begun.sample, resources, { path, service, isLengthAsStated });
    if (choice.as === 'nothing' || choice.as === 'empty_table' || choice.as === 'no_data_text') {
      if (choice.as !== 'nothing') outputFor(choice.resource).notice(choice.as);
      // Its bytes are still checked against the checksum.
      while ((await content.next()).done !== true) continue;
      return;
    }
    out = outputFor(choice.resource, begun.sample.format === 'json' && choice.as === 'records');
    if (choice.as === 'records') {
      if (choice.isUnclear) out.notice('resource_unclear');
      if (bytes > limits.memberBytes) {
        out.problem('member_too_large', {});
        out.file();
        return;
      }
      const { resource, reader } = choice;
      const { locale, siblings } = overview;
      const { sample, chunks } = begun;
      await reader.read({ resource, path, sample, chunks, isLengthAsStated, locale, siblings }, out);
      out.finish();
      return;
    }
    if (choice.as !== 'file') out.problem(choice.as, {});
    if (choice.as === 'unrecognised') out.driftOf(choice.shape);
    out.file();
    await settle();
  } catch (error) {
    if (error instanceof StorageFailure || error instanceof Interruption) throw error;
    out.problem(error instanceof MemberError ? 'unreadable_member' : 'reader_failed', {});
    await settle();
  } finally {
    await content.return(undefined);
  }
}

/** Looks at the beginning of a member, and returns it together with the rest. */
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
