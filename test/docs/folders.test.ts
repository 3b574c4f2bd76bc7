// CONTRIBUTING.md describes the content of every folder of src.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

it('CONTRIBUTING.md lists every folder of src', () => {
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `src/${name}`);
  const page = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
  const table = page.split('\n').filter((line) => line.startsWith('| `'));
  expect(folders.filter((folder) => !table.some((row) => row.includes(`\`${folder}\``)))).toEqual([]);
});
