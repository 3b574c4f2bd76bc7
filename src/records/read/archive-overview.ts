/** The facts that the manifest and the names of an archive's members give before anything is read. */
import { parseManifest } from '../../archive/verify/manifest';
import { LimitExceeded } from '../../archive/zip/enforce-limits';
import type { ArchiveLimits } from '../../domain/archive-limits';
import { localeOf } from '../locales/translated-names';
import type { PartBytes } from '../store/stored-bytes';
import { MemberError, membersOf, PartError, type Member } from './members';
import type { Sibling } from './reader';

/** A folder below the root that belongs to a service. */
interface Folder {
  readonly folder: string;
  readonly service: string;
  /** Total length of its files by the manifest, in bytes. */
  readonly statedBytes: number | undefined;
  /** Total length of its files in the archive, in bytes. */
  bytes: number;
}

export interface Overview {
  /** Folders below the root with the names of their services. */
  readonly folders: readonly Folder[];
  readonly locale: string | undefined;
  readonly siblings: readonly Sibling[];
}

const maxManifestBytes = 64 * 1024 * 1024;
/** Resources whose files are matched with media by their names. */
const withMedia =
  /^(?:youtube\.\w+_videos|maps\.photos_videos|streetview\.imagery|nest\.camera_event|businessmessaging\.conversations)$/;

/** Folders whose names may show the language of the archive. */
const mostNames = 1_000;

/**
 * @param maxMembers of all parts together; further ones are not looked at
 * @param onProgress called now and then; throws to stop the reading
 * @throws StorageFailure; errors of `onProgress`. Faults of the parts are reported when they are read
 */
export async function overviewOf({
  parts,
  resources,
  maxMembers,
  archiveLimits,
  onProgress,
}: {
  readonly parts: readonly PartBytes[];
  readonly resources: readonly string[];
  readonly maxMembers: number;
  readonly archiveLimits: ArchiveLimits;
  readonly onProgress: () => void;
}): Promise<Overview> {
  const folders: Folder[] = [];
  /** Length of the files by the first folder of their path; the folders of services are known at the end only. */
  const lengths = new Map<string, number>();
  const siblings: Sibling[] = [];
  const wantsSiblings = resources.some((resource) => withMedia.test(resource));
  let members = 0;
  for (const part of parts) {
    try {
      for await (const member of membersOf(part, archiveLimits)) {
        members += 1;
        if (members > maxMembers) break;
        if (members % 1_000 === 0) onProgress();
        const { entry, bytes, path } = member;
        const [folder = '', inside] = path.split('/', 2);
        if (inside !== undefined) lengths.set(folder, (lengths.get(folder) ?? 0) + bytes);
        if (wantsSiblings) siblings.push({ path, part: part.number, entry, bytes });
        if (path === 'archive_browser.json') folders.push(...(await statedFolders(member, archiveLimits)));
      }
    } catch (error) {
      // Reported when the part is read.
      if (!(error instanceof PartError || error instanceof LimitExceeded)) throw error;
    }
  }
  for (const each of folders) each.bytes = lengths.get(each.folder) ?? 0;
  folders.sort((one, other) => other.folder.length - one.folder.length);
  const names = [...folders.map(({ folder }) => folder), ...[...lengths.keys()].slice(0, mostNames)];
  const below = siblings.map((sibling) => ({ ...sibling, path: placeOf(sibling.path, folders).path }));
  return { folders, siblings: below, locale: localeOf(names) };
}

/** The folders that a manifest lists. A list that is nested deeper than allowed is treated as missing. */
async function statedFolders(member: Member, limits: ArchiveLimits): Promise<Folder[]> {
  const text = member.bytes > maxManifestBytes ? undefined : await wholeText(member);
  if (text === undefined) return [];
  try {
    const services = parseManifest(text, limits) ?? [];
    return services.map(({ folderName: folder, service, statedBytes }) => ({ folder, service, statedBytes, bytes: 0 }));
  } catch (error) {
    if (error instanceof LimitExceeded) return [];
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

/** The service of a path, and the path below its folder. */
export function placeOf(path: string, folders: readonly Folder[]) {
  const match = folders.find(({ folder }) => folder !== '' && path.startsWith(`${folder}/`));
  if (match !== undefined) {
    const { folder, service, statedBytes, bytes } = match;
    return { service, path: path.slice(folder.length + 1), isLengthAsStated: statedBytes === bytes };
  }
  const cut = path.indexOf('/');
  return { service: undefined, path: cut < 0 ? path : path.slice(cut + 1), isLengthAsStated: false };
}
