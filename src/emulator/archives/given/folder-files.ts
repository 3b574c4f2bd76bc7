/** Lists the files below a folder, as paths with slashes, in a stable order. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Files that desktop systems leave behind, and hidden ones. */
const ignored = /^(\..*|Thumbs\.db|desktop\.ini)$/i;

export function isIgnored(name: string): boolean {
  return ignored.test(name);
}

/** Paths relative to `folder`. Links and devices are skipped: only files in the folder itself are given. */
export function filesBelow(folder: string, prefix = ''): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true })
    .filter((entry) => !isIgnored(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
      if (entry.isDirectory()) return filesBelow(folder, path);
      return entry.isFile() ? [path] : [];
    });
}
