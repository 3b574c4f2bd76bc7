// Documented commands run Portage: none makes a package registry answer with a stranger's code.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { databaseCommands } from '../../src/commands/database-commands';
import { lastingCommands } from '../../src/commands/lasting-commands';
import { documentPaths } from './markdown';

const root = join(__dirname, '..', '..');
const documents = ['.env.example', 'docker-compose.yml', 'Dockerfile', ...documentPaths(root)];
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).flatMap((name) =>
  /\.tsx?$/.test(name) ? [`src/${name}`] : [],
);
const texts = [...documents, ...sources].map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }));

describe('a command in a document or a message', () => {
  it('is never looked for in a package registry', () => {
    // A package that is named with its version is meant, and no command is mistaken for it.
    const fetched = /\b(npx|npm (exec|create|init)|pnpm dlx|yarn dlx|bunx) (?!--no |--package [\w-]+@\d)[@\w-]/;
    expect(texts.filter(({ text }) => fetched.test(text)).map(({ name }) => name)).toEqual([]);
  });

  it('is one that the program has', () => {
    const known = [...Object.keys(databaseCommands), ...Object.keys(lastingCommands)];
    const typed = texts.flatMap(({ name, text }) =>
      [...text.matchAll(/(?:^|[`" ])(?:\.\/)?portage ([a-z][a-z-]*)(?=[` "<\n])/gm)]
        // In prose without quotes, the word is the product's.
        .filter(([all]) => /^[`"]|\.\//.test(all))
        .map(([, word = '']) => ({ name, word })),
    );
    expect(typed.length).toBeGreaterThan(30);
    expect(typed.filter(({ word }) => !known.includes(word))).toEqual([]);
  });
});

describe('the package', () => {
  const {
    name,
    private: isPrivate,
    bin,
  } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    name: string;
    private: boolean;
    bin: Record<string, string>;
  };

  it('has a name in a scope, is not published, and puts the program under its short name', () => {
    expect(name).toBe('@portage-import/server');
    expect(isPrivate).toBe(true);
    expect(bin).toEqual({ portage: 'dist/main.js' });
  });

  it('has a file in the checkout that runs the program', () => {
    expect(statSync(join(root, 'portage')).mode & 0o111).toBe(0o111);
  });
});
