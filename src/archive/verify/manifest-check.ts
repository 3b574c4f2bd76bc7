/** Compares the entries of directories with the manifests, in one pass over the members and without keeping them. */
import type { Finding } from '../../domain/verdict';
import type { ManifestService } from './manifest';

interface ListedFile {
  present: boolean;
}

interface Service {
  readonly service: ManifestService;
  readonly prefix: string;
  readonly plainFolder: string;
  readonly files: ListedFile[];
  /** Listed files, by every path that they may have. */
  readonly listed: Map<string, ListedFile>;
  /** The same by plain name, and how many members of that name are not listed as they are named. */
  readonly plain: Map<string, { readonly files: Set<ListedFile>; members: number }>;
  memberCount: number;
  bytes: number;
}

/** @param services of all manifests of an export */
export function createManifestCheck(services: readonly ManifestService[]) {
  const states = services.map(stateOf);
  const prefixes = states.map(({ prefix }) => prefix);

  return {
    /** A member of a part, by its path below the root folder, in NFC. */
    member: (path: string, bytes: number): void => {
      const hasOwnFolder = prefixes.some((prefix) => path.startsWith(prefix));
      const folderEnd = path.indexOf('/');
      const folder = hasOwnFolder || folderEnd < 0 ? undefined : plainName(path.slice(0, folderEnd));
      for (const state of states) {
        if (hasOwnFolder ? !path.startsWith(state.prefix) : state.plainFolder !== folder) continue;
        addMember(state, path.slice(hasOwnFolder ? state.prefix.length : folderEnd + 1), bytes);
      }
    },

    /** @param whole whether every member of every part was checked; otherwise no file is reported as missing */
    *findings(whole: boolean): Generator<Exclude<Finding, { kind: 'more_findings' }>> {
      for (const state of states) {
        const { service, memberCount, bytes } = state;
        const name = service.service;
        if (service.isIncomplete) yield { kind: 'incomplete_service', service: name };
        for (const [failure, count] of failedStates(service)) {
          yield { kind: 'file_not_extracted', service: name, state: failure.slice(0, 64), count };
        }
        if (!whole) continue;
        const { statedFiles, statedBytes } = service;
        const missing = missingFiles(state);
        // All files are present, to the byte, so they have other names than in Google's list.
        const isAllThere = statedFiles === memberCount && statedBytes === bytes;
        if (missing > 0) yield { kind: isAllThere ? 'name_differs' : 'file_missing', service: name, count: missing };
        if (statedFiles !== undefined && statedFiles !== memberCount) {
          yield { kind: 'count_differs', service: name, stated: statedFiles, found: memberCount };
        }
        if (statedBytes !== undefined && statedBytes !== bytes) {
          yield { kind: 'size_differs', service: name, stated: statedBytes, found: bytes };
        }
      }
    },
  };
}

function stateOf(service: ManifestService): Service {
  const prefix = service.folderName === '' ? '' : `${service.folderName}/`;
  const state: Service = {
    ...{ service, prefix, plainFolder: plainName(service.folderName), files: [], memberCount: 0, bytes: 0 },
    ...{ listed: new Map(), plain: new Map() },
  };
  for (const { paths, state: outcome } of service.files) {
    if (outcome !== 'SUCCESS') continue;
    // Two lines of a list may mean the same path; one member is enough for both.
    const file = state.listed.get(paths.at(-1) ?? '') ?? { present: false };
    state.files.push(file);
    for (const path of paths) {
      state.listed.set(path, state.listed.get(path) ?? file);
      const name = plainName(path);
      const alike = state.plain.get(name) ?? { files: new Set(), members: 0 };
      state.plain.set(name, alike);
      alike.files.add(file);
    }
  }
  return state;
}

function addMember(state: Service, path: string, bytes: number): void {
  state.memberCount += 1;
  state.bytes += bytes;
  const file = state.listed.get(path);
  if (file !== undefined) file.present = true;
  else {
    const alike = state.plain.get(plainName(path));
    if (alike !== undefined) alike.members += 1;
  }
}

/** The number of listed files that are in no part, neither with their name nor, one for one, with a similar name. */
function missingFiles({ files, plain }: Service): number {
  for (const { files: alike, members } of plain.values()) {
    const absent = [...alike].filter(({ present }) => !present);
    if (absent.length === members) for (const file of absent) file.present = true;
  }
  return files.filter(({ present }) => !present).length;
}

/**
 * A name with the low lines that Google writes in file names for apostrophes, quotes, colons and the like: for all
 * characters but letters, digits, space, full stop and hyphen. Google does not document which ones it replaces.
 */
function plainName(path: string): string {
  return path.replaceAll(/[^\p{L}\p{M}\p{N} .-]+/gu, '_');
}

function failedStates(service: ManifestService): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { state } of service.files) {
    if (state !== 'SUCCESS') counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return counts;
}
