/** Assigns a file of an export tree to its resource. */
import { folderRules } from './assignment-rules';
import type { FolderRule } from './folder-rule';

const normal = (name: string) => name.normalize('NFC').toLowerCase();

/** Whether a folder of that name is the one of the rule. */
function bears({ names, pattern }: FolderRule, folder: string): boolean {
  return names.includes(normal(folder)) || pattern?.test(normal(folder)) === true;
}

/** Google's identifier of a service folder for the manifest. */
export function serviceOf(folder: string): string {
  const rule = folderRules.find((one) => bears(one, folder));
  return rule?.service ?? folder.toUpperCase().replaceAll(/\W+/g, '_');
}

/** Whether a folder of that name is a service's folder. */
export function isServiceFolder(folder: string): boolean {
  return folderRules.some((rule) => bears(rule, folder));
}

/** The resource of a path below the root folder, or undefined when no rule matches. */
export function resourceOfPath(path: string): string | undefined {
  const [folder = '', ...below] = path.split('/').map(normal);
  const inside = below.join('/');
  return folderRules
    .filter((one) => bears(one, folder))
    .flatMap(({ files }) => files)
    .find((file) => file.inside.test(inside))?.resource;
}
