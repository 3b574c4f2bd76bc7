// What Portage is built from: exact versions with checksums, licences that allow its use, and pinned actions.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { longIt } from '../support/long';

const root = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
}
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Readonly<Record<string, Locked>> };
const installed = Object.entries(packages).filter(([path]) => path !== '');

/** They allow use and distribution in a product of any licence (https://spdx.org/licenses/). */
const permissive = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'Apache-2.0 AND MIT',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  '0BSD',
  'Unlicense',
  'CC-BY-4.0',
]);
/** Packages whose entry names no licence of SPDX, with the licence in their repository. */
const lookedUp = new Map([
  ['node_modules/unionfs', 'The Unlicense, by its LICENSE file'],
  ['node_modules/url-template', 'BSD with three clauses, by its LICENSE file'],
]);

it('every package that is installed is known by its checksum', () => {
  expect(installed.length).toBeGreaterThan(300);
  expect(installed.filter(([, { integrity, link }]) => integrity === undefined && link !== true)).toEqual([]);
});

it('every dependency is pinned to one version', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
    'dependencies' | 'devDependencies',
    Readonly<Record<string, string>>
  >;
  const versions = Object.entries({ ...dependencies, ...devDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

it('every package that a product would contain has a licence that allows it', () => {
  const others = installed
    .filter(([path, { dev, license }]) => dev !== true && !permissive.has(license ?? '') && !lookedUp.has(path))
    .map(([path, { license }]) => `${path}: ${license ?? 'no licence'}`);
  expect(others).toEqual([]);
});

it('the workflows use actions by the hash of a commit', () => {
  const folder = '.github/workflows';
  const uses = readdirSync(join(root, folder)).flatMap((file) =>
    [...read(join(folder, file)).matchAll(/uses: (\S+)(.*)/g)].map(([, action = '', comment = '']) => action + comment),
  );
  expect(uses.length).toBeGreaterThan(3);
  expect(uses.filter((use) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use))).toEqual([]);
});

longIt('`npm run sbom` lists the components of a product, in the form of CycloneDX', () => {
  const text = execFileSync('npm', ['run', '--silent', 'sbom'], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const { bomFormat, components } = JSON.parse(text) as {
    bomFormat: string;
    components: { name: string; version: string }[];
  };
  expect(bomFormat).toBe('CycloneDX');
  const names = components.map(({ name }) => name);
  expect(names).toContain('express');
  expect(names).not.toContain('jest');
});
