// No file of src leads back to itself by its imports; unlike the lint rule, this looks at imports of types as well.
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

import ts from 'typescript';

import { filesBelow } from './support/files-below';

const src = resolve(__dirname, '../src');

/** @returns each file with those that it imports */
function importsOf(files: readonly string[]): Map<string, string[]> {
  const known = new Set(files);
  return new Map(
    files.map((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'));
      const own = importedFiles.filter(({ fileName }) => fileName.startsWith('.'));
      const targets = own.flatMap(({ fileName }) => {
        const path = resolve(file, '..', fileName.replace(/\.js$/, ''));
        return [`${path}.ts`, `${path}.tsx`, join(path, 'index.ts')].filter((each) => known.has(each)).slice(0, 1);
      });
      return [file, targets];
    }),
  );
}

/** @returns circles, each as its files in order; of several that share files, one */
function circlesIn(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): void => {
    const at = way.indexOf(file);
    if (at !== -1) circles.push([...way.slice(at), file]);
    if (at !== -1 || done.has(file)) return;
    for (const next of imports.get(file) ?? []) walk(next, [...way, file]);
    done.add(file);
  };
  for (const file of imports.keys()) walk(file, []);
  return circles;
}

it('imports lead in no circle', () => {
  const imports = importsOf(filesBelow(src).filter((file) => /\.tsx?$/.test(file)));
  expect(imports.size).toBeGreaterThan(100);
  expect([...imports.values()].flat().length).toBeGreaterThan(2 * imports.size);
  const circles = circlesIn(imports).map((circle) => circle.map((file) => relative(src, file)).join(' → '));
  expect(circles).toEqual([]);
});

it('a circle is found, however long', () => {
  const imports = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', []],
    ['d', ['c', 'b']],
  ]);
  expect(circlesIn(imports)).toEqual([['b', 'd', 'b']]);
});
