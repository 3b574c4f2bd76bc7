// The tools take parts of the built program by their paths, which no compiler follows.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { filesBelow } from './support/files-below';

const root = resolve(__dirname, '..');
const taken = /const \{([^}]+)\}\s*=\s*(?:ours|built)\('([^']+)\.js'\)/g;

const uses = filesBelow(join(root, 'tools'))
  .filter((path) => path.endsWith('.mjs'))
  .flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(taken)].map((match) => ({
      tool: path.slice(root.length + 1),
      names: (match[1] ?? '').split(',').map((name) => name.trim()),
      module: match[2] ?? '',
    })),
  );

describe('the imports of the tools from the program', () => {
  it('is found at all', () => expect(uses.length).toBeGreaterThan(10));

  it.each(uses)('$tool: $names of $module exists', ({ names, module }) => {
    // Of a folder, the compiler makes no file with its name.
    expect(['.ts', '.tsx'].some((ending) => existsSync(join(root, 'src', `${module}${ending}`)))).toBe(true);
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the path is the subject of the test
    expect(Object.keys(require(join(root, 'src', module)) as object)).toEqual(expect.arrayContaining(names));
  });
});
