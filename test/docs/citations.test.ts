// Every citation of a fact or a known defect, in code, tests and pages, points at something that exists.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(__dirname, '..', '..');

/** Folders without text of ours: packages, build output, measurements and run-time files. */
const foreignFolders = new Set(['node_modules', 'dist', 'coverage', '.portage', '.git']);

const range = (prefix: string, last: number): string[] => Array.from({ length: last }, (_, i) => `${prefix}${i + 1}`);

const readText = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Paths of all files below a folder, relative to the repository. */
function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return foreignFolders.has(entry.name) ? [] : filesBelow(path);
    return entry.isFile() ? [relative(root, join(root, path))] : [];
  });
}

/**
 * Headings and rows that may be cited: `§n` and `§An` headings and `Qn` rows of the first page, `Dn` headings of the
 * second.
 */
function targetsIn(googleApi: string, knownDefects: string): Set<string> {
  const matches = [
    ...googleApi.matchAll(/^## (§A?\d+) /gm),
    ...googleApi.matchAll(/^\| <a id="q\d+"><\/a>(Q\d+) +\|/gm),
    ...knownDefects.matchAll(/^### (D\d+): /gm),
  ];
  return new Set(matches.map((match) => match[1] ?? ''));
}

/** A section of another document, such as an RFC or the ZIP specification, with the sections listed after it. */
const foreignSections =
  /\b(?:RFC \d+|ASVS [\d.]+|APPNOTE(?:\.TXT)?(?: [\d.]+)?),?\s+§[\d.]+(?:(?:,| and| or|–|-)\s*§[\d.]+)*/g;

/**
 * The citations in a text: sections (`§5`, `§A2`) unless another document is named right before them, questions (`Q7`)
 * and defects (`D12`). The look-around keeps letters inside words and base64 out.
 */
function citationsIn(text: string): string[] {
  const sections = text.replace(foreignSections, '').matchAll(/§A?\d+(?:\.\d+)*/g);
  const numbers = text.matchAll(/(?<![\w+=.])[QD][1-9]\d{0,2}(?![\w+=])/g);
  return [...new Set([...sections, ...numbers].map(([citation]) => citation))];
}

const unresolved = (text: string, targets: ReadonlySet<string>): string[] =>
  citationsIn(text).filter((citation) => !targets.has(citation));

const targets = targetsIn(readText(join('docs', 'google-api.md')), readText(join('docs', 'known-defects.md')));

describe('the pages of facts and defects', () => {
  it('have every section, question and defect exactly under its stable number', () => {
    expect([...targets].sort()).toEqual(
      [...range('§', 14), ...range('§A', 10), ...range('Q', 17), ...range('D', 70)].sort(),
    );
  });
});

describe('citations', () => {
  const cited = ['src', 'test', 'docs'].flatMap(filesBelow).filter((path) => /\.(tsx?|md)$/.test(path));

  it('resolve, in every file', () => {
    expect(cited.length).toBeGreaterThan(500);
    const faults = cited.flatMap((path) => unresolved(readText(path), targets).map((each) => `${path}: ${each}`));
    expect(faults).toEqual([]);
  });
});

describe('the check itself', () => {
  const absent = 99;

  it('reports a made-up section, archive section, question and defect', () => {
    const text = `// docs/google-api.md §5, §${absent}; see §A${absent}, Q7 and Q${absent}, also D12 (D${absent})`;
    expect(unresolved(text, targets).sort()).toEqual([`D${absent}`, `Q${absent}`, `§${absent}`, `§A${absent}`].sort());
  });

  it('reads lists, code marks and both ends of a range', () => {
    expect(citationsIn('`docs/google-api.md` §5 and §A2, bare (§6), D43–D46, Q1/Q2')).toEqual(
      expect.arrayContaining(['§5', '§A2', '§6', 'D43', 'D46', 'Q1', 'Q2']),
    );
  });

  it('does not take a sub-section for its section', () => {
    const subsection = `§5.${absent}`;
    expect(unresolved(`docs/google-api.md ${subsection}`, targets)).toEqual([subsection]);
  });

  it('leaves sections of other documents, words and base64 alone', () => {
    expect(
      citationsIn(`RFC 9110 §${absent}.1 and §${absent}, HD${absent}, 0xD${absent}, D${absent}=, Q${absent}a`),
    ).toEqual([]);
  });

  it('finds nothing to cite in pages without headings and rows', () => {
    expect(targetsIn('§5 Errors, Q7, see D12', 'D12: in a sentence')).toEqual(new Set());
  });
});

describe('the repository', () => {
  it('is self-contained: no file names a folder outside it', () => {
    // Put together here, so that this file does not name them either.
    const outside = ['..', 'google'].map((word, i) => (i === 0 ? `${word}/shared` : `shared/${word}`));
    const guilty = filesBelow('.').filter((path) => outside.some((name) => readText(path).includes(name)));
    expect(guilty).toEqual([]);
  });
});
