/** Assigns a file of an export tree to its resource. */
import { resources } from '../../resources';
import { folderRules, type FolderRule } from './assignment-rules';

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

/** Whether a folder of that name stands for a service. */
export function isServiceFolder(folder: string): boolean {
  return (
    folderRules.some((rule) => bears(rule, folder)) ||
    resources.some(({ service }) => normal(service) === normal(folder))
  );
}

/** The resource of a path below the root folder, or undefined when no rule knows it. */
export function resourceOfPath(path: string): string | undefined {
  const [folder = '', ...below] = path.split('/').map(normal);
  const inside = below.join('/');
  const rule = folderRules
    .filter((one) => bears(one, folder))
    .flatMap(({ files }) => files)
    .find((file) => file.inside.test(inside));
  if (rule !== undefined) return rule.resource;
  // Services whose files nobody has described: folder and file bear the names that this emulator gives them.
  const base = inside.replace(/[/.].*$/u, '');
  return resources.find(({ service, title }) => normal(service) === folder && fileNameOf(title) === base)?.resource;
}

/** A resource's title as the name of its file, in lower case. */
function fileNameOf(title: string): string {
  return normal(title.replaceAll(/[:/]/g, ' -'));
}
