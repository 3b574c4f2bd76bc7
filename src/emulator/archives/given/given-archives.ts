/** Archives given as a folder: finds out which files answer for which resource. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { findResource } from '../../resources';
import { fileContent, type Content } from '../content';
import type { ServiceFolder } from '../generate/produce';
import { rootFolder } from '../parts';
import { ArchivesUnusable } from './archives-unusable';
import { isServiceFolder, resourceOfPath, serviceOf } from './assign';
import { filesBelow, isIgnored } from './folder-files';
import { describeLeft, type LeftFile } from './left-files';
import { filesInZip } from './zip-tree';

export interface GivenArchives {
  /** Resources that the folder answers for, sorted. */
  readonly resources: string[];
  /** What belongs to no resource and is left out, in words. */
  readonly left: string[];
  /** Ready ZIP files of a resource, one part each; undefined if it has none. */
  zipsOf(resource: string): string[] | undefined;
  /** Files of a resource by service folder; none when the folder holds nothing for it. */
  foldersOf(resource: string): ServiceFolder[];
  /** Removes what was unpacked. */
  close(): void;
}

interface GivenFile {
  /** Below the root folder of the archive. */
  readonly path: string;
  readonly content: () => Content;
}

const roots = [rootFolder, 'Takeout'];
/** Beside a tree: a person's notes. In a tree: Google's index, of which each job gets one for its own files. */
const beside = /^((readme|license|notice)(\..*)?|archive_browser\.(json|html))$/i;

/** What was found, while it is looked for. */
class Findings {
  readonly zips = new Map<string, string[]>();
  readonly files = new Map<string, GivenFile[]>();
  readonly left: LeftFile[] = [];
  readonly #taken = new Set<string>();

  zip(resource: string, path: string): void {
    this.zips.set(resource, [...(this.zips.get(resource) ?? []), path]);
  }

  /** A file that is there twice, such as beside the ZIP that it came from, is taken once. */
  file(resource: string, file: GivenFile): void {
    const key = `${resource}\n${file.path.normalize('NFC')}`;
    if (this.#taken.has(key)) return;
    this.#taken.add(key);
    const known = this.files.get(resource);
    if (known === undefined) this.files.set(resource, [file]);
    else known.push(file);
  }

  /** @param prefix where the tree lies, for what is left */
  tree(prefix: string, files: readonly GivenFile[]): void {
    for (const file of files) {
      if (beside.test(file.path)) continue;
      const resource = resourceOfPath(file.path);
      if (resource !== undefined) this.file(resource, file);
      else this.left.push({ path: `${prefix}${file.path}`, ...inFolder(prefix, file.path) });
    }
  }
}

/** The service folder of a tree, for what is left of it. */
const inFolder = (prefix: string, path: string) =>
  path.includes('/') ? { folder: `${prefix}${path.slice(0, path.indexOf('/'))}` } : {};

/**
 * Reads a folder that holds `<resource>.zip`, `<resource>/…`, one tree under `Portability/` or `Takeout/` (or is that
 * tree), or the ZIPs that Google sends such a tree in. What belongs to no resource is left out and named.
 *
 * @param unpackedFolder for files out of ZIPs, as they are read; emptied now and when it is closed
 * @throws ArchivesUnusable with the path and a remedy when the folder is missing, or nothing in it is known
 */
export async function openGivenArchives(folder: string, unpackedFolder: string): Promise<GivenArchives> {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new ArchivesUnusable(
      `There is no folder ${folder} to take archives from. Name a folder that holds an export.`,
    );
  }
  const close = () => rmSync(unpackedFolder, { recursive: true, force: true });
  // What one that was killed left behind.
  close();
  try {
    const found = await findArchives(folder, unpackedFolder);
    const { zips, files } = found;
    const left = describeLeft(found.left);
    const resources = [...new Set([...zips.keys(), ...files.keys()])].sort();
    if (resources.length === 0) throw new ArchivesUnusable(nothingFound(folder, left));
    return {
      resources,
      left,
      zipsOf: (resource) => zips.get(resource),
      foldersOf: (resource) => serviceFolders(files.get(resource) ?? []),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

async function findArchives(folder: string, unpackedFolder: string): Promise<Findings> {
  const found = new Findings();
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => !isIgnored(entry.name));
  const isTree =
    roots.includes(basename(resolve(folder))) ||
    entries.some((entry) => entry.isDirectory() && isServiceFolder(entry.name));
  if (isTree) {
    found.tree('', filesOf(folder));
    return found;
  }
  const zips: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const [, zipped] = /^(.+)\.zip$/i.exec(entry.name) ?? [];
    if (entry.isDirectory()) takeFolder(entry.name, path, found);
    else if (zipped !== undefined && findResource(zipped) !== undefined) found.zip(zipped, path);
    else if (zipped !== undefined) zips.push(entry.name);
    else if (!beside.test(entry.name)) found.left.push({ path: entry.name });
  }
  for (const [index, name] of zips.sort().entries()) {
    await takeZip(name, join(folder, name), join(unpackedFolder, String(index)), found);
  }
  return found;
}

function takeFolder(name: string, path: string, found: Findings): void {
  if (findResource(name) !== undefined) {
    takeResource(name, path, found);
    return;
  }
  if (roots.includes(name)) {
    found.tree(`${name}/`, filesOf(path));
    return;
  }
  // A ZIP is often unpacked into a folder of its name.
  const inner = roots.find((root) => existsSync(join(path, root)));
  if (inner !== undefined) {
    found.tree(`${name}/${inner}/`, filesOf(join(path, inner)));
    return;
  }
  for (const file of filesOf(path)) found.left.push({ path: `${name}/${file.path}`, folder: name });
}

/** One of the ZIPs in which Google sends a whole tree; other ZIPs are left. */
async function takeZip(name: string, path: string, unpackedFolder: string, found: Findings): Promise<void> {
  const files = await filesInZip(path, unpackedFolder);
  const trees = files.flatMap(({ path: inside, content }) => {
    const root = roots.find((one) => inside.startsWith(`${one}/`));
    return root === undefined ? [] : [{ path: inside.slice(root.length + 1), content, root }];
  });
  if (trees.length === 0) found.left.push({ path: name });
  for (const root of roots) {
    found.tree(
      `${root}/`,
      trees.filter((file) => file.root === root),
    );
  }
}

const filesOf = (folder: string): GivenFile[] =>
  filesBelow(folder).map((path) => ({ path, content: () => fileContent(join(folder, path)) }));

/** A folder named after a resource: ready ZIP parts, a whole tree, or the files of its service. */
function takeResource(resource: string, folder: string, found: Findings): void {
  const inside = filesOf(folder);
  const parts = inside.filter(({ path }) => /^[^/]+\.zip$/i.test(path));
  if (parts.length > 0 && parts.length === inside.length) {
    for (const part of parts) found.zip(resource, join(folder, part.path));
    return;
  }
  for (const { path, content } of inside) {
    const root = roots.find((name) => path.startsWith(`${name}/`));
    const below = root === undefined ? path : path.slice(root.length + 1);
    if (basename(below) === 'archive_browser.json' && !below.includes('/')) continue;
    const placed = below.includes('/') && (root !== undefined || isServiceFolder(below.slice(0, below.indexOf('/'))));
    const service = findResource(resource)?.service ?? resource;
    found.file(resource, { path: placed ? below : `${service}/${below}`, content });
  }
}

function nothingFound(folder: string, left: readonly string[]): string {
  const seen =
    left.length === 0 ? '' : `These files belong to no resource that the emulator knows:\n  ${left.join('\n  ')}\n`;
  return (
    `The folder ${folder} holds no archives. ${seen}` +
    `Put <resource>.zip, <resource>/, a ${rootFolder}/ or Takeout/ tree, or the ZIPs of one into it, ` +
    'for example myactivity.search.zip or chrome.history/History.json.'
  );
}

function serviceFolders(files: readonly GivenFile[]): ServiceFolder[] {
  const folders = new Map<string, ServiceFolder>();
  for (const { path, content } of files) {
    const slash = path.indexOf('/');
    const folder = path.slice(0, slash);
    const known = folders.get(folder) ?? { service: serviceOf(folder), folder, files: [] };
    known.files.push({ path: path.slice(slash + 1), content: content() });
    folders.set(folder, known);
  }
  return [...folders.values()];
}
