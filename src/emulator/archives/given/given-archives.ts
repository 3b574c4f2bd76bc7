/** Archives given as a folder: finds out which files answer for which resource. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findResource } from '../../resources';
import { fileContent } from '../content';
import type { ServiceFolder } from '../generate/produce';
import { rootFolder } from '../parts';
import { isServiceFolder, resourceOfPath, serviceOf } from './assign';
import { filesBelow, isIgnored } from './folder-files';

export interface GivenArchives {
  /** Resources that the folder answers for, sorted. */
  readonly resources: string[];
  /** Ready ZIP files of a resource, one part each; undefined if it has none. */
  zipsOf(resource: string): string[] | undefined;
  /** Files of a resource by service folder; none when the folder holds nothing for it. */
  foldersOf(resource: string): ServiceFolder[];
}

interface GivenFile {
  /** Below the root folder of the archive. */
  path: string;
  file: string;
}

const roots = [rootFolder, 'Takeout'];
const beside = /^(readme|license|notice)(\..*)?$/i;

/**
 * Reads a folder that holds `<resource>.zip`, `<resource>/…` or one tree under `Portability/` (or is that tree).
 * Throws with the path and a remedy when it is missing, empty, or holds files that belong to no resource.
 */
export function openGivenArchives(folder: string): GivenArchives {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new Error(`There is no folder ${folder} to take archives from. Name a folder that holds an export.`);
  }
  const zips = new Map<string, string[]>();
  const files = new Map<string, GivenFile[]>();
  const strangers: string[] = [];
  const tree = (root: string) => {
    for (const path of filesBelow(root)) {
      // Each job gets an index of its own files, so the index of the whole tree has no place.
      if (path === 'archive_browser.json') continue;
      const resource = resourceOfPath(path);
      if (resource === undefined) strangers.push(join(root, path));
      else add(files, resource, { path, file: join(root, path) });
    }
  };
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => !isIgnored(entry.name));
  const isTree = entries.some((entry) => entry.isDirectory() && isServiceFolder(entry.name));
  for (const entry of isTree ? [] : entries) {
    const path = join(folder, entry.name);
    const zipped = /^(.+)\.zip$/i.exec(entry.name)?.[1];
    if (entry.isFile() && zipped !== undefined && findResource(zipped) !== undefined) add(zips, zipped, path);
    else if (entry.isDirectory() && findResource(entry.name) !== undefined) takeResource(entry.name, path, zips, files);
    else if (entry.isDirectory() && roots.includes(entry.name)) tree(path);
    else if (!(entry.isFile() && beside.test(entry.name))) strangers.push(path);
  }
  if (isTree) tree(folder);
  if (strangers.length > 0) throw new Error(strangerMessage(strangers));
  const found = [...new Set([...zips.keys(), ...files.keys()])].sort();
  if (found.length === 0) {
    throw new Error(
      `The folder ${folder} holds no archives. Put <resource>.zip, <resource>/ or a ${rootFolder}/ tree into it, ` +
        'for example myactivity.search.zip.',
    );
  }
  return {
    resources: found,
    zipsOf: (resource) => zips.get(resource),
    foldersOf: (resource) => serviceFolders(files.get(resource) ?? []),
  };
}

function add<T>(to: Map<string, T[]>, key: string, value: T): void {
  to.set(key, [...(to.get(key) ?? []), value]);
}

/** A folder named after a resource: ready ZIP parts, a whole tree, or the files of its service. */
function takeResource(
  resource: string,
  folder: string,
  zips: Map<string, string[]>,
  files: Map<string, GivenFile[]>,
): void {
  const inside = filesBelow(folder);
  const parts = inside.filter((path) => /^[^/]+\.zip$/i.test(path));
  if (parts.length > 0 && parts.length === inside.length) {
    for (const part of parts) add(zips, resource, join(folder, part));
    return;
  }
  for (const path of inside) {
    const root = roots.find((name) => path.startsWith(`${name}/`));
    const below = root === undefined ? path : path.slice(root.length + 1);
    if (basename(below) === 'archive_browser.json' && !below.includes('/')) continue;
    const placed = below.includes('/') && (root !== undefined || isServiceFolder(below.slice(0, below.indexOf('/'))));
    const service = findResource(resource)?.service ?? resource;
    add(files, resource, { path: placed ? below : `${service}/${below}`, file: join(folder, path) });
  }
}

function strangerMessage(strangers: string[]): string {
  const shown = strangers.slice(0, 10).join('\n  ');
  const more = strangers.length > 10 ? `\n  and ${strangers.length - 10} more` : '';
  return (
    `These files belong to no resource that the emulator knows:\n  ${shown}${more}\n` +
    'Take them away, or put them into a folder named after their resource, for example chrome.history/History.json.'
  );
}

function serviceFolders(files: readonly GivenFile[]): ServiceFolder[] {
  const folders = new Map<string, ServiceFolder>();
  for (const { path, file } of files) {
    const slash = path.indexOf('/');
    const folder = path.slice(0, slash);
    const known = folders.get(folder) ?? { service: serviceOf(folder), folder, files: [] };
    known.files.push({ path: path.slice(slash + 1), content: fileContent(file) });
    folders.set(folder, known);
  }
  return [...folders.values()];
}
