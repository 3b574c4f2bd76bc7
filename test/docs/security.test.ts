// docs/security.md: every proof exists, every row has a verdict, and every requirement of ASVS has a row.
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { filesBelow } from '../support/files-below';
import { asvsRequirements } from './asvs';
import { testTitles } from './test-titles';

const root = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const page = read('docs/security.md');

const verdicts = ['met', 'partly', 'not met', 'operator', 'host app'];

/** A row of a table, by the names of its columns, with its line. */
type Row = Readonly<Record<string, string>>;

function rowsIn(markdown: string): Row[] {
  let columns: string[] | undefined;
  return markdown.split('\n').flatMap((text, index) => {
    if (!text.startsWith('|')) {
      columns = undefined;
      return [];
    }
    const cells = text
      .slice(1, text.lastIndexOf('|'))
      .split('|')
      .map((cell) => cell.trim());
    if (columns === undefined) columns = cells;
    else if (!cells.every((cell) => /^:?-+:?$/.test(cell))) {
      const names = columns;
      return [{ ...Object.fromEntries(cells.map((cell, at) => [names[at] ?? '', cell])), line: `line ${index + 1}` }];
    }
    return [];
  });
}

interface Proof {
  readonly file: string;
  readonly words: string;
}

/** Test files with words of a title: `test/a.test.ts` "words". A file without words has none. */
const proofsIn = (text: string): Proof[] =>
  [...text.matchAll(/`(test\/[^`]+)`(?:\s+"([^"]*)")?/g)].map(([, file = '', words = '']) => ({ file, words }));

const titles = new Map<string, string[]>();
function titlesOf(file: string): string[] {
  const known = titles.get(file) ?? testTitles(existsSync(join(root, file)) ? read(file) : '');
  titles.set(file, known);
  return known;
}

function missing({ file, words }: Proof): string[] {
  if (!existsSync(join(root, file))) return [`there is no ${file}`];
  if (words === '') return [`no words of a title follow ${file}`];
  return titlesOf(file).some((title) => title.includes(words)) ? [] : [`${file} has no test "${words}"`];
}

/** The faults of a row that has a verdict. */
function faultsOf({ Verdict = '', Proof = '' }: Row): string[] {
  const proofs = proofsIn(Proof);
  const built = /^by construction: `([^`]+)`$/.exec(Proof)?.[1];
  const faults = proofs.flatMap(missing);
  if (!verdicts.includes(Verdict)) faults.push(`"${Verdict}" is no verdict`);
  if (built !== undefined && !existsSync(join(root, built))) faults.push(`there is no ${built}`);
  const isProven = proofs.length > 0 || built !== undefined;
  // Duties of others, and open points, cannot be proven here.
  if ((Verdict === 'met' || Verdict === 'partly') && !isProven) faults.push('has no proof');
  return faults;
}

const rows = rowsIn(page);
const judged = rows.filter((row) => 'Verdict' in row);

/** Numbers of requirements in a cell; `1.2.3 to 1.2.5` are three. */
function requirementsIn(text: string): string[] {
  const range = (section: string, first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, at) => `${section}.${first + at}`);
  return text.split(', ').flatMap((each) => {
    const [, section = '', first = '', last = ''] = /^(\d+\.\d+)\.(\d+) to \1\.(\d+)$/.exec(each) ?? [];
    return section === '' ? [each] : range(section, Number(first), Number(last));
  });
}

describe('the proofs of docs/security.md', () => {
  it('name existing tests', () => {
    const proofs = proofsIn(page.slice(page.indexOf('## Data flow')));
    expect(proofs.length).toBeGreaterThan(150);
    expect(proofs.flatMap(missing)).toEqual([]);
  });

  it('and a verdict are in each row of a table with verdicts', () => {
    expect(judged.length).toBeGreaterThan(150);
    expect(judged.flatMap((row) => faultsOf(row).map((fault) => `${row['line'] ?? ''}: ${fault}`))).toEqual([]);
  });

  it('are listed for each answer to an auditor', () => {
    const answers = rows.filter((row) => 'Question' in row);
    expect(answers.length).toBeGreaterThan(10);
    expect(answers.filter(({ Proof = '' }) => faultsOf({ Verdict: 'met', Proof }).length > 0)).toEqual([]);
  });
});

describe('the table of ASVS', () => {
  it('has every requirement of levels 1 and 2 once, with a verdict or a reason why it does not apply', () => {
    const listed = rows.flatMap(({ Requirement }) => (Requirement === undefined ? [] : requirementsIn(Requirement)));
    expect(asvsRequirements).toHaveLength(253);
    expect(listed.toSorted()).toEqual(asvsRequirements.toSorted());
  });

  it('has a heading for every chapter', () => {
    const chapters = [...page.matchAll(/^### V(\d+) /gm)].map(([, number]) => Number(number));
    expect(chapters).toEqual(Array.from({ length: 17 }, (_, index) => index + 1));
  });
});

describe('the table of cryptography', () => {
  const inventory = rows.filter((row) => 'Algorithm' in row);
  const sources = new Map(
    filesBelow(join(root, 'src'))
      .map((file) => relative(root, file))
      .filter((file) => !file.startsWith('src/emulator/'))
      .map((file) => [file, read(file)]),
  );
  const codeIn = (text = ''): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

  it('names every file that uses cryptography', () => {
    const using = [...sources].filter(([, text]) => text.includes("from 'node:crypto'")).map(([file]) => file);
    expect([...new Set(inventory.flatMap(({ Files }) => codeIn(Files)))].toSorted()).toEqual(using.toSorted());
  });

  it('names every algorithm', () => {
    const used = [...sources.values()].flatMap((text) =>
      [...text.matchAll(/['"](aes-[\w-]+|des-[\w-]+|rc4|chacha20[\w-]*|md5|sha-?\d[\w-]*)['"]/gi)].map(
        ([, name = '']) => name.toLowerCase(),
      ),
    );
    expect([...new Set(used)].toSorted()).toEqual(['aes-256-gcm', 'md5', 'sha256']);
    expect([...new Set(inventory.flatMap(({ Algorithm }) => codeIn(Algorithm)))].toSorted()).toEqual(
      [...new Set(used)].toSorted(),
    );
  });
});

describe('the check itself', () => {
  const row = (cells: string) =>
    rowsIn(`| Threat | Verdict | Proof |\n| --- | --- | --- |\n| a | ${cells} |\n`)[0] ?? {};
  const own = '`test/docs/security.test.ts`';

  it('finds a file, a title, a verdict or a proof that is missing', () => {
    expect(faultsOf(row(`met | ${own} "finds a file, a title"`))).toEqual([]);
    expect(faultsOf(row(`met | ${own} "the check itself finds a file"`))).toEqual([]);
    expect(faultsOf(row(`met | ${own} "finds a fyle"`))).toEqual([
      'test/docs/security.test.ts has no test "finds a fyle"',
    ]);
    expect(faultsOf(row(`met | ${own}`))).toEqual(['no words of a title follow test/docs/security.test.ts']);
    expect(faultsOf(row('met | `test/none.test.ts` "x"'))).toEqual(['there is no test/none.test.ts']);
    expect(faultsOf(row('fine | by construction: `src/none.ts`'))).toEqual([
      '"fine" is no verdict',
      'there is no src/none.ts',
    ]);
    expect(faultsOf(row('partly | '))).toEqual(['has no proof']);
    expect(faultsOf(row('not met | '))).toEqual([]);
  });

  it('reads titles by their groups, and in every form of a call', () => {
    const source = `
      describe('a', () => {
        it('b', () => undefined);
        it.each([1])('c %s', () => undefined);
        (has ? it : it.skip)('d', () => undefined);
        story('e', () => undefined);
        other('f', () => it(\`g\`, () => undefined));
      });
      it.each\`x\`('h', () => undefined);`;
    expect(testTitles(source)).toEqual(['a b', 'a c %s', 'a d', 'a e', 'a g', 'h']);
  });

  it('reads numbers and ranges of requirements', () => {
    expect(requirementsIn('1.2.3, 6.2.9 to 6.2.11')).toEqual(['1.2.3', '6.2.9', '6.2.10', '6.2.11']);
  });
});
