/** Holds what directories list against what manifests say, in one go over the members and without keeping them. */
import type { Finding } from '../../domain/verdict';
import type { ManifestService } from './manifest';

/** @param services of all manifests of an export */
export function createManifestCheck(services: readonly ManifestService[]) {
  const states = services.map((service) => ({
    service,
    prefix: service.folderName === '' ? '' : `${service.folderName}/`,
    /** Listed files by every path under which they may lie. */
    listed: new Map<string, { present: boolean }>(),
    files: [] as { present: boolean }[],
    found: 0,
    bytes: 0,
  }));
  for (const { service, listed, files } of states) {
    for (const { paths, state } of service.files) {
      if (state !== 'SUCCESS') continue;
      const file = { present: false };
      files.push(file);
      // Two lines of a list may mean the same path; one member is enough for both.
      for (const path of paths) listed.set(path, listed.get(path) ?? file);
    }
  }

  return {
    /** A member that is there, by its path below the root folder, in NFC. */
    member: (path: string, bytes: number): void => {
      for (const state of states) {
        if (!path.startsWith(state.prefix)) continue;
        state.found += 1;
        state.bytes += bytes;
        const file = state.listed.get(path.slice(state.prefix.length));
        if (file !== undefined) file.present = true;
      }
    },

    /** @param whole whether every member of every part was told of; otherwise nothing is said to be missing */
    *findings(whole: boolean): Generator<Exclude<Finding, { kind: 'more_findings' }>> {
      for (const { service, files, found, bytes } of states) {
        const name = service.service;
        if (service.isIncomplete) yield { kind: 'incomplete_service', service: name };
        for (const [state, count] of failedStates(service)) {
          yield { kind: 'file_not_extracted', service: name, state: state.slice(0, 64), count };
        }
        if (!whole) continue;
        const missing = files.filter(({ present }) => !present).length;
        if (missing > 0) yield { kind: 'file_missing', service: name, count: missing };
        const { statedFiles, statedBytes } = service;
        if (statedFiles !== undefined && statedFiles !== found) {
          yield { kind: 'count_differs', service: name, stated: statedFiles, found };
        }
        if (statedBytes !== undefined && statedBytes !== bytes) {
          yield { kind: 'size_differs', service: name, stated: statedBytes, found: bytes };
        }
      }
    },
  };
}

function failedStates(service: ManifestService): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { state } of service.files) {
    if (state !== 'SUCCESS') counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return counts;
}
