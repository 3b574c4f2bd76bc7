/** Media of an archive by their names, for the entries that name them. */
import type { Sibling } from './reader';

interface Names {
  /** By the path, and by the path without the ending. */
  readonly byPath: ReadonlyMap<string, readonly Sibling[]>;
  /** By the name of the file, and by the name without the ending. */
  readonly byName: ReadonlyMap<string, readonly Sibling[]>;
}

/** Files of one name that are looked at: with more of them, the name is ambiguous anyway. */
const mostAlike = 64;

/** Made once for an archive. */
const namesOfArchive = new WeakMap<readonly Sibling[], Names>();

/** Files that hold facts; the files they describe have other endings. */
const factsEnding = /\.json$/i;

export const withoutEnding = (path: string): string => path.replace(/\.[^./]*$/, '');
const fileName = (path: string) => path.split('/').at(-1) ?? '';

function namesOf(siblings: readonly Sibling[]): Names {
  const known = namesOfArchive.get(siblings);
  if (known !== undefined) return known;
  const [byPath, byName] = [new Map<string, Sibling[]>(), new Map<string, Sibling[]>()];
  const add = (map: Map<string, Sibling[]>, name: string, file: Sibling) => {
    const others = map.get(name);
    if (others === undefined) map.set(name, [file]);
    else if (others.length < mostAlike) others.push(file);
  };
  for (const file of siblings) {
    if (factsEnding.test(file.path)) continue;
    for (const path of new Set([file.path, withoutEnding(file.path)])) add(byPath, path, file);
    const name = fileName(file.path);
    for (const each of new Set([name, withoutEnding(name)])) add(byName, each, file);
  }
  const names = { byPath, byName };
  namesOfArchive.set(siblings, names);
  return names;
}

/** @param path with or without its ending */
export function mediaAt(siblings: readonly Sibling[], path: string): readonly Sibling[] {
  return namesOf(siblings).byPath.get(path) ?? [];
}

/** @param name of a file in any folder, with or without its ending */
export function mediaNamed(siblings: readonly Sibling[], name: string): readonly Sibling[] {
  return namesOf(siblings).byName.get(name.normalize('NFC')) ?? [];
}
