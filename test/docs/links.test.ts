// Links between pages lead to an existing page and heading, and files that pages name exist.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

import { documentPaths, parseDocument } from './markdown';

const root = join(__dirname, '..', '..');
const readPage = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Code is not a link or a heading. */
const prose = (page: string): string => page.replace(/^( *)```[^]*?^\1```$/gm, '');

/** The anchors that GitHub gives to headings, and those that a page sets itself. */
function anchorsIn(page: string): Set<string> {
  const headings = [...prose(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set([...headings, ...[...page.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)]);
}

/** Links of a page to other files of the repository or to its own headings: the file, and the heading where one is named. */
function linksIn(path: string, page: string): { readonly file: string; readonly anchor: string | undefined }[] {
  return [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [file = '', anchor] = target.split('#');
    return [{ file: file === '' ? path : normalize(join(dirname(path), file)), anchor }];
  });
}

function brokenLinks(path: string, page: string): string[] {
  return linksIn(path, page).flatMap(({ file, anchor }) => {
    if (!existsSync(join(root, file))) return [`there is no ${file}`];
    if (anchor === undefined || !file.endsWith('.md')) return [];
    return anchorsIn(readPage(file)).has(anchor) ? [] : [`${file} has no heading #${anchor}`];
  });
}

/** Files and folders of the repository that are named as code in a text, such as `src/config.ts`. */
const namedFiles = (page: string): string[] =>
  parseDocument(page).inline.flatMap(({ text }) =>
    /^(src|test|tools|docs|migrations|deploy|\.ci|\.github)\/[\w./-]+$/.test(text) ? [text] : [],
  );

describe.each(documentPaths(root))('%s', (path) => {
  it('links to existing pages and headings', () => {
    expect(brokenLinks(path, readPage(path))).toEqual([]);
  });

  it('names existing files', () => {
    expect(namedFiles(readPage(path)).filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});

describe('the check itself', () => {
  it('finds a link to a page or a heading that is not there, and none in a code block', () => {
    const page = '# One `two`, three\n\n[a](#one-two-three) [b](none.md) [c](#none)\n\n```sh\n[d](none2.md)\n```\n';
    expect([...anchorsIn(page)]).toEqual(['one-two-three']);
    expect(linksIn('docs/page.md', page)).toEqual([
      { file: 'docs/page.md', anchor: 'one-two-three' },
      { file: 'docs/none.md', anchor: undefined },
      { file: 'docs/page.md', anchor: 'none' },
    ]);
    expect(brokenLinks('docs/page.md', '[b](none.md)')).toEqual(['there is no docs/none.md']);
    expect(brokenLinks('docs/api.md', '[c](api.md#none)')).toEqual(['docs/api.md has no heading #none']);
  });

  it('finds named files, and leaves patterns alone', () => {
    expect(namedFiles('`src/none.ts` and `test/*.ts`, `src`')).toEqual(['src/none.ts']);
  });
});
