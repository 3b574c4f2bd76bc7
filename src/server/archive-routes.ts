/** The stored archive of an export, for its host app: the parts, a list of their members, and single members. */
import { Router } from 'express';

import { DirectoryBroken, readDirectory, type DirectoryEntry } from '../archive/zip/directory';
import { findMember, isFolder, readMember, readMemberRange } from '../archive/zip/member';
import { openPart } from '../archive/store/part-reader';
import { createTally, LimitExceeded } from '../archive/zip/enforce-limits';
import { isReadable, MemberBroken } from '../archive/zip/unpack';
import type { Export } from '../database/exports';
import type { StoredPart } from '../database/parts';
import { PortageError } from '../domain/error-codes';
import type { HostAppAccess } from './authentication/host-app';
import { getMember, getPart, listMembers } from './contract/archives';
import { mountOperation } from './contract/mount-operation';
import type { ServerDependencies } from './dependencies';
import { sendChunks, sendContent } from './send-content';

type ArchiveDependencies = Pick<ServerDependencies, 'config' | 'parts' | 'storage' | 'exportKeys'>;

export function archiveRouter(deps: ArchiveDependencies, access: HostAppAccess): Router {
  const router = Router();
  const tally = () => createTally(deps.config.archiveLimits);

  const partOf = async (row: Export, number: string): Promise<StoredPart> => {
    const part = (await deps.parts.list(row.id)).find((each) => String(each.number) === number);
    if (part === undefined) throw new PortageError('NOT_FOUND', { detail: 'part' });
    return part;
  };

  mountOperation(router, getPart, async ({ request, response, path }) => {
    const row = await access.exportOfHostApp(request, path.id);
    const part = await partOf(row, path.number);
    const content = await openPart(deps, row.consentId, part);
    await sendContent(request, response, {
      bytes: content.bytes,
      etag: part.version,
      fileName: `${row.id}-${part.number}.zip`,
      read: (start, end) => content.read(start, end),
    });
  });

  mountOperation(router, listMembers, async ({ request, response, path }) => {
    const row = await access.exportOfHostApp(request, path.id);
    const parts = await deps.parts.list(row.id);
    const counted = tally();
    const entries = async (part: StoredPart) => readDirectory(await openPart(deps, row.consentId, part), counted);
    await sendChunks(response, memberList(row.id, parts, entries), () => {
      response.set({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
    });
  });

  mountOperation(router, getMember, async ({ request, response, path }) => {
    const row = await access.exportOfHostApp(request, path.id);
    const part = await partOf(row, path.part);
    const content = await openPart(deps, row.consentId, part);
    const entry = await translated(findMember(content, Number(path.entry), tally()));
    if (entry === undefined || isFolder(entry)) throw new PortageError('NOT_FOUND', { detail: 'member' });
    const { bytes } = entry;
    await translated(
      sendContent(request, response, {
        bytes,
        etag: `${part.version}-${entry.number}`,
        fileName: fileNameOf(entry, part),
        read: (start, end) =>
          start === 0 && end === bytes
            ? readMember(content, entry, tally())
            : readMemberRange(content, entry, { start, end }, tally()),
      }),
    );
  });

  return router;
}

/**
 * The list as JSON text, written while directories are read. It also names parts that are not ZIP files; they can only
 * be fetched as a whole.
 */
async function* memberList(
  exportId: string,
  parts: readonly StoredPart[],
  entries: (part: StoredPart) => Promise<AsyncIterable<DirectoryEntry>>,
): AsyncGenerator<string, void> {
  const unreadableParts: { part: number; reason: string }[] = [];
  let text = '{"members":[';
  let separator = '';
  for (const part of parts) {
    try {
      for await (const entry of await entries(part)) {
        if (isFolder(entry)) continue;
        text += `${separator}${JSON.stringify(memberJson(exportId, part.number, entry))}`;
        separator = ',\n';
        if (text.length < 32_768) continue;
        yield text;
        text = '';
      }
    } catch (error) {
      if (error instanceof DirectoryBroken) unreadableParts.push({ part: part.number, reason: 'not_a_zip' });
      else if (error instanceof LimitExceeded) unreadableParts.push({ part: part.number, reason: error.limit });
      else throw error;
    }
  }
  yield `${text}],"unreadableParts":${JSON.stringify(unreadableParts)}}`;
}

function memberJson(exportId: string, part: number, entry: DirectoryEntry) {
  const path = isReadable(entry) ? `/v1/exports/${exportId}/members/${part}/${entry.number}` : null;
  return { part, entry: entry.number, name: entry.name, bytes: entry.bytes, path };
}

/** The length of a file name in a header, which limits its own length. */
const fileNameLength = 150;

/**
 * The last part of a member's name, without characters that could mislead a person or break a header: controls, and
 * marks that change the direction of writing (https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing).
 */
export function fileNameOf(entry: Pick<DirectoryEntry, 'name' | 'number'>, part: { readonly number: number }): string {
  const last = entry.name.split(/[/\\]/).at(-1) ?? '';
  const plain = last.replace(/[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '');
  const shown = Array.from(plain).slice(-fileNameLength).join('').trim();
  return /^\.*$/.test(shown) ? `member-${part.number}-${entry.number}` : shown;
}

/** Turns errors of an archive into codes of the API; an answer that has already begun is ended early. */
async function translated<T>(step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (cause) {
    if (cause instanceof LimitExceeded) {
      throw new PortageError('ARCHIVE_LIMIT', { detail: `${cause.limit} is ${cause.allowed}`, cause });
    }
    if (cause instanceof DirectoryBroken) throw new PortageError('PART_UNREADABLE', { cause });
    if (cause instanceof MemberBroken) throw new PortageError('MEMBER_UNREADABLE', { cause });
    throw cause;
  }
}
