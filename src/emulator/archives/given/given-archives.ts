/** Archives given as a folder: finds the files of each resource. */
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
  /** Resources that the folder has files of, sorted. */
  readonly resources: string[];
  /** Files that belong to no resource and are left out, as lines of text. */
  readonly left: string[];
  /** Ready ZIP files of a resource, one part each; undefined if it has none. */
  zipsOf(resource: string): string[] | undefined;
  /** Files of a resource by service folder; empty when the folder holds none for it. */
  foldersOf(resource: string): ServiceFolder[];
  /** Removes the unpacked files. */
  close(): void;
}

interface GivenFile {
  /** Below the root folder of the archive. */
  readonly path: string;
  readonly content: () => Content;
}

const roots = [rootFolder, 'Takeout'];
/** Next to a tree: a person's notes. In a tree: Google's index, which each job gets for its own files. */
const ignoredNames = /^((readme|license|notice)(\..*)?|archive_browser\.(json|html))$/i;

/** The files found so far. */
class Findings {
  readonly zips = new Map<string, string[]>();
  readonly files = new Map<string, GivenFile[]>();
  readonly left: LeftFile[] = [];
  readonly #taken = new Set<string>();

  zip(resource: string, path: string): void {
    this.zips.set(resource, [...(this.zips.get(resource) ?? []), path]);
  }

  /** A duplicate file, such as one that is also in the ZIP that it came from, is taken once. */
  file(resource: string, file: GivenFile): void {
    const key = `${resource}\n${file.path.normalize('NFC')}`;
    if (this.#taken.has(key)) return;
    this.#taken.add(key);
    const known = this.files.get(resource);
    if (known === undefined) this.files.set(resource, [file]);
    else known.push(file);
  }

  /** @param prefix path of the tree, for the files that are left */
  tree(prefix: string, files: readonly GivenFile[]): void {
    for (const file of files) {
      if (ignoredNames.test(file.path)) continue;
      const resource = resourceOfPath(file.path);
      if (resource !== undefined) this.file(resource, file);
      else this.left.push({ path: `${prefix}${file.path}`, ...inFolder(prefix, file.path) });
    }
  }
}

/** The service folder of a tree, for files of it that are left. */
const inFolder = (prefix: string, path: string) =>
  path.includes('/') ? { folder: `${prefix}${path.slice(0, path.indexOf('/'))}` } : {};

/**
 * Reads a folder that holds `<resource>.zip`, `<resource>/…`, one tree under `Portability/` or `Takeout/` (or is that
 * tree), or the ZIPs that Google sends such a tree in. Files that belong to no resource are left out and named.
 *
 * @param unpackedFolder for files unpacked from ZIPs when they are read; emptied now and on `close`
 * @throws ArchivesUnusable with the path and a remedy when the folder is missing, or holds no known file
 */
export async function openGivenArchives(folder: string, unpackedFolder: string): Promise<GivenArchives> {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new ArchivesUnusable(
      `There is no folder ${folder} to take archives from. Name a folder that holds an export.`,
    );
  }
  const close = () => rmSync(unpackedFolder, { recursive: true, force: true });
  // Files left by an emulator that was killed.
  close();
  try {
    const findings = await findArchives(folder, unpackedFolder);
    const { zips, files } = findings;
    const left = describeLeft(findings.left);
    const resources = [...new Set([...zips.keys(), ...files.keys()])].sort();
    if (resources.length === 0) throw new ArchivesUnusable(noArchivesMessage(folder, left));
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
  const findings = new Findings();
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => !isIgnored(entry.name));
  const isTree =
    roots.includes(basename(resolve(folder))) ||
    entries.some((entry) => entry.isDirectory() && isServiceFolder(entry.name));
  if (isTree) {
    findings.tree('', filesOf(folder));
    return findings;
  }
  const zips: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const [, zipped] = /^(.+)\.zip$/i.exec(entry.name) ?? [];
    if (entry.isDirectory()) takeFolder(entry.name, path, findings);
    else if (zipped !== undefined && findResource(zipped) !== undefined) findings.zip(zipped, path);
    else if (zipped !== undefined) zips.push(entry.name);
    else if (!ignoredNames.test(entry.name)) findings.left.push({ path: entry.name });
  }
  for (const [index, name] of zips.sort().entries()) {
    await takeZip(name, join(folder, name), join(unpackedFolder, String(index)), findings);
  }
  return findings;
}

function takeFolder(name: string, path: string, findings: Findings): void {
  if (findResource(name) !== undefined) {
    takeResource(name, path, findings);
    return;
  }
  if (roots.includes(name)) {
    findings.tree(`${name}/`, filesOf(path));
    return;
  }
  // A ZIP is often unpacked into a folder of its name.
  const inner = roots.find((root) => existsSync(join(path, root)));
  if (inner !== undefined) {
    findings.tree(`${name}/${inner}/`, filesOf(join(path, inner)));
    return;
  }
  for (const file of filesOf(path)) findings.left.push({ path: `${name}/${file.path}`, folder: name });
}

/** One of the ZIPs in which Google sends a whole tree; other ZIPs are left out. */
async function takeZip(name: string, path: string, unpackedFolder: string, findings: Findings): Promise<void> {
  const files = await filesInZip(path, unpackedFolder);
  const trees = files.flatMap(({ path: inside, content }) => {
    const root = roots.find((one) => inside.startsWith(`${one}/`));
    return root === undefined ? [] : [{ path: inside.slice(root.length + 1), content, root }];
  });
  if (trees.length === 0) findings.left.push({ path: name });
  for (const root of roots) {
    findings.tree(
      `${root}/`,
      trees.filter((file) => file.root === root),
    );
  }
}

const filesOf = (folder: string): GivenFile[] =>
  filesBelow(folder).map((path) => ({ path, content: () => fileContent(join(folder, path)) }));

/** A folder named after a resource: ready ZIP parts, a whole tree, or the files of its service. */
function takeResource(resource: string, folder: string, findings: Findings): void {
  const inside = filesOf(folder);
  const parts = inside.filter(({ path }) => /^[^/]+\.zip$/i.test(path));
  if (parts.length > 0 && parts.length === inside.length) {
    for (const part of parts) findings.zip(resource, join(folder, part.path));
    return;
  }
  for (const { path, content } of inside) {
    const root = roots.find((name) => path.startsWith(`${name}/`));
    const below = root === undefined ? path : path.slice(root.length + 1);
    if (basename(below) === 'archive_browser.json' && !below.includes('/')) continue;
    const placed = below.includes('/') && (root !== undefined || isServiceFolder(below.slice(0, below.indexOf('/'))));
    const service = findResource(resource)?.service ?? resource;
    findings.file(resource, { path: placed ? below : `${service}/${below}`, content });
  }
}

function noArchivesMessage(folder: string, left: readonly string[]): string {
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
